"""Wiring: an uploaded sound is measured by a worker; a lost one is queued again."""

from functools import partial

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from podcasts.models import Audio
from podcasts.services import EXAMINATION
from podcasts.tasks import examine_audio
from publishing.signals import healing


def audio_saved(instance: Audio, created: bool, **kwargs: object) -> None:
    """Queue the measure of a new sound, once its row can be read."""
    if created and instance.state == Audio.State.PENDING:
        transaction.on_commit(partial(examine_audio.enqueue, instance.pk))


def audio_deleted(instance: Audio, **kwargs: object) -> None:
    """Delete the original with its row; if the store does not answer, the log says so."""
    transaction.on_commit(partial(instance.file.delete, save=False), robust=True)


def queue_waiting_again(**kwargs: object) -> None:
    """Queue sounds whose task was lost; a task that finds the work done does nothing."""
    for pk in Audio.objects.waiting(EXAMINATION).values_list("pk", flat=True):
        examine_audio.enqueue(pk)


def register_signal_handlers() -> None:
    """Connect everything, once."""
    post_save.connect(audio_saved, sender=Audio, dispatch_uid="podcasts.audio_saved")
    post_delete.connect(audio_deleted, sender=Audio, dispatch_uid="podcasts.audio_deleted")
    healing.connect(queue_waiting_again, dispatch_uid="podcasts.queue_waiting_again")
