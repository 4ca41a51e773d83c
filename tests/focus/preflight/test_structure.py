"""The file as a whole is a PDF that anyone may open, with the right pages."""

from dataclasses import asdict, replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, Pdf

from focus.preflight import Level, Report
from focus.preflight.examination import examine
from tests.focus.pdfs import SPEC
from tests.focus.preflight.conftest import Spoilt


def examined(path: Path, *, single_page: bool = False) -> Report:
    """Examine a file as it is."""
    plain = examine(str(path), asdict(SPEC), single_page, lambda fraction, label: None)
    return Report.from_json(plain)


def test_the_good_file_is_described(good_pdf: Path) -> None:
    report = examined(good_pdf)
    assert (report.page_count, report.pdfx, report.findings) == (2, "PDF/X-3:2002", ())
    assert [(page.number, page.width, page.height) for page in report.pages] == [
        (1, 100, 140),
        (2, 100, 140),
    ]
    assert [page.text for page in report.pages] == [
        "Page 1 d’un exemple de cahier",
        "Page 2 d’un exemple de cahier",
    ]


def test_pages_are_counted(spoilt: Spoilt) -> None:
    (finding,) = spoilt(lambda pdf: None, replace(SPEC, page_count=8))
    assert (finding.rule, finding.level, finding.page) == ("page-count", Level.ERROR, None)
    assert finding.what == "Le fichier compte 2 pages ; il en faut 8."
    assert "planches" in finding.cure


def test_a_page_comes_alone(good_pdf: Path) -> None:
    (finding,) = examined(good_pdf, single_page=True).findings
    assert finding.what == "Le fichier compte 2 pages ; il en faut 1."


def test_layers_may_hide_something(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]))

    (finding,) = spoilt(change)
    assert (finding.rule, finding.level) == ("layers", Level.ERROR)


@pytest.mark.parametrize("passwords", [("secret", "secret"), ("", "secret"), ("", "")])
def test_a_locked_file_is_refused(
    good_pdf: Path, tmp_path: Path, passwords: tuple[str, str]
) -> None:
    user, owner = passwords
    path = tmp_path / "locked.pdf"
    with pikepdf.open(good_pdf) as pdf:
        pdf.save(path, encryption=Encryption(user=user, owner=owner))
    (finding,) = examined(path).findings
    assert (finding.rule, finding.level) == ("encrypted", Level.REFUSED)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Bonjour",
        b"<!doctype html><title>%PDF-1.7</title>",
        b"%!PS-Adobe-3.0\n%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(content)
    (finding,) = examined(path).findings
    assert (finding.rule, finding.level) == ("not-a-pdf", Level.REFUSED)


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_truncated_file_is_refused(good_pdf: Path, tmp_path: Path, part: float) -> None:
    data = good_pdf.read_bytes()
    path = tmp_path / "truncated.pdf"
    path.write_bytes(data[: int(len(data) * part)])
    (finding,) = examined(path).findings
    assert (finding.rule, finding.level) == ("damaged", Level.REFUSED)


def test_a_scratch_in_a_picture_is_found(good_pdf: Path, tmp_path: Path) -> None:
    with pikepdf.open(good_pdf) as pdf:
        (image,) = pdf.pages[0].Resources.XObject.values()
        raw = image.read_raw_bytes()
    path = tmp_path / "scratched.pdf"
    path.write_bytes(good_pdf.read_bytes().replace(raw, raw[:20] + b"\0" * 99 + raw[119:]))
    (finding,) = examined(path).findings
    assert finding.rule == "damaged"


def test_a_file_without_pages_is_damaged(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        del pdf.pages[:]

    assert [finding.rule for finding in spoilt(change)] == ["damaged"]
