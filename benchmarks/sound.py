"""The sound of an hour: the tagged copy that is published, and its decoding."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from imageio_ffmpeg import get_ffmpeg_exe

from benchmarks.content import CHAPTERS
from benchmarks.measure import CPU, WALL, Line, compared, turns
from podcasts.audio import Tags, probe, write_tags
from podcasts.audio.mp3_tag import mp3_tag
from podcasts.decoding import measure
from tests.media import ffmpeg, picture, sound
from tests.services import DIRECTORY

MINUTES = 62
MINUTES_DECODED = 3
TAGGING = 2
DECODING = 1.2


def run() -> Iterator[Line]:
    """Tag against copying and mutagen; decode against ffmpeg."""
    minute = sound(DIRECTORY / "minute.mp3", "-c:a", "libmp3lame", "-b:a", "128k", seconds=60)
    hour, part = DIRECTORY / "hour.mp3", DIRECTORY / "part.mp3"
    for minutes, path in ((MINUTES, hour), (MINUTES_DECODED, part)):
        ffmpeg("-stream_loop", str(minutes - 1), "-i", minute, "-c", "copy", path)
    tags = Tags(
        title="Qui répond à la question ?",
        show="Émission d’exemple",
        authors=("Exemple",),
        number=1,
        published=date(2026, 1, 1),
        copyright="Exemple",
        page_url="https://exemple.invalid/",
        cover=picture((500, 500), noisy=True),
        chapters=CHAPTERS,
        duration=MINUTES * 60,
    )
    target = DIRECTORY / "tagged.mp3"
    ours, theirs = turns(
        9, lambda: write_tags(hour, target, tags), lambda: _copy_and_tag(hour, target, tags)
    )
    size = hour.stat().st_size / 1e6
    yield compared(
        f"tagged copy, {size:.0f} MB", ours, "copy + mutagen + fsync", theirs, WALL, TAGGING
    )
    facts = probe(part)
    ours, theirs = turns(9, lambda: measure(part, facts), lambda: _decode(part))
    yield compared(f"{MINUTES_DECODED} minutes decoded", ours, "bare ffmpeg", theirs, CPU, DECODING)
    for path in (minute, hour, part, target):
        path.unlink()


def _copy_and_tag(source: Path, target: Path, tags: Tags) -> None:
    """Do the same without care: no atomic replacement, the sound wherever it falls."""
    shutil.copyfile(source, target)
    mp3_tag(tags).save(target)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def _decode(path: Path) -> None:
    command = [get_ffmpeg_exe(), "-nostdin", "-v", "error", "-i", path]
    subprocess.run([*command, "-af", "ebur128=framelog=quiet", "-f", "null", "-"], check=True)
