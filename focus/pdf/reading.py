"""The words of a page, as pdfium finds them."""

from collections.abc import Iterator
from ctypes import byref, c_double, c_int, create_string_buffer
from math import hypot
from typing import NamedTuple

from pypdfium2 import PdfDocument, PdfTextPage
from pypdfium2 import raw as pdfium

from focus.pdf.geometry import Box
from focus.pdf.reading_order import Line, paragraphs

_MOST_LETTERS = 100_000  # of a page: a full page of a broadsheet has 20,000
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-"}  # what pdfium says at the end of a line
_OFTEN_BORROWED = " \n-\u2010"  # from another font than the text’s
_LONGEST_NAME = 128  # bytes of the name of a font
_DESCENT = 0.2  # of the size: what hangs below the baseline
# Times the size of the letters:
_SAME_BASELINE = 0.5
_SAME_COLUMN = 1.5
_JUSTIFIED = 5  # a space of the text itself may be stretched


class Letter(NamedTuple):
    """A letter on its baseline; points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    face: bytes


def page_paragraphs(document: PdfDocument, number: int) -> list[str]:
    """Return the paragraphs of a finished page (the first is 1) in the order of reading.

    What is written outside of its TrimBox is for the printer, not for readers.
    """
    page = document[number - 1]
    text = page.get_textpage()
    try:
        return paragraphs(map(_line, _rows(text, page.get_trimbox())))
    finally:
        text.close()
        page.close()


def _rows(text: PdfTextPage, box: Box) -> Iterator[list[Letter]]:
    """Yield letters line by line, columns side by side apart, in the order of the file."""
    row: list[Letter] = []
    for letter in _letters(text):
        if not letter.text.isspace() and not _is_within(letter, box):
            continue
        if not letter.text.isspace():
            if row and not _follows(row, letter):
                yield row
                row = []
            row.append(letter)
        elif row:
            row.append(row[-1]._replace(text=letter.text))
    if row:
        yield row


def _is_within(letter: Letter, box: Box) -> bool:
    left, bottom, right, top = box
    return letter.right > left and letter.left < right and bottom < letter.baseline < top


def _follows(row: list[Letter], letter: Letter) -> bool:
    gap, size = letter.left - row[-1].right, row[-1].size
    most = _JUSTIFIED if row[-1].text == " " else _SAME_COLUMN
    return (
        abs(letter.baseline - row[-1].baseline) < _SAME_BASELINE * size
        and -size < gap < most * size
    )


def _line(row: list[Letter]) -> Line:
    text = "".join(letter.text for letter in row)
    size = max(letter.size for letter in row)
    faces = {letter.face for letter in row if letter.text not in _OFTEN_BORROWED}
    return Line(
        text=" ".join(text.split()),
        left=row[0].left,
        right=max(letter.right for letter in row),
        bottom=row[0].baseline - _DESCENT * size,
        size=size,
        face=faces.pop() if len(faces) == 1 else b"",
    )


def _letters(text: PdfTextPage) -> Iterator[Letter]:
    """Yield the letters of a page; spaces stand nowhere, one that pdfium adds is a line feed."""
    raw, x, y, right = text.raw, c_double(), c_double(), c_double()
    edge, matrix, flags = c_double(), pdfium.FS_MATRIX(), c_int()
    face = create_string_buffer(_LONGEST_NAME)
    for index in range(min(text.count_chars(), _MOST_LETTERS)):
        letter = chr(pdfium.FPDFText_GetUnicode(raw, index))
        letter = _HYPHENS.get(letter, letter)
        if letter.isspace():
            added = pdfium.FPDFText_IsGenerated(raw, index) == 1
            yield Letter("\n" if added else " ", 0, 0, 0, 0, b"")
        elif letter.isprintable():
            pdfium.FPDFText_GetCharOrigin(raw, index, byref(x), byref(y))
            pdfium.FPDFText_GetCharBox(
                raw, index, byref(edge), byref(right), byref(edge), byref(edge)
            )
            pdfium.FPDFText_GetMatrix(raw, index, byref(matrix))
            size = pdfium.FPDFText_GetFontSize(raw, index) * hypot(matrix.c, matrix.d)
            pdfium.FPDFText_GetFontInfo(raw, index, face, _LONGEST_NAME, byref(flags))
            yield Letter(letter, x.value, max(x.value, right.value), y.value, size, face.value)
