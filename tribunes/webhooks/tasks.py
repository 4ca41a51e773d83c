"""What workers run for webhooks."""

from django_tasks import task

from tribunes.webhooks.alerts import warn
from tribunes.webhooks.delivery import deliver, take


@task(priority=-30)  # servers of other people answer when they like: ours come first
def deliver_message(pk: int) -> None:
    """Send a message whose hour has come; one that is gone, sent or taken is left alone."""
    if message := take(pk):
        deliver(message)


@task(priority=-30)
def warn_contacts(endpoint_pk: int) -> None:
    """Tell the people of an endpoint of its trouble, once."""
    warn(endpoint_pk)
