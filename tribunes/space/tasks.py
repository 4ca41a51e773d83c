"""What workers run for the partner space."""

from django_tasks import task

from tribunes.space import links


@task()
def mail_sign_in(email: str) -> None:
    """Send links to whoever has that address, if anybody has."""
    links.mail_links(email)
