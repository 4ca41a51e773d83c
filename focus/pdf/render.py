"""A page as a picture."""

import tempfile
from pathlib import Path

from pypdfium2 import PdfDocument

from focus.pdf.leash import run

_SECONDS = 60
_LONGEST_SIDE = 4000  # pixels
_ROUNDED_UP = 1 - 1e-6  # by pdfium: 200.0000001 pixels would be 201
_QUALITY = 82


def thumbnail(path: Path, page: int, width_px: int) -> bytes:
    """Return a WebP picture of a finished page (the first is 1), cut at its TrimBox.

    It is ``width_px`` wide, less when a side would count more than 4,000 pixels. The same file
    always gives the same bytes. Raises PdfFailed.
    """
    with tempfile.TemporaryDirectory(prefix="pdf-") as folder:
        target = Path(folder, "page.webp")
        run(draw, path.resolve(), page, width_px, target, seconds=_SECONDS)
        return target.read_bytes()


def draw(path: str, number: int, width_px: int, target: str) -> None:
    """Do the work of :func:`thumbnail` in a child process."""
    with PdfDocument(path) as document:
        page = document[number - 1]
        page.set_cropbox(*page.get_trimbox())
        width, height = page.get_size()
        scale = min(width_px / width, _LONGEST_SIDE / max(width, height)) * _ROUNDED_UP
        picture = page.render(scale=scale, may_draw_forms=False).to_pil()
        picture.convert("RGB").save(target, quality=_QUALITY)
        page.close()
