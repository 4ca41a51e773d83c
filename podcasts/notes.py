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
_BLOCKS = {"p", "ol", "ul", "li"}
_ANCHOR = re.compile(r"<a\b([^>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_HEADING = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.IGNORECASE)
_QUOTE = re.compile(r"<(/?)(?:blockquote|div)\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_END_OF_BLOCK = re.compile(r"</(?:p|li|h[1-6]|div|blockquote)>|<br\s*/?>", re.IGNORECASE)
_EMPTY = re.compile(r"<(p|li|b|i|em|strong|ul|ol)>\s*</\1>")
_TOKEN = re.compile(r'<(/?)(\w+)(?:[^>"]|"[^"]*")*>|[^<]+')


def feed_html(html: str, links: Mapping[int, str]) -> str:
    """Return rich text, as Wagtail stores it, as HTML for a feed, of at most ``MAX_BYTES``.

    ``links`` are the absolute addresses of pages by primary key. A link to anything without an
    absolute http, https or mailto address becomes plain text. Longer notes are cut after a block
    or a list item, after a word when that would lose more than half, and end on « … ».
    """
    html = _ANCHOR.sub(lambda tag: _anchor(tag[1], links), html)
    html = _HEADING.sub(lambda tag: "</b></p>" if tag[1] else "<p><b>", html)
    html = _BREAK.sub(" ", _QUOTE.sub(r"<\1p>", html))
    html = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None
    )
    html = xml_safe(html.replace("&nbsp;", "\u00a0"))
    return _cut(_without_empty(html).strip())


def plain_text(html: str) -> str:
    """Return the words of rich text, a line for each block."""
    html = _END_OF_BLOCK.sub("\\g<0>\n", html)
    text = xml_safe(unescape(nh3.clean(html, tags=set())))
    lines = (re.sub(r"[ \t\r]+", " ", line).strip(" ") for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


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
    if len(html.encode()) <= MAX_BYTES:
        return html
    after_block = after_word = ""
    for position, opened, is_block in _stops(html):
        closing = "".join(f"</{tag}>" for tag in reversed(opened))
        end = f"{closing}<p>…</p>" if is_block else f" …{closing}"
        cut = html[:position] + end
        if len(cut.encode()) > MAX_BYTES:
            continue
        if is_block:
            after_block = cut
        else:
            after_word = cut
    return after_block if len(after_block) > MAX_BYTES / 2 else after_word or after_block


def _stops(html: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield where HTML may be cut, the tags open there, and whether a block has just ended."""
    opened: list[str] = []
    for token in _TOKEN.finditer(html, 0, 2 * MAX_BYTES):
        closes, tag = token[1], token[2]
        if closes:
            opened.pop()
            if tag in _BLOCKS:
                yield token.end(), opened, True
        elif tag:
            opened.append(tag)
        else:
            for space in re.finditer(" ", token[0]):
                yield token.start() + space.start(), opened, False
