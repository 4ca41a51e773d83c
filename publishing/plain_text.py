"""Clean HTML as plain text, and other pure rules on words."""

import re

from lxml import html as lxml_html

from publishing.text import xml_safe

_BLOCKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "figcaption", "caption", "tr",
    "aside", "ul", "ol", "figure", "table", "article", "div",
}  # fmt: skip
_CELLS = {"td", "th"}
_BLANKS = re.compile("[ \t\n\r\f]+")
_FEED = "\v"  # the end of a line in what is being read


def tree_of(html: str) -> lxml_html.HtmlElement:
    """Return HTML as a tree, inside a ``div``; what XML forbids is left out."""
    parser = lxml_html.HTMLParser(encoding="utf-8")
    source = xml_safe(html).encode()
    return lxml_html.fragment_fromstring(source, create_parent="div", parser=parser)


def text_of(html: str) -> str:
    """Return the words of clean HTML: one paragraph a block, an empty line between them.

    Intertitres and notes stay; items of lists begin with a dash or with their number; cells are
    parted by a tab. Blanks are those that a browser shows: runs make one space, none at either
    end of a line; no-break spaces stay, ``<br>`` ends a line, two of them a paragraph.
    """
    if not html.strip():
        return ""
    reader = _Reader()
    reader.read(tree_of(html))
    return "\n\n".join(filter(None, map(_shown, reader.paragraphs)))


def _shown(paragraph: list[str]) -> str:
    mark, text = paragraph
    lines = (re.sub(" *\t *", "\t", line).strip(" ") for line in text.split(_FEED))
    shown = "\n".join(re.sub(" +", " ", line).rstrip("\t") for line in lines).strip("\n")
    return mark + re.sub("\n{3,}", "\n\n", shown) if shown.strip() else ""


class _Reader:
    """Cuts a tree into paragraphs, each the mark of its list and a text."""

    def __init__(self) -> None:
        self.paragraphs = [["", ""]]

    def read(self, node: lxml_html.HtmlElement) -> None:
        """Add what a node says."""
        if not isinstance(node.tag, str):
            return
        in_cell = node.getparent() is not None and node.getparent().tag in _CELLS
        is_block = node.tag in _BLOCKS and not in_cell
        if is_block:
            self._part(_mark(node))
        elif node.tag == "br":
            self._add(_FEED)
        self._add(_BLANKS.sub(" ", node.text or ""))
        for child in node:
            self.read(child)
            self._add(_BLANKS.sub(" ", child.tail or ""))
        if node.tag in _CELLS:
            self._add("\t")
        elif is_block:
            self._part("", ends_item=node.tag == "li")
        elif node.tag in _BLOCKS:
            self._add(" ")

    def _add(self, text: str) -> None:
        self.paragraphs[-1][1] += text

    def _part(self, mark: str, ends_item: bool = False) -> None:
        """Begin a paragraph; in an item that says nothing yet, it keeps the mark of the item."""
        if self.paragraphs[-1][1].strip(" \t" + _FEED):
            self.paragraphs.append([mark, ""])
        elif mark or ends_item:
            self.paragraphs[-1] = [mark, ""]
        else:
            self.paragraphs[-1][1] = ""


def _mark(node: lxml_html.HtmlElement) -> str:
    if node.tag != "li":
        return ""
    parent = node.getparent()
    if parent.tag != "ol":
        return "– "
    return f"{1 + sum(1 for _ in node.itersiblings('li', preceding=True))}. "
