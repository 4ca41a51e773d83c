"""Each page becomes a file that the printer would take."""

from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from focus.pdf.leash import PdfFailed
from focus.pdf.split import split
from focus.preflight import preflight
from tests.focus.pdfs import SPEC, altered, photo


def test_pages_come_in_order_with_their_boxes(good_pdf: Path, tmp_path: Path) -> None:
    paths = split(good_pdf, tmp_path)
    assert [path.name for path in paths] == ["page-1.pdf", "page-2.pdf"]
    with pikepdf.open(good_pdf) as whole:
        for path, page in zip(paths, whole.pages, strict=True):
            with pikepdf.open(path) as alone:
                (only,) = alone.pages
                for box in ("/MediaBox", "/TrimBox", "/BleedBox"):
                    assert list(only.obj[box]) == list(page.obj[box])
                assert only.Contents.read_bytes() == page.Contents.read_bytes()


def test_a_page_passes_the_preflight_as_its_file_did(good_pdf: Path, tmp_path: Path) -> None:
    for number, path in enumerate(split(good_pdf, tmp_path), 1):
        report = preflight(path, SPEC, single_page=True)
        assert report.findings == ()
        assert report.pdfx == "PDF/X-3:2002"
        assert report.pages[0].text == f"Page {number} d’un exemple de cahier"


def test_the_same_file_gives_the_same_bytes(good_pdf: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    first, second = ([path.read_bytes() for path in split(good_pdf, each)] for each in folders)
    assert first == second


def test_a_page_takes_only_its_own_pictures(good_pdf: Path, tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        shared = Dictionary(pdf.pages[0].Resources.XObject)
        shared.Other = photo(pdf, side=2000, colour=(1, 2, 3, 4))
        for page in pdf.pages:
            page.Resources.XObject = shared

    path = altered(good_pdf, tmp_path / "shared.pdf", change)
    for page in split(path, tmp_path):
        assert page.stat().st_size < path.stat().st_size - 40_000


def test_a_link_to_another_page_does_not_bring_it_along(good_pdf: Path, tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        to = Array([pdf.pages[1].obj, Name.Fit])
        link = Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), Dest=to)
        pdf.pages[0].Annots = Array([link])

    first, _ = split(altered(good_pdf, tmp_path / "linked.pdf", change), tmp_path)
    with pikepdf.open(first) as alone:
        assert "/Annots" not in alone.pages[0]
        assert sum(each.get("/Type") == "/Page" for each in alone.objects if is_dict(each)) == 1


def is_dict(thing: object) -> bool:
    """Tell whether an object is a dictionary."""
    return isinstance(thing, Dictionary)


def test_what_a_page_inherits_stays_with_it(good_pdf: Path, tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            pdf.Root.Pages.MediaBox = page.obj.MediaBox
            del page.obj["/MediaBox"]

    first, _ = split(altered(good_pdf, tmp_path / "inherited.pdf", change), tmp_path)
    with pikepdf.open(first) as alone:
        assert "/MediaBox" in alone.pages[0].obj


def test_a_file_that_is_no_pdf_fails_with_its_cause(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("Bonjour")
    with pytest.raises(PdfFailed) as caught:
        split(path, tmp_path)
    assert "PdfError" in caught.value.__notes__[0]
