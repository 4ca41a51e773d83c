"""Audio files: what they are, what is written in them. The one door to mutagen."""

from podcasts.audio.description import Tags
from podcasts.audio.probe import frames_digest, probe
from podcasts.audio.tags import TAG_AREA, write_tags
from podcasts.audio_facts import AudioFacts
from podcasts.refusals import AudioRefused

__all__ = [
    "TAG_AREA",
    "AudioFacts",
    "AudioRefused",
    "Tags",
    "frames_digest",
    "probe",
    "write_tags",
]
