"""What workers run to follow texts up; a task that comes for nothing does nothing.

Servers of other people answer when they like: feeds and objects come first.
"""

from django_tasks import task

from tribunes.followup import copies, delivery


@task(priority=-30)
def send_notice(pk: int) -> None:
    """Send a letter that is due."""
    delivery.send_due(pk)


@task(priority=-30)
def check_copy(pk: int) -> None:
    """Look at a republished page that is due."""
    copies.check_due(pk)
