"""What a published audio file says of itself, as values."""

import re
from dataclasses import dataclass, replace
from datetime import date

from podcasts.chapters import Chapter
from publishing.text import xml_safe

GENRE = "Podcast"

CHAPTER_TITLE = 125
"""Bytes of a chapter’s title that fit in the file; the chapters beside the feed have all of it."""

_PNG = b"\x89PNG"
_JPEG = b"\xff\xd8\xff"


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
    """A JPEG or PNG file; its weight is the caller’s choice."""
    chapters: tuple[Chapter, ...] = ()
    duration: float = 0
    """Seconds, where the last chapter ends; needed when there are chapters."""

    @property
    def author(self) -> str:
        """The authors, in one line."""
        return ", ".join(self.authors)

    @property
    def cover_type(self) -> str:
        """MIME type of the cover. Raises ValueError when it is neither JPEG nor PNG."""
        if self.cover.startswith(_PNG):
            return "image/png"
        if self.cover.startswith(_JPEG):
            return "image/jpeg"
        raise ValueError("the cover must be a JPEG or PNG file")

    def plain(self) -> "Tags":
        """Return the same with texts that every format can carry."""
        return replace(
            self,
            title=_line(self.title),
            show=_line(self.show),
            authors=tuple(map(_line, self.authors)),
            copyright=_line(self.copyright),
            page_url=_line(self.page_url),
            chapters=tuple(
                replace(chapter, title=_cut(_line(chapter.title), CHAPTER_TITLE))
                for chapter in self.chapters
            ),
        )


def _line(text: str) -> str:
    return re.sub(r"[\t\n\r]+", " ", xml_safe(text))


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")
