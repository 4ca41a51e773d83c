"""The small HTML that survives podcast apps (Apple, PSP-1), and what is dangerous in it."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
"""Finds a tag or an entity: text that is HTML, or HTML escaped once too often."""

TAGS = frozenset({"p", "ol", "ul", "li", "a", "b", "i", "strong", "em"})
ATTRIBUTES = {"a": frozenset({"href", "rel", "title"})}


class _Reader(HTMLParser):
    """Collects what should not be there, and the elements still open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        if tag not in TAGS:
            self.found.append(f"<{tag}> is not kept by apps")
        for name, value in attrs:
            if name not in ATTRIBUTES.get(tag, ()):
                self.found.append(f"{name} on <{tag}>")
            elif name == "href" and urlsplit(value or "").scheme not in ("http", "https", "mailto"):
                self.found.append(f"link to «{value}», neither absolute nor safe")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.found.append(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:
        self.found.append("a comment")


def unsafe(html: str) -> str:
    """Return what is wrong in `html` ("" when nothing is): tags, attributes, links, nesting."""
    reader = _Reader()
    try:
        reader.feed(html)
        reader.close()
    except (AssertionError, ValueError) as failure:
        return f"cannot be read as HTML: {failure}"
    unclosed = [f"<{tag}> is not closed" for tag in reader.open]
    return "; ".join(reader.found + unclosed)
