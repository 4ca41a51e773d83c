"""Words that stand outside of the finished page: notes for the printer, never for readers."""

from math import hypot
from typing import Any

from pikepdf import (
    ContentStreamInlineImage,
    Matrix,
    Page,
    Pdf,
    parse_content_stream,
    unparse_content_stream,
)

from focus.pdf.geometry import Box, matrix_of, number

_SHOWN = {"Tj", "TJ", "'", '"'}
_LARGEST = 8 * 2**20  # bytes of a page: what is larger is no text, and would take too much memory


def forget_outside(pdf: Pdf, page: Page, box: Box) -> None:
    """Drop what a page writes in upright letters above, below or to the right of a rectangle.

    What may reach into it stays, and so does what forms write.
    """
    page.contents_coalesce()
    if "/Contents" not in page.obj or len(page.obj.Contents.read_bytes()) > _LARGEST:
        return
    kept: list[Any] = []
    stack: list[tuple[Matrix, float]] = []
    matrix = line = Matrix()
    size = leading = 0.0
    for instruction in parse_content_stream(page):
        if isinstance(instruction, ContentStreamInlineImage):
            kept.append(instruction)
            continue
        operator, operands = str(instruction.operator), list(instruction.operands)
        match operator, operands:
            case "q", _:
                stack.append((matrix, size))
            case "Q", _ if stack:
                matrix, size = stack.pop()
            case "cm", _:
                matrix = matrix_of(operands) @ matrix
            case "BT", _:
                line = Matrix()
            case "Tf", [_, points]:
                size = number(points)
            case "TL", [points]:
                leading = number(points)
            case "Tm", _:
                line = matrix_of(operands)
            case (("Td" | "TD"), [x, y]):
                leading = -number(y) if operator == "TD" else leading
                line = Matrix(1, 0, 0, 1, number(x), number(y)) @ line
            case (("T*" | "'" | '"'), _):
                line = Matrix(1, 0, 0, 1, 0, -leading) @ line
        if operator in _SHOWN and _is_outside(line @ matrix, size, box):
            if operator != "Tj" and operator != "TJ":
                kept.append(([], "T*"))
            continue
        kept.append((operands, operator))
    page.obj.Contents = pdf.make_stream(unparse_content_stream(kept))


def _is_outside(place: Matrix, size: float, box: Box) -> bool:
    if place.b or place.c:
        return False
    reach = abs(size) * max(hypot(place.a, place.b), hypot(place.c, place.d))
    _, bottom, right, top = box
    outside = place.f + reach < bottom or place.f - reach > top or place.e - reach > right
    return outside and place.a > 0
