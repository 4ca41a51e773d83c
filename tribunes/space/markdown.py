"""docs/partners.md as a page: the Markdown file is the only source."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cms.templatetags.french import french

FILE = "docs/partners.md"
EXAMPLE_SITE = "https://solutions-solidaires.example"
EXAMPLE_MAIL = "redaction@solutions-solidaires.example"
"""Addresses in the file; pages show the real ones, so that its examples run."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """The file as HTML, and its chapters as anchor and title."""

    html: SafeString
    contents: Sequence[tuple[str, str]]


@cache
def contract(site: str, mail: str) -> Document:
    """Return the contract, filled with the addresses of a site (no final slash) and its desk."""
    text = (settings.BASE_DIR / FILE).read_text(encoding="utf-8")
    return _document(text.replace(EXAMPLE_SITE, site).replace(EXAMPLE_MAIL, mail))


def _document(text: str) -> Document:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    parser.add_render_rule("fence", _fence)
    tokens = parser.parse(text)
    contents = []
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open":
            anchor = slugify(inline.content.replace("`", ""))
            heading.attrSet("id", anchor)
            if heading.tag == "h2":
                contents.append((anchor, _typeset(inline.content)))
    for token in tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = _typeset(child.content)
    html = parser.renderer.render(tokens, parser.options, {})
    return Document(html=mark_safe(html), contents=contents)  # noqa: S308  our own file


def _typeset(text: str) -> str:
    # Escaped by the renderer.
    return str(french(mark_safe(text)))  # noqa: S308


def _table_open(renderer: Any, tokens: Sequence[Token], index: int, *args: Any) -> str:
    """Let a table wider than the screen be scrolled with a keyboard."""
    before = range(index - 1, 0, -1)
    title = next(tokens[i].content for i in before if tokens[i - 1].type == "heading_open")
    name = f"Tableau\u00a0: {title}"
    return f'<div class="scrolling" tabindex="0" role="region" aria-label="{name}">\n<table>\n'


def _table_close(renderer: Any, tokens: Sequence[Token], index: int, *args: Any) -> str:
    return "</table>\n</div>\n"


def _fence(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Let code be scrolled with a keyboard."""
    plain = type(renderer).fence(renderer, tokens, index, options, env)
    return plain.replace("<pre>", '<pre tabindex="0">', 1)
