"""What other sites show when somebody pastes an address of ours: values (https://oembed.com)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import escape

from cms.templatetags.french import french
from publishing.text import xml_safe

if TYPE_CHECKING:
    from cms.models import Image
    from cms.published import Picture

WIDTH = 600
"""Pixels, unless the other site wants less."""


@dataclass(frozen=True, kw_only=True)
class Thumbnail:
    """A version of a picture that may be shown elsewhere; sizes in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Embed:
    """A card for one page. Without ``html`` it is a link, and the other site draws the card."""

    title: str
    authors: Sequence[str] = ()
    html: str = ""
    """Markup without script nor style."""
    height: int = 0
    """Pixels, about, of the markup when it is ``WIDTH`` wide."""
    thumbnails: Sequence[Thumbnail] = ()
    """One picture in its widths."""


def thumbnails(picture: "Picture | None", image: "Image | None") -> list[Thumbnail]:
    """Return the published versions of a picture, none unless its holder lets it travel."""
    if picture is None or image is None or not image.may_be_republished:
        return []
    return [
        Thumbnail(url=url, width=width, height=max(1, round(width * picture.ratio)))
        for width, url in picture.sources.items()
    ]


def link(url: str, text: str) -> str:
    """Return a link as markup."""
    return f'<a href="{escape(url)}">{words(text)}</a>'


def words(text: str) -> str:
    """Return plain text as markup."""
    return str(french(xml_safe(text)))
