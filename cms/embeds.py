"""What other sites show when somebody pastes an address of ours: values (https://oembed.com)."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from publishing.text import xml_safe

WIDTH = 600
"""Pixels, unless the other site wants less."""


@dataclass(frozen=True, kw_only=True)
class Thumbnail:
    """A picture that may be shown elsewhere."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Embed:
    """A card for one page. Without ``html`` it is a link, and the other site draws the card."""

    title: str
    authors: Sequence[str] = ()
    html: str = ""
    """Markup without script nor style; ``height`` pixels, about, when it is ``WIDTH`` wide."""
    height: int = 0
    thumbnails: Sequence[Thumbnail] = ()
    """The same picture in several widths."""


def link(url: str, text: str) -> str:
    """Return a link as markup."""
    return f'<a href="{escape(xml_safe(url))}">{words(text)}</a>'


def words(text: str) -> str:
    """Return plain text as markup."""
    return escape(xml_safe(text), quote=False)
