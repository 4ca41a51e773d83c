"""Links of rich text, as Wagtail stores it, for programs that know nothing of this site."""

import re
from collections.abc import Iterable, Mapping
from html import escape, unescape
from urllib.parse import urlsplit

SCHEMES = {"http", "https", "mailto"}

_ANCHOR = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def linked_pages(texts: Iterable[str]) -> set[int]:
    """Return the primary keys of the pages that rich texts link to."""
    anchors = (_values(attributes) for text in texts for attributes in _ANCHOR.findall(text))
    return {pk for values in anchors if (pk := _page(values))}


def with_absolute_links(text: str, pages: Mapping[int, str]) -> str:
    """Return the text with absolute addresses, those of pages by primary key.

    The opening tag of a link that leads nowhere is left out: a sanitiser removes the closing one.
    """
    return _ANCHOR.sub(lambda tag: _anchor(_values(tag[1]), pages), text)


def _values(attributes: str) -> dict[str, str]:
    return {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}


def _page(values: Mapping[str, str]) -> int | None:
    pk = values.get("id", "")
    return int(pk) if values.get("linktype") == "page" and re.fullmatch(r"\d{1,18}", pk) else None


def _anchor(values: Mapping[str, str], pages: Mapping[int, str]) -> str:
    pk = _page(values)
    href = pages.get(pk, "") if pk else values.get("href", "")
    return f'<a href="{escape(href)}">' if _is_absolute(href) else ""


def _is_absolute(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(
        parts.path if parts.scheme == "mailto" else parts.netloc
    )
