"""What workers run for tribunes."""

from django_tasks import task

from tribunes import journal, sweep


@task()
def follow_moment(record_pk: int) -> None:
    """Write what the clock changed of a tribune; nothing when nothing changed."""
    journal.follow_record(record_pk)


@task()
def sweep_tribunes() -> None:
    """Write what changed of tribunes by what surrounds them."""
    sweep.sweep()
