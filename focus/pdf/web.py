"""The whole cahier in one light file, to be read on the web."""

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import (
    AccessMode,
    Array,
    Dictionary,
    Object,
    ObjectStreamMode,
    Page,
    Pdf,
    Stream,
    String,
)

from focus.pdf.geometry import box_of
from focus.pdf.images import lighten
from focus.pdf.leash import run
from focus.pdf.outside import forget_outside
from focus.pdf.sharing import share

_SECONDS = 300
_SEEN = ("/Type", "/Parent", "/Resources", "/Contents", "/Group", "/Rotate", "/UserUnit")
_PRIVATE = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/Alternates")


def web_version(paths: Iterable[Path], target: Path, ppi: int = 150, *, title: str) -> None:
    """Join one-page PDFs into one file for reading, cut at the finished pages.

    Pictures have ``ppi`` pixels per inch at most. Nothing of the originals comes along but what
    is seen: no notes, no metadata, no output intent. The same files always give the same bytes.
    ``target`` is overwritten. Raises PdfFailed.
    """
    sources = [path.resolve() for path in paths]
    run(join, sources, target.resolve(), ppi, title, seconds=_SECONDS)


def join(paths: list[str], target: str, ppi: int, title: str) -> None:
    """Do the work of :func:`web_version` in a child process."""
    with pikepdf.new() as whole, ExitStack() as opened:
        for path in paths:
            part = opened.enter_context(pikepdf.open(path, access_mode=AccessMode.stream))
            whole.pages.extend(part.pages)
        for page in whole.pages:
            _keep_what_is_seen(whole, page)
        whole.remove_unreferenced_resources()
        lighten(whole, ppi)
        for thing in whole.objects:
            _forget_private(thing)
        share(whole)
        _entitle(whole, title)
        whole.save(
            target,
            fix_metadata_version=False,
            object_stream_mode=ObjectStreamMode.generate,
            linearize=True,
            deterministic_id=True,
        )


def _keep_what_is_seen(pdf: Pdf, page: Page) -> None:
    """Cut a page at its TrimBox and drop all that does not draw."""
    box = page.trimbox
    for key in set(page.obj.keys()) - set(_SEEN):
        del page.obj[key]
    page.obj.MediaBox = box
    if found := box_of(box):
        forget_outside(pdf, page, found)


def _forget_private(thing: Object) -> None:
    """Drop it from an object and from what lies in it without being an object of the file."""
    inside: list[Any] = []
    if isinstance(thing, Array):
        inside = list(thing)
    elif isinstance(thing, Dictionary | Stream):
        for key in _PRIVATE:
            if key in thing:
                del thing[key]
        inside = [value for _, value in thing.items()]
    for value in inside:
        if isinstance(value, Object) and not value.is_indirect:
            _forget_private(value)


def _entitle(pdf: Pdf, title: str) -> None:
    """Say in which language the file is, and what reading programs show as its title."""
    pdf.Root.Lang = String("fr")
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = ["fr"]
    pdf.docinfo.Title = String(title)
