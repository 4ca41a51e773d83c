"""Clean HTML as paragraphs, lists and tables of a docx."""

import re
from copy import copy
from dataclasses import dataclass, replace

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.html import HtmlElement

_BLOCKS = {
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "blockquote", "figure", "figcaption",
    "table", "aside",
}  # fmt: skip
_DEEPEST = 3  # lists have styles for three levels
_BLANKS = re.compile("[ \t\n\r\f]+")


@dataclass(frozen=True)
class _Look:
    """How a run of text looks."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    link: str = ""


_LOOKS = {"strong": {"bold": True}, "em": {"italic": True}, "sup": {"raised": True}}


class Writer:
    """Appends HTML to a document or to a cell, in a style where HTML names none."""

    def __init__(self, target: Document | _Cell, style: str = "Normal") -> None:
        self._target = target
        self._style = style
        self._depth = 0
        self._numbering: int | None = None
        self._paragraph: Paragraph | None = None

    def write(self, node: HtmlElement) -> None:
        """Append what a node holds."""
        self._text(node.text, _Look())
        for child in node:
            if child.tag in _BLOCKS:
                self._paragraph = None
                self._block(child)
                self._paragraph = None
            else:
                self._inline(child, _Look())
            self._text(child.tail, _Look())

    def _block(self, node: HtmlElement) -> None:
        match node.tag:
            case "h1":
                self._styled("Title", node)
            case "h2" | "h3" | "h4" | "h5" | "h6":
                self._styled(f"Heading {node.tag[1]}", node)
            case "blockquote":
                self._styled("Quote", node)
            case "figcaption":
                self._styled("Caption", node)
            case "ul" | "ol":
                self._list(node)
            case "table":
                self._table(node)
            case _:
                self.write(node)

    def _styled(self, style: str, node: HtmlElement) -> None:
        writer = copy(self)
        writer._style, writer._numbering = style, None
        writer.write(node)

    def _list(self, node: HtmlElement) -> None:
        writer = copy(self)
        writer._depth = min(self._depth + 1, _DEEPEST)
        level = f" {writer._depth}" if writer._depth > 1 else ""
        writer._style = f"List {'Number' if node.tag == 'ol' else 'Bullet'}{level}"
        writer._numbering = self._restarted(writer._style) if node.tag == "ol" else None
        for item in node:
            writer.write(item)
            writer._paragraph = None

    def _restarted(self, style: str) -> int:
        """Return the identifier of a numbering that begins at 1."""
        part = self._target.part
        numbering = part.numbering_part.element
        first = part.document.styles[style].element.pPr.numPr.numId.val
        restarted = numbering.add_num(numbering.num_having_numId(first).abstractNumId.val)
        restarted.add_lvlOverride(ilvl=0).add_startOverride(1)
        return restarted.numId

    def _table(self, node: HtmlElement) -> None:
        for caption in node.iter("caption"):
            self._styled("Caption", caption)
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in node.iter("tr")]
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        table = self._target.add_table(len(rows), columns)
        table.style = "Table Grid"
        for cells, made in zip(rows, table.rows, strict=True):
            if all(cell.tag == "th" for cell in cells):
                made._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for cell, target in zip(cells, made.cells, strict=False):
                writer = Writer(target)
                writer._paragraph = target.paragraphs[0]
                writer._inline(cell, _Look(bold=cell.tag == "th"))

    def _inline(self, node: HtmlElement, look: _Look) -> None:
        if node.tag == "img":
            described = node.get("alt") or "sans description"
            self._text(f"Image\u00a0: {described} ({node.get('src')})", replace(look, italic=True))
            return
        look = replace(look, **_LOOKS.get(node.tag, {}), link=node.get("href", look.link))
        self._text(node.text, look)
        for child in node:
            self._inline(child, look)
            self._text(child.tail, look)

    def _text(self, text: str | None, look: _Look) -> None:
        words = _BLANKS.sub(" ", text or "")
        if self._paragraph is None:
            words = words.lstrip(" ")
            if not words:
                return
            self._paragraph = self._target.add_paragraph(style=self._style)
            if self._numbering is not None:
                numbers = self._paragraph._p.get_or_add_pPr().get_or_add_numPr()
                numbers.get_or_add_numId().val = self._numbering
        if words:
            _add_run(self._paragraph, words, look)


def _add_run(paragraph: Paragraph, words: str, look: _Look) -> Run:
    run = paragraph.add_run(words)
    run.bold = look.bold or None
    run.italic = look.italic or None
    run.font.superscript = look.raised or None
    if look.link:
        run.underline = True
        link = OxmlElement("w:hyperlink")
        target = paragraph.part.relate_to(look.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), target)
        link.append(run._r)
        paragraph._p.append(link)
    return run
