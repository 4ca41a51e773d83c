"""What workers run for the log."""

from django_tasks import task

from tribunes.journal.following import follow_record
from tribunes.journal.sweep import sweep


@task()
def follow_moment(record_pk: int) -> None:
    """Write what the clock changed of a tribune; nothing when nothing changed."""
    follow_record(record_pk)


@task()
def sweep_tribunes() -> None:
    """Write what changed of tribunes by what surrounds them."""
    sweep()
