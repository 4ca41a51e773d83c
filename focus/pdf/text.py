"""The text of a page, for those who listen to it."""

from pathlib import Path

from pypdfium2 import PdfDocument

from focus.pdf.leash import run
from focus.pdf.reading import page_paragraphs

_SECONDS = 30


def paragraphs(path: Path, page: int) -> list[str]:
    """Return the paragraphs of a page (the first is 1) in the order of reading.

    Words cut at the end of a line are whole again. Raises PdfFailed.
    """
    found: list[str] = run(read, path.resolve(), page, seconds=_SECONDS)
    return found


def read(path: str, page: int) -> list[str]:
    """Do the work of :func:`paragraphs` in a child process."""
    with PdfDocument(path) as document:
        return page_paragraphs(document, page)
