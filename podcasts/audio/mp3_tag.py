"""Tags in the form of MP3 files: ID3v2.4 (https://id3.org/id3v2.4.0-frames)."""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from mutagen import id3

from podcasts.audio.description import GENRE, Tags
from podcasts.chapters import Chapter, ends

_LINK_MAX = 124  # bytes
_LINK_FRAME = 13  # bytes of a WXXX frame besides its address
_PADDING_MAX = 100  # bytes in one frame


def mp3_tag(tags: Tags) -> id3.ID3:
    """Translate tags into frames."""
    tag = id3.ID3()
    for frame in (*_texts(tags), *_links(tags), *_cover(tags), *_chapters(tags)):
        tag.add(frame)
    return tag


def _texts(tags: Tags) -> Iterator[id3.Frame]:
    texts = {
        id3.TIT2: tags.title,
        id3.TALB: tags.show,
        id3.TPE1: tags.author,
        id3.TRCK: tags.number,
        id3.TPOS: tags.season,
        id3.TDRC: tags.published,
        id3.TCON: GENRE,
        id3.TCOP: tags.copyright,
        id3.TLAN: tags.language,
    }
    for frame, text in texts.items():
        if text:
            yield frame(encoding=id3.Encoding.UTF8, text=str(text))


def _links(tags: Tags) -> Iterator[id3.Frame]:
    if tags.licence_url:
        yield id3.WCOP(url=_ascii(tags.licence_url))
    if tags.page_url:
        yield id3.WOAF(url=_ascii(tags.page_url))
        yield id3.COMM(encoding=id3.Encoding.UTF8, lang=tags.language, desc="", text=tags.page_url)


def _cover(tags: Tags) -> Iterator[id3.Frame]:
    if tags.cover:
        yield id3.APIC(
            encoding=id3.Encoding.LATIN1,
            mime=tags.cover_type,
            type=id3.PictureType.COVER_FRONT,
            desc="",
            data=tags.cover,
        )


def _chapters(tags: Tags) -> Iterator[id3.Frame]:
    """Translate chapters (ID3v2 Chapter Frame Addendum).

    mutagen writes frames of one kind by size, then by identifier, and players read them in that
    order (https://github.com/quodlibet/mutagen/issues/506): private sub-frames bring all chapters
    to one size, and the identifiers sort as the chapters do. Players ignore chapters that no
    top-level table of contents lists. ffmpeg, and what is built on it, drops a chapter that has a
    sub-frame of 128 bytes or more: titles are cut (``CHAPTER_TITLE``), paddings are shared out,
    longer links are left out.
    """
    if not tags.chapters:
        return
    names = [f"chp{number:03}" for number in range(len(tags.chapters))]
    links = [_chapter_link(chapter) for chapter in tags.chapters]
    sizes = [
        len(chapter.title.encode()) + (len(link) + _LINK_FRAME if link else 0)
        for chapter, link in zip(tags.chapters, links, strict=True)
    ]
    paddings = (max(sizes) - min(sizes)) // _PADDING_MAX + 1
    for name, chapter, end, link, size in zip(
        names, tags.chapters, ends(tags.chapters, tags.duration), links, sizes, strict=True
    ):
        parts = [id3.TIT2(encoding=id3.Encoding.UTF8, text=chapter.title)]
        if link:
            parts.append(id3.WXXX(encoding=id3.Encoding.LATIN1, desc="", url=link))
        yield id3.CHAP(
            element_id=name,
            start_time=round(chapter.start * 1000),
            end_time=round(end * 1000),
            sub_frames=[*parts, *_paddings(max(sizes) - size, paddings)],
        )
    yield _contents(names)


def _chapter_link(chapter: Chapter) -> str:
    link = _ascii(chapter.url)
    return link if len(link) <= _LINK_MAX else ""


def _paddings(size: int, count: int) -> list[id3.Frame]:
    """Share ``size`` bytes between ``count`` private frames."""
    shares = [(size + number) // count for number in range(count)]
    return [
        id3.PRIV(owner=f"padding{number}", data=bytes(share)) for number, share in enumerate(shares)
    ]


def _contents(names: Sequence[str]) -> id3.Frame:
    return id3.CTOC(
        element_id="toc",
        flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED,
        child_element_ids=names,
        sub_frames=[id3.TIT2(encoding=id3.Encoding.UTF8, text="Chapitres")],
    )


def _ascii(url: str) -> str:
    """Percent-encode what a URL frame (ISO 8859-1) cannot carry."""
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]")
