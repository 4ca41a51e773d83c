"""A file that is meant to harm gets an exception in time, whatever is asked of it."""

import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from pikepdf import Dictionary, Name, Pdf

from focus.pdf.leash import PdfFailed
from focus.pdf.render import thumbnail
from focus.pdf.split import split
from focus.pdf.text import paragraphs
from focus.pdf.web import web_version
from tests.focus.pdfs import altered, draw, form


@pytest.fixture(scope="module", params=["bomb", "snake", "family"])
def hostile(
    request: pytest.FixtureRequest, good_pdf: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A content that unpacks into 600 MB, a form that draws itself, forms that multiply."""

    def change(pdf: Pdf) -> None:
        inner = form(pdf, "0 0 9 9 re f")
        match request.param:
            case "bomb":
                inner.write(zlib.compress(bytes(600 * 2**20), 1), filter=Name.FlateDecode)
            case "snake":
                inner.write(b"/Fm Do")
                inner.Resources = Dictionary(XObject=Dictionary(Fm=inner))
            case "family":
                for _ in range(12):
                    inside = Dictionary(XObject=Dictionary(Fm=inner))
                    inner = form(pdf, "/Fm Do " * 10, Resources=inside)
        draw(pdf, "/Fm Do", XObject=Dictionary(Fm=inner))

    return altered(good_pdf, tmp_path_factory.mktemp("hostile") / "hostile.pdf", change)


@pytest.mark.parametrize(
    "work",
    [
        lambda path, folder: split(path, folder),
        lambda path, folder: thumbnail(path, 1, 200),
        lambda path, folder: paragraphs(path, 1),
        lambda path, folder: web_version([path], folder / "web.pdf", title="Exemple"),
    ],
    ids=["split", "thumbnail", "paragraphs", "web"],
)
def test_it_ends_well_or_with_an_exception(
    hostile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[Path, Path], object],
) -> None:
    for module in ("split", "render", "text", "web"):
        monkeypatch.setattr(f"focus.pdf.{module}._SECONDS", 5)
    start = time.monotonic()
    with suppress(PdfFailed):
        work(hostile, tmp_path)
    assert time.monotonic() - start < 8
