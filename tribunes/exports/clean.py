"""The HTML of a text as partners paste it: few tags, no style, absolute addresses, true headings.

Source: reference of the «clean HTML» that partners are promised, docs/partners.md.
"""

from html import escape
from urllib.parse import urlsplit

import nh3
from lxml import html as lxml_html

from publishing.plain_text import tree_of
from publishing.text import xml_safe

TAGS = {
    "a", "abbr", "aside", "blockquote", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6",
    "img", "li", "ol", "p", "strong", "sup", "ul",
    "caption", "table", "tbody", "td", "th", "thead", "tr",
}  # fmt: skip
ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}, "img": {"src", "alt"}, "th": {"scope"}}
_SCHEMES = {"http", "https", "mailto"}
_LOWEST = 6
_RENAMED = {"b": "strong", "i": "em", "h1": "h2"}
_HEADINGS = [f"h{level}" for level in range(2, _LOWEST + 1)]

_SANITISER = nh3.Cleaner(
    tags=TAGS | {*_RENAMED, "br"},
    attributes=ATTRIBUTES,
    url_schemes=_SCHEMES,
    link_rel=None,
)


def clean(html: str, level: int) -> str:
    """Return the text with its intertitres (``h2``) at a level from 2 to 6, none skipped.

    What is not allowed goes, its words stay; pictures without absolute address go with their
    captions, empty headings and paragraphs as well. Spaces are real characters. Lines that
    ``<br>`` ended become paragraphs where that can be, else words parted by a space.
    """
    root = tree_of(_SANITISER.clean(xml_safe(html)))
    for node in list(root.iterdescendants()):
        _mend(node)
    for node in list(root.iterdescendants("p", "figure")):
        if not (node.tag == "p" and _says_something(node)) and node.find(".//img") is None:
            node.drop_tree()
    _relevel(root, level)
    inner = (lxml_html.tostring(child, encoding="unicode") for child in root)
    return escape(root.text or "", quote=False) + "".join(inner)


def _mend(node: lxml_html.HtmlElement) -> None:
    node.tag = _RENAMED.get(node.tag, node.tag)
    if node.tag == "br":
        _end_line(node)
    elif node.tag == "a" and not _is_absolute(node.get("href", ""), _SCHEMES):
        node.drop_tag()
    elif node.tag == "img":
        if _is_absolute(node.get("src", ""), {"http", "https"}):
            node.set("alt", node.get("alt", ""))
        else:
            node.drop_tree()


def _says_something(node: lxml_html.HtmlElement) -> bool:
    return bool(node.text_content().strip())


def _end_line(node: lxml_html.HtmlElement) -> None:
    paragraph = node.getparent()
    if paragraph.tag != "p":
        node.tail = f" {node.tail or ''}"
        node.drop_tag()
        return
    rest = lxml_html.Element("p")
    rest.text, rest.tail = node.tail, paragraph.tail
    paragraph.tail = None
    rest.extend(list(node.itersiblings()))
    node.tail = None
    node.drop_tree()
    paragraph.addnext(rest)


def _relevel(root: lxml_html.HtmlElement, level: int) -> None:
    deepest = level - 1
    for node in list(root.iterdescendants(*_HEADINGS)):
        if not _says_something(node):
            node.drop_tag()
            continue
        deepest = min(level + int(node.tag[1]) - 2, deepest + 1, _LOWEST)
        node.tag = f"h{deepest}"


def _is_absolute(address: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in schemes and bool(
        parts.path if parts.scheme == "mailto" else parts.hostname
    )
