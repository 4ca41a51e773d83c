"""Decoding and repackaging of sound by ffmpeg (the static one that imageio-ffmpeg brings).

A file is opened as what its headers say it is, and nothing but files and pipes may be read: a
playlist dressed up as a podcast cannot lead ffmpeg elsewhere.
"""

import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe

from podcasts.audio_facts import AudioFacts
from podcasts.chapters import Chapter, ends
from podcasts.refusals import AudioRefused, incomplete

_DEMUXERS = {"mp3": "mp3", "m4a": "mov", "adts": "aac"}
_ONLY_FILES = ("-protocol_whitelist", "file,pipe")
_LAST_WORDS = 64 * 1024  # bytes of ffmpeg's log that are read
_UNREADABLE = {69, 183}  # too many decoding errors; AVERROR_INVALIDDATA, as an exit code
_ERRORS_TOLERATED = 0.01  # of the packets
_SILENCE = -70.0  # LUFS: the gate of EBU R 128, what ebur128 answers when nothing passes it

_DURATION = re.compile(r"out_time_us=(\d+)")
_LOUDNESS = re.compile(r"^ +I: +(-?[\d.]+) LUFS", re.MULTILINE)
_COUNTS = re.compile(r"Input stream #0:0 .* (\d+) packets read .* (\d+) decode errors")


class DecodingFailed(Exception):
    """ffmpeg crashed, hung or could not work: nothing is known about the file. Try again."""


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """What decoding a whole file shows."""

    duration: float
    """Seconds of sound, within 0.1 s."""
    loudness: float | None
    """Integrated loudness in LUFS (EBU R 128); None for silence."""
    errors: int
    """Packets that could not be decoded."""


def measure(path: Path, facts: AudioFacts, *, timeout: float = 1800) -> Decoded:
    """Decode a file once, from end to end; ``facts`` is what :func:`podcasts.audio.probe` said.

    Raises AudioRefused when the sound is damaged or shorter than announced, DecodingFailed when
    ffmpeg did not do its work, or not within ``timeout`` seconds.
    """
    output, log = _ffmpeg(
        *("-v", "verbose", "-nostats", "-progress", "pipe:1", "-stats_period", "3600"),
        *(*_ONLY_FILES, "-f", _DEMUXERS[facts.container], "-i", f"file:{path}"),
        *("-map", "0:a:0", "-af", "ebur128=framelog=quiet", "-f", "null", "-"),
        timeout=timeout,
    )
    durations, loudness, counts = (
        _DURATION.findall(output),
        _LOUDNESS.findall(log),
        _COUNTS.search(log),
    )
    if not durations or not loudness or not counts:
        raise DecodingFailed(f"ffmpeg did not say what it measured: {log[-1000:]}")
    duration = int(durations[-1]) / 1_000_000
    packets, errors = map(int, counts.groups())
    if facts.duration_is_exact and facts.duration - duration > max(1, facts.duration / 100):
        raise incomplete(duration, facts.duration)
    if errors > packets * _ERRORS_TOLERATED:
        raise AudioRefused(
            f"Le fichier est abîmé : {100 * errors / packets:.0f} % du son est illisible. "
            "Exportez-le et envoyez-le de nouveau."
        )
    integrated = float(loudness[-1])
    return Decoded(
        duration=duration, loudness=integrated if integrated > _SILENCE else None, errors=errors
    )


def remux_to_m4a(
    source: Path,
    target: Path,
    facts: AudioFacts,
    *,
    chapters: Sequence[Chapter] = (),
    duration: float = 0,
    timeout: float = 600,
) -> None:
    """Write the AAC sound of ``source``, sample for sample, into a bare M4A file at ``target``.

    No tag of the source comes along. Chapters become a chapter track and a Nero list, the last
    one ending at ``duration`` seconds. The table of contents comes first, so that a player can
    start at once. The same arguments always give the same bytes. ``target`` is overwritten in
    place. Raises as :func:`measure` does.
    """
    _ffmpeg(
        *("-v", "error", *_ONLY_FILES, "-f", _DEMUXERS[facts.container], "-i", f"file:{source}"),
        *(*_ONLY_FILES, "-f", "ffmetadata", "-i", "pipe:0"),
        *("-map", "0:a:0", "-c", "copy", "-map_metadata", "1", "-map_metadata:s:a:0", "-1"),
        *("-map_chapters", "1", "-fflags", "+bitexact", "-movflags", "+faststart"),
        *("-f", "ipod", "-y", f"file:{target}"),
        timeout=timeout,
        stdin=_ffmetadata(chapters, duration),
    )


def _ffmetadata(chapters: Sequence[Chapter], duration: float) -> str:
    """Write chapters as ffmpeg reads them (https://ffmpeg.org/ffmpeg-formats.html#Metadata-1).

    A backslash at the end of a line would join it to the next one, even when it is escaped.
    """
    lines = [";FFMETADATA1"]
    for chapter, end in zip(chapters, ends(chapters, duration), strict=True):
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={round(chapter.start * 1000)}",
            f"END={round(end * 1000)}",
            "title=" + re.sub(r"([=;#\\\n])", r"\\\1", chapter.title.rstrip("\\")),
        ]
    return "\n".join([*lines, ""])


def _ffmpeg(*arguments: str, timeout: float, stdin: str = "") -> tuple[str, str]:
    """Run ffmpeg; return what it printed and the end of its log, which may be very long."""
    with tempfile.TemporaryFile() as log:
        try:
            done = subprocess.run(
                [get_ffmpeg_exe(), "-nostdin", "-hide_banner", *arguments],
                input=stdin.encode(),
                stdout=subprocess.PIPE,
                stderr=log,
                timeout=timeout,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise DecodingFailed(f"ffmpeg was stopped after {timeout} s") from error
        log.seek(-min(log.tell(), _LAST_WORDS), 2)
        last_words = log.read().decode(errors="replace")
    if done.returncode in _UNREADABLE:
        raise AudioRefused(
            "Le son de ce fichier est illisible. Exportez-le et envoyez-le de nouveau."
        )
    if done.returncode:
        raise DecodingFailed(f"ffmpeg ended with code {done.returncode}: {last_words[-1000:]}")
    return done.stdout.decode(), last_words
