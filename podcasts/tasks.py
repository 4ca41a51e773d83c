"""What workers run for sounds."""

from django_tasks import task

from podcasts.models import Audio
from podcasts.services import examine


@task()
def examine_audio(pk: int) -> None:
    """Measure a sound that nobody has measured; one that is gone or done is left alone."""
    if audio := Audio.objects.pending().filter(pk=pk).first():
        examine(audio)
