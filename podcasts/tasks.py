"""What workers run for sounds."""

from django_tasks import task

from podcasts.services import examine, take


@task()
def examine_audio(pk: int) -> None:
    """Measure a sound that nobody has measured; one that is gone, done or taken is left alone."""
    if audio := take(pk):
        examine(audio)
