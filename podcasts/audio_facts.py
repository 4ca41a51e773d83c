"""What is known of an audio file before anybody decodes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

BLOCK = 1024 * 1024
"""Bytes held at once when sound is read or copied."""


@dataclass(frozen=True, kw_only=True)
class AudioFacts:
    """What the headers of a file say."""

    container: Literal["mp3", "m4a", "adts"]
    codec: Literal["mp3", "aac"]
    duration: float
    """Seconds."""
    duration_is_exact: bool
    """False when the duration is an estimate: only decoding tells (:mod:`podcasts.decoding`)."""
    bitrate: int
    """Bits per second."""
    bitrate_mode: Literal["cbr", "vbr", "abr", "unknown"]
    channels: int
    sample_rate: int
    """Hz."""
    size: int
    """Bytes of the whole file, tags included."""


@dataclass(frozen=True, kw_only=True)
class Sound:
    """The facts about a file, and where its sound lies in it."""

    facts: AudioFacts
    spans: list[tuple[int, int]]
    """Offset and length in bytes of each stretch of sound, in playing order."""

    def blocks(self, path: Path) -> Iterator[bytes]:
        """Read the sound of the file, without any tag, in blocks of at most ``BLOCK`` bytes."""
        with path.open("rb") as stream:
            for offset, length in self.spans:
                stream.seek(offset)
                left = length
                while left:
                    block = stream.read(min(BLOCK, left))
                    if not block:
                        raise EOFError(f"{path} shrank while it was read")
                    left -= len(block)
                    yield block
