"""Measuring an uploaded sound: the write behind the upload."""

import logging
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db.models import F
from django.utils import timezone

from podcasts.audio import frames_digest, probe
from podcasts.decoding import measure
from podcasts.models import Audio
from podcasts.refusals import AudioRefused
from publishing.storage import get_store

logger = logging.getLogger(__name__)

EXAMINATION = timedelta(minutes=20)
"""Longer than any sound that may be uploaded takes; afterwards its worker is taken for dead."""
_DECODING_SECONDS = EXAMINATION.total_seconds() * 0.8
ATTEMPTS = 3
"""How often a sound may bring its worker down before it is given up."""

_GIVEN_UP = (
    "L’analyse de ce fichier échoue toujours. Exportez-le de nouveau en MP3 depuis votre logiciel"
    " de montage, puis envoyez-le."
)


def take(pk: int) -> Audio | None:
    """Reserve a sound that waits to be measured; None when it is gone, measured or taken."""
    waiting = Audio.objects.waiting(EXAMINATION).filter(pk=pk)
    if not waiting.update(taken_at=timezone.now()):
        return None
    return Audio.objects.get(pk=pk)


def examine(audio: Audio) -> None:
    """Measure a sound by decoding it once, and record the facts or the reason of a refusal.

    What the world does (a store that does not answer, a decoder that crashes) is raised; the sound
    stays pending, ``publish --stale`` queues it again, and it is refused after ``ATTEMPTS``.
    """
    try:
        found = _examined(audio)
    except Exception:
        Audio.objects.filter(pk=audio.pk).update(taken_at=None)
        raise
    for name, value in found.items():
        setattr(audio, name, value)
    if Audio.objects.filter(pk=audio.pk).exists():
        audio.save(update_fields=found)  # the title may have changed meanwhile


def _examined(audio: Audio) -> dict[str, Any]:
    if audio.attempts >= ATTEMPTS:
        return {"state": Audio.State.REFUSED, "problem": _GIVEN_UP}
    with tempfile.TemporaryDirectory(prefix="audio-") as folder:
        path = Path(folder) / "original"
        get_store().download_private(audio.file.name, path)
        Audio.objects.filter(pk=audio.pk).update(attempts=F("attempts") + 1)
        try:
            return facts_of(path)
        except AudioRefused as refusal:
            logger.info("sound refused", extra={"audio": audio.pk, "cause": str(refusal)})
            return {"state": Audio.State.REFUSED, "problem": str(refusal)}


def facts_of(path: Path) -> dict[str, Any]:
    """Return what the fields of a sound say of a good file.

    Raises AudioRefused for a file that will not do, DecodingFailed when nothing is known of it.
    """
    facts = probe(path)
    decoded = measure(path, facts, timeout=_DECODING_SECONDS)
    return {
        "state": Audio.State.READY,
        "problem": "",
        "container": facts.container,
        "codec": facts.codec,
        "duration": decoded.duration,
        "bitrate": facts.bitrate,
        "bitrate_mode": facts.bitrate_mode,
        "channels": facts.channels,
        "sample_rate": facts.sample_rate,
        "size": facts.size,
        "loudness": decoded.loudness,
        "frames_digest": frames_digest(path),
    }
