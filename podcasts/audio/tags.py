"""What is written in a published audio file, so that it can be known once it has left the feed.

A published file has the same address for as long as its sound is the same (the address is made
from :func:`podcasts.audio.frames_digest`), and caches keep that address for a year. So a corrected
title must not move the sound inside the file: a phone that fetched the first half before and the
second half after the correction must still hold a whole episode, and the length that the feed
announced must stay true. Therefore the sound of every file begins at a multiple of ``TAG_AREA``:
the room between the tags and the sound is padding, and only tags that outgrow it change anything.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from mutagen import id3
from mutagen.mp4 import MP4Cover, MP4Tags

from podcasts.audio.facts import Sound
from podcasts.audio.probe import examine
from podcasts.chapters import Chapter, ends
from podcasts.decoding import remux_to_m4a
from publishing.text import xml_safe

TAG_AREA = 256 * 1024
"""Bytes."""

_GENRE = "Podcast"
_PNG = b"\x89PNG"
_JPEG = b"\xff\xd8\xff"
_LINK_FRAME = 13  # bytes of a WXXX frame besides its address


@dataclass(frozen=True, kw_only=True)
class Tags:
    """What a listener who has nothing but the file should know. Texts are plain, URLs absolute."""

    title: str
    show: str
    authors: tuple[str, ...] = ()
    number: int | None = None
    season: int | None = None
    published: date | None = None
    copyright: str = ""
    licence_url: str = ""
    page_url: str = ""
    language: str = "fra"
    """ISO 639-2."""
    cover: bytes = b""
    """A JPEG or PNG file; its weight is the caller's choice."""
    chapters: tuple[Chapter, ...] = ()
    duration: float = 0
    """Seconds, where the last chapter ends; needed when there are chapters."""


def write_tags(source: Path, target: Path, tags: Tags) -> None:
    """Write to ``target`` the sound of ``source`` with these tags and no others.

    MP3 stays MP3 (ID3v2.4); M4A and raw AAC streams become M4A (MP4 atoms). The source is only
    read. The target appears whole or not at all: a process killed on the way leaves at most a
    hidden file ``.….part`` beside it. The same source and tags always give the same bytes. Raises
    AudioRefused for a source that is not sound, DecodingFailed when ffmpeg fails on an M4A,
    ValueError for a cover that is neither JPEG nor PNG.
    """
    if tags.cover and not tags.cover.startswith((_PNG, _JPEG)):
        raise ValueError("the cover must be a JPEG or PNG file")
    sound = examine(source)
    with _replacing(target) as copy:
        if sound.facts.container == "mp3":
            _write_mp3(sound, source, copy, tags)
        else:
            _write_m4a(sound, source, copy, tags)


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Give a file to fill, which takes the target's place once it is on the disk."""
    descriptor, name = tempfile.mkstemp(
        dir=target.parent, prefix=f".{target.name}.", suffix=".part"
    )
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


def _write_mp3(sound: Sound, source: Path, copy: Path, tags: Tags) -> None:
    head = BytesIO()
    _id3(tags).save(head, v1=0, v2_version=4, padding=lambda info: info.padding % TAG_AREA)
    with copy.open("wb") as stream:
        stream.write(head.getbuffer())
        for block in sound.blocks(source):
            stream.write(block)


def _write_m4a(sound: Sound, source: Path, copy: Path, tags: Tags) -> None:
    remux_to_m4a(source, copy, sound.facts, chapters=tags.chapters, duration=tags.duration)
    first_sample = examine(copy).spans[0][0]
    _atoms(tags).save(copy, padding=lambda info: (info.padding - first_sample) % TAG_AREA)


def _id3(tags: Tags) -> id3.ID3:
    """Translate into ID3v2.4 frames (https://id3.org/id3v2.4.0-frames)."""
    texts = {
        id3.TIT2: tags.title,
        id3.TALB: tags.show,
        id3.TPE1: ", ".join(tags.authors),
        id3.TRCK: tags.number,
        id3.TPOS: tags.season,
        id3.TDRC: tags.published,
        id3.TCON: _GENRE,
        id3.TCOP: tags.copyright,
        id3.TLAN: tags.language,
    }
    links = {id3.WCOP: tags.licence_url, id3.WOAF: tags.page_url}
    written = id3.ID3()
    for frame, text in texts.items():
        if text:
            written.add(frame(encoding=id3.Encoding.UTF8, text=xml_safe(str(text))))
    for frame, url in links.items():
        if url:
            written.add(frame(url=_ascii(url)))
    if tags.page_url:
        written.add(
            id3.COMM(encoding=id3.Encoding.UTF8, lang=tags.language, desc="", text=tags.page_url)
        )
    if tags.cover:
        written.add(
            id3.APIC(
                encoding=id3.Encoding.LATIN1,
                mime="image/png" if tags.cover.startswith(_PNG) else "image/jpeg",
                type=id3.PictureType.COVER_FRONT,
                desc="",
                data=tags.cover,
            )
        )
    for frame in _chapter_frames(tags.chapters, tags.duration):
        written.add(frame)
    return written


def _chapter_frames(chapters: tuple[Chapter, ...], duration: float) -> Iterator[id3.Frame]:
    """Translate into CHAP and CTOC (ID3v2 Chapter Frame Addendum).

    mutagen writes frames of one kind by size, then by identifier, and players read them in that
    order (https://github.com/quodlibet/mutagen/issues/506): a private sub-frame gives all chapters
    one size, and the identifiers sort as the chapters do. Players ignore chapters that no
    top-level table of contents lists.
    """
    if not chapters:
        return
    contents = [(xml_safe(chapter.title), _ascii(chapter.url)) for chapter in chapters]
    sizes = [
        len(title.encode()) + (len(url) + _LINK_FRAME if url else 0) for title, url in contents
    ]
    names = [f"chp{number:03}" for number in range(len(chapters))]
    for name, chapter, end, (title, url), size in zip(
        names, chapters, ends(chapters, duration), contents, sizes, strict=True
    ):
        parts = [
            id3.TIT2(encoding=id3.Encoding.UTF8, text=title),
            id3.PRIV(owner="padding", data=bytes(max(sizes) - size)),
        ]
        if url:
            parts.append(id3.WXXX(encoding=id3.Encoding.LATIN1, desc="", url=url))
        yield id3.CHAP(
            element_id=name,
            start_time=round(chapter.start * 1000),
            end_time=round(end * 1000),
            sub_frames=parts,
        )
    yield id3.CTOC(
        element_id="toc",
        flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED,
        child_element_ids=names,
        sub_frames=[id3.TIT2(encoding=id3.Encoding.UTF8, text="Chapitres")],
    )


def _atoms(tags: Tags) -> MP4Tags:
    """Translate into the metadata atoms that iTunes made customary."""
    texts = {
        "\xa9nam": tags.title,
        "\xa9alb": tags.show,
        "\xa9ART": ", ".join(tags.authors),
        "\xa9day": str(tags.published or ""),
        "\xa9gen": _GENRE,
        "\xa9cmt": tags.page_url,
        "cprt": " ".join(filter(None, (tags.copyright, tags.licence_url))),
    }
    written = MP4Tags()
    written.update({name: [xml_safe(text)] for name, text in texts.items() if text})
    written["pcst"] = True
    if tags.number:
        written["trkn"] = [(tags.number, 0)]
    if tags.season:
        written["disk"] = [(tags.season, 0)]
    if tags.cover:
        is_png = tags.cover.startswith(_PNG)
        kind = MP4Cover.FORMAT_PNG if is_png else MP4Cover.FORMAT_JPEG
        written["covr"] = [MP4Cover(tags.cover, imageformat=kind)]
    return written


def _ascii(url: str) -> str:
    """Percent-encode what a URL frame (ISO 8859-1) cannot carry."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")
