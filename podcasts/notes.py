"""Show notes for podcast apps: from the editor’s rich text to the little HTML that they keep.

PSP-1 limits an item’s HTML to ``TAGS`` and to 4,000 bytes; Apple cuts there too.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape
from urllib.parse import urlsplit

import nh3

from publishing.text import xml_safe

MAX_BYTES = 4000
TAGS = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em"}

_SCHEMES = {"http", "https", "mailto"}
_SANITISER = nh3.Cleaner(tags=TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None)
_BLOCKS = {b"p", b"ol", b"ul", b"li"}
_ANCHOR = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)
_QUOTE = re.compile(r"<(/?)(?:blockquote|div)\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|li|b|i|em|strong|ul|ol)>\s*</\1>")
_TOKEN = re.compile(rb'<(/?)(\w+)(?:[^>"]|"[^"]*")*>|[^<]+')
_SPACE = re.compile(rb" ")
_MORE = " …".encode()
_MORE_BLOCK = "<p>…</p>".encode()


def feed_html(html: str, links: Mapping[int, str]) -> str:
    """Return rich text, as Wagtail stores it, as HTML for a feed, of at most ``MAX_BYTES``.

    ``links`` are the absolute addresses of pages by primary key. A link to anything without an
    absolute http, https or mailto address becomes plain text. Longer notes are cut after a block
    or a list item, after a word when that would lose more than half, and end on « … ».
    """
    html = _ANCHOR.sub(lambda tag: _anchor(tag[1], links), xml_safe(html))
    html = _HEADING.sub(lambda tag: "</b></p>" if tag[1] else "<p><b>", html)
    html = _BREAK.sub(" ", _QUOTE.sub(r"<\1p>", html))
    html = _SANITISER.clean(html)
    html = xml_safe(html.replace("&nbsp;", "\u00a0"))
    return _cut(_without_empty(html).strip())


def _anchor(attributes: str, links: Mapping[int, str]) -> str:
    """Return the opening tag of a link that leads somewhere; nothing for another."""
    values = {name.lower(): unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
    href = values.get("href", "")
    if values.get("linktype") == "page" and values.get("id", "").isdecimal():
        href = links.get(int(values["id"]), "")
    return f'<a href="{escape(href)}">' if _is_absolute(href) else ""


def _is_absolute(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(
        parts.path if parts.scheme == "mailto" else parts.netloc
    )


def _without_empty(html: str) -> str:
    previous = ""
    while html != previous:
        previous, html = html, _EMPTY.sub("", html)
    return html


def _cut(html: str) -> str:
    """Shorten well-formed HTML to ``MAX_BYTES``."""
    data = html.encode()
    if len(data) <= MAX_BYTES:
        return html
    after_block = after_word = b""
    for position, opened, is_block in _stops(data):
        closing = b"".join(b"</%s>" % tag for tag in reversed(opened))
        end = closing + _MORE_BLOCK if is_block else _MORE + closing
        if position + len(end) > MAX_BYTES:
            continue
        if is_block:
            after_block = data[:position] + end
        else:
            after_word = data[:position] + end
    cut = after_block if len(after_block) > MAX_BYTES / 2 else after_word or after_block
    return cut.decode()


def _stops(data: bytes) -> Iterator[tuple[int, list[bytes], bool]]:
    """Yield where HTML may be cut, the tags open there, and whether a block has just ended."""
    opened: list[bytes] = []
    for token in _TOKEN.finditer(data):
        if token.start() > MAX_BYTES:
            return
        closes, tag = token[1], token[2]
        if closes:
            opened.pop()
            if tag in _BLOCKS:
                yield token.end(), opened, True
        elif tag:
            opened.append(tag)
        else:
            for space in _SPACE.finditer(token[0], 0, MAX_BYTES):
                yield token.start() + space.start(), opened, False
