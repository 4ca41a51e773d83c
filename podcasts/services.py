"""Measuring an uploaded sound: the write behind the upload."""

import logging
import tempfile
from pathlib import Path

from podcasts.audio import frames_digest, probe
from podcasts.decoding import measure
from podcasts.models import Audio
from podcasts.refusals import AudioRefused
from publishing.storage import get_store

logger = logging.getLogger(__name__)


def examine(audio: Audio) -> None:
    """Measure a sound by decoding it once, and record the facts or the reason of a refusal.

    What the world does (an absent file, a store that does not answer, a decoder that crashes) is
    raised; the sound stays pending and ``publish --stale`` queues it again.
    """
    with tempfile.TemporaryDirectory(prefix="audio-") as folder:
        path = Path(folder) / "original"
        get_store().download_private(audio.file.name, path)
        try:
            facts = probe(path)
            decoded = measure(path, facts)
        except AudioRefused as refusal:
            logger.info("sound refused", extra={"audio": audio.pk, "cause": str(refusal)})
            audio.state = Audio.State.REFUSED
            audio.problem = str(refusal)
        else:
            audio.state = Audio.State.READY
            audio.problem = ""
            audio.container = facts.container
            audio.codec = facts.codec
            audio.duration = decoded.duration
            audio.bitrate = facts.bitrate
            audio.bitrate_mode = facts.bitrate_mode
            audio.channels = facts.channels
            audio.sample_rate = facts.sample_rate
            audio.size = facts.size
            audio.loudness = decoded.loudness
            audio.frames_digest = frames_digest(path)
    audio.save()
