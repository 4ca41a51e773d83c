"""Sounds are measured by workers, once, whatever happens to the workers."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from podcasts.decoding import DecodingFailed
from podcasts.models import Audio
from podcasts.services import ATTEMPTS, EXAMINATION, examine, take
from publishing.exceptions import ObjectMissing, StorageUnavailable
from publishing.signals import healing
from tests.conftest import Worker
from tests.factories.podcasts import SPEECH, SPEECH_M4A, AudioFactory, junk_tag
from tests.services import S3

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def pending(path: Path = SPEECH) -> Audio:
    """Return a sound that nobody has measured."""
    return AudioFactory(path=path, examined=False)


def stored(audio: Audio) -> Audio:
    """Return the sound as the database has it."""
    return Audio.objects.get(pk=audio.pk)


def queued() -> list[int]:
    """Return the sounds whose measure is queued."""
    tasks = DBTaskResult.objects.filter(task_path="podcasts.tasks.examine_audio")
    return [task.args_kwargs["args"][0] for task in tasks]


@pytest.mark.parametrize(
    ("path", "container", "codec", "seconds"),
    [(SPEECH, "mp3", "mp3", 15.3), (SPEECH_M4A, "m4a", "aac", 43.6)],
)
def test_a_good_sound_is_measured(path: Path, container: str, codec: str, seconds: float) -> None:
    examine(pending(path))
    audio = Audio.objects.get()
    assert audio.is_ready
    assert (audio.container, audio.codec) == (container, codec)
    assert audio.duration == pytest.approx(seconds, abs=0.1)
    assert audio.size == path.stat().st_size
    assert audio.loudness == pytest.approx(-16, abs=1.5)
    assert audio.frames_digest


def test_a_damaged_sound_is_refused_with_the_reason(media: Path) -> None:
    data = bytearray(SPEECH.read_bytes())
    data[60_000:150_000] = bytes(90_000)
    path = media / "holed.mp3"
    path.write_bytes(data)
    examine(pending(path))
    audio = Audio.objects.get()
    assert audio.state == Audio.State.REFUSED
    assert "s de son sur les" in audio.problem


def test_a_tag_full_of_junk_does_not_spoil_the_sound(media: Path) -> None:
    path = media / "junk.mp3"
    path.write_bytes(junk_tag(10_000_000) + SPEECH.read_bytes())
    examine(pending(path))
    assert Audio.objects.get().duration == pytest.approx(15.3, abs=0.1)


def test_what_somebody_typed_during_the_analysis_stays() -> None:
    audio = pending()
    Audio.objects.update(title="Titre corrigé")
    examine(audio)
    assert stored(audio).title == "Titre corrigé"


def test_a_sound_deleted_during_the_analysis_stays_deleted() -> None:
    audio = pending()
    Audio.objects.all().delete()
    examine(audio)
    assert not Audio.objects.exists()


def test_one_worker_at_a_time() -> None:
    audio = pending()
    assert take(audio.pk) == audio
    assert take(audio.pk) is None
    Audio.objects.update(taken_at=timezone.now() - EXAMINATION - timedelta(seconds=1))
    assert take(audio.pk) == audio
    examine(stored(audio))
    assert take(audio.pk) is None
    assert take(0) is None


def test_a_sound_waits_while_the_storage_is_away(s3: S3) -> None:
    audio = pending()
    with s3.down(), pytest.raises(StorageUnavailable):
        examine(take(audio.pk))
    assert stored(audio).state == Audio.State.PENDING
    assert stored(audio).attempts == 0
    examine(take(audio.pk))
    assert stored(audio).is_ready


def test_an_original_that_disappeared_is_a_failure_of_the_task(s3: S3) -> None:
    audio = pending()
    s3.client.delete_object(Bucket=s3.private, Key=audio.file.name)
    with pytest.raises(ObjectMissing):
        examine(audio)


def test_a_sound_that_brings_every_decoder_down_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    audio = pending()
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/bin/false")
    for _ in range(ATTEMPTS):
        assert stored(audio).state == Audio.State.PENDING
        with pytest.raises(DecodingFailed):
            examine(take(audio.pk))
    examine(take(audio.pk))
    assert stored(audio).state == Audio.State.REFUSED
    assert "Exportez-le de nouveau" in stored(audio).problem


def test_lost_sounds_are_queued_again_by_publish_stale() -> None:
    lost, taken, done = pending(), pending(), AudioFactory()
    take(taken.pk)
    assert queued() == []
    call_command("publish", stale=True, verbosity=0)
    assert queued() == [lost.pk]
    assert done.pk not in queued()


@pytest.mark.django_db(transaction=True)
def test_an_upload_is_measured_by_the_worker_and_twice_does_no_harm(worker: Worker) -> None:
    audio = pending()
    healing.send(sender=None)
    assert queued() == [audio.pk, audio.pk]
    worker.drain()
    assert stored(audio).is_ready
    assert stored(audio).attempts == 1
