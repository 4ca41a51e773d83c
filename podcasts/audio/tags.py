"""The tagged copy of a sound that is published.

A published file has the same address for as long as its sound is the same (the address is made
from :func:`podcasts.audio.frames_digest`), and caches keep that address for a year. So a corrected
title must not move the sound inside the file: a phone that fetched the first half before and the
second half after the correction must still hold a whole episode, and the length that the feed
announced must stay true. Therefore the sound of every file begins at a multiple of ``TAG_AREA``:
between the tags and the sound there is padding, and only tags that outgrow it change anything.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from podcasts.audio.description import Tags
from podcasts.audio.m4a_tag import m4a_tag
from podcasts.audio.mp3_tag import mp3_tag
from podcasts.audio.probe import examine
from podcasts.audio_facts import Sound
from podcasts.decoding import remux_to_m4a

TAG_AREA = 256 * 1024
"""Bytes."""


def write_tags(source: Path, target: Path, tags: Tags) -> None:
    """Write to ``target`` the sound of ``source`` with these tags and no others.

    MP3 stays MP3 (ID3v2.4); M4A and raw AAC streams become M4A. The source is only read. The
    target appears whole or not at all: a process killed on the way leaves at most a hidden file
    ``.….part`` beside it. The same source and tags always give the same bytes. Raises
    AudioRefused for a source that is not sound, DecodingFailed when ffmpeg fails on an M4A,
    ValueError for a cover that is neither JPEG nor PNG.
    """
    sound = examine(source)
    write = _write_mp3 if sound.facts.container == "mp3" else _write_m4a
    with _replacing(target) as copy:
        write(sound, source, copy, tags.plain())


def _write_mp3(sound: Sound, source: Path, copy: Path, tags: Tags) -> None:
    head = BytesIO()
    mp3_tag(tags).save(head, v1=0, v2_version=4, padding=lambda info: info.padding % TAG_AREA)
    with copy.open("wb") as stream:
        stream.write(head.getbuffer())
        for block in sound.blocks(source):
            stream.write(block)


def _write_m4a(sound: Sound, source: Path, copy: Path, tags: Tags) -> None:
    remux_to_m4a(source, copy, sound.facts, chapters=tags.chapters, duration=tags.duration)
    start, _ = examine(copy).spans[0]
    m4a_tag(tags).save(copy, padding=lambda info: (info.padding - start) % TAG_AREA)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Give a file to fill, which takes the target’s place once it is safely on the disk."""
    descriptor, name = tempfile.mkstemp(".part", f".{target.name}.", target.parent)
    copy = Path(name)
    try:
        yield copy
        os.fsync(descriptor)
        copy.replace(target)
    finally:
        os.close(descriptor)
        copy.unlink(missing_ok=True)
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
