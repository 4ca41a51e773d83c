"""What lies on a page beside its content."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Matrix, Object, Page, Stream

from focus.pdf.geometry import UNIT, Box, box_of, covered, matrix_of, number

_HIDDEN, _PRINTED = 2, 4  # bits of /F (ISO 32000-1, table 165)


def annotations(page: Page) -> Iterator[Object]:
    """Yield the annotations of a page."""
    found = page.obj.get("/Annots")
    if isinstance(found, Array):
        yield from (item for item in found if isinstance(item, Dictionary))


def printed(page: Page) -> Iterator[tuple[Stream, Matrix, Box]]:
    """Yield the appearance of each annotation that prints, its matrix and what it covers."""
    for annotation in annotations(page):
        flags = int(number(annotation.get("/F")))
        appearances = annotation.get("/AP")
        shown = appearances.get("/N") if isinstance(appearances, Dictionary) else None
        if isinstance(shown, Dictionary):
            shown = shown.get(str(annotation.get("/AS", "/Off")))
        box = box_of(annotation.get("/Rect"))
        if flags & _PRINTED and not flags & _HIDDEN and isinstance(shown, Stream) and box:
            yield shown, _fitted(shown, box), box


def _fitted(appearance: Stream, box: Box) -> Matrix:
    """Return the matrix that puts an appearance into its rectangle (ISO 32000-1, 12.5.5)."""
    natural = covered(matrix_of(appearance.get("/Matrix")), box_of(appearance.get("/BBox")) or UNIT)
    width, height = natural[2] - natural[0], natural[3] - natural[1]
    across, up = (box[2] - box[0]) / (width or 1), (box[3] - box[1]) / (height or 1)
    return Matrix(across, 0, 0, up, box[0] - natural[0] * across, box[1] - natural[1] * up)
