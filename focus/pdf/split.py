"""One file for each page."""

from pathlib import Path

import pikepdf
from pikepdf import AccessMode, Pdf

from focus.pdf.leash import run

_SECONDS = 120
_BESIDE = ("/Annots", "/AA", "/B", "/Thumb")  # of a page: what is no print, or leads to others
_ABOUT = ("/GTS_PDFXVersion", "/GTS_PDFXConformance", "/Trapped")


def split(path: Path, folder: Path) -> list[Path]:
    """Write each page of a PDF into ``folder`` as ``page-1.pdf``, ``page-2.pdf`` and so on.

    A page keeps its boxes and what it draws, and nothing else; the file keeps its PDF/X version
    and its output intent. The same file always gives the same bytes. Raises PdfFailed.
    """
    count = run(write_pages, path.resolve(), folder.resolve(), seconds=_SECONDS)
    return [folder / _name(number) for number in range(1, count + 1)]


def write_pages(path: str, folder: str) -> int:
    """Do the work of :func:`split` in a child process; return the number of pages."""
    with pikepdf.open(path, access_mode=AccessMode.stream) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            for key in _BESIDE:
                if key in page.obj:
                    del page.obj[key]
            with pikepdf.new() as alone:
                alone.pages.append(page)
                alone.remove_unreferenced_resources()
                _copy_norm(pdf, alone)
                alone.save(
                    Path(folder, _name(number)),
                    fix_metadata_version=False,
                    deterministic_id=True,
                )
        return len(pdf.pages)


def _copy_norm(source: Pdf, target: Pdf) -> None:
    """Copy what says to which norm and for which press the file is made."""
    for key in ("/OutputIntents", "/Metadata"):
        if key in source.Root:
            target.Root[key] = target.copy_foreign(source.make_indirect(source.Root[key]))
    for key in _ABOUT:
        if key in source.docinfo:
            target.docinfo[key] = source.docinfo[key]


def _name(number: int) -> str:
    return f"page-{number}.pdf"
