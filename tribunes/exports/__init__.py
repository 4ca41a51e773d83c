"""The formats of a tribune: one item, as each kind of partner reads it."""

import json as jsonlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tribunes.exports import docx, html, json, newsml, ninjs, text, zip
from tribunes.exports.links import Links
from tribunes.items import Item


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What writing depends on besides the item."""

    links: Links
    headings: int | None = None
    """Level of the title of a fragment to paste; None for a whole page of HTML."""
    pictures: Callable[[], Mapping[int, bytes]] = dict
    """How to read the pictures of the item, by identifier; the zip alone asks."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format: its name, the end of its addresses, its media type, who writes it."""

    name: str
    suffix: str
    media_type: str
    write: Callable[[Item, Wish], bytes]

    @property
    def content_type(self) -> str:
        """The media type, with its encoding where it needs to be told (RFC 9110)."""
        is_text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if is_text else self.media_type


def _html(item: Item, wish: Wish) -> bytes:
    if wish.headings is None:
        return html.document(item).encode()
    return html.fragment(item, headings=wish.headings).encode()


def _bytes(data: dict[str, Any]) -> bytes:
    return jsonlib.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


_ROWS: tuple[tuple[str, str, str, Callable[[Item, Wish], bytes]], ...] = (
    ("json", "json", "application/json", lambda item, wish: _bytes(json.as_json(item, wish.links))),
    (
        "ninjs",
        "ninjs",
        "application/vnd.iptc.ninjs+json",
        lambda item, _: _bytes(ninjs.ninjs(item)),
    ),
    ("newsml", "xml", newsml.MEDIA_TYPE, lambda item, _: newsml.newsml(item)),
    ("html", "html", "text/html", _html),
    ("text", "txt", "text/plain", lambda item, _: text.text(item).encode()),
    ("docx", "docx", docx.MEDIA_TYPE, lambda item, _: docx.docx(item)),
    ("zip", "zip", "application/zip", lambda item, wish: zip.archive(item, wish.pictures())),
)
FORMATS = {
    name: Format(name=name, suffix=suffix, media_type=media_type, write=write)
    for name, suffix, media_type, write in _ROWS
}
"""By name, the API's own JSON first."""
