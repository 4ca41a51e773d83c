"""A preflight is one call: progress on the way, a report at the end, its caller unharmed."""

import hashlib
from pathlib import Path

import pytest

from focus.preflight import Level, PrintSpec, preflight
from tests.focus.pdfs import SPEC, altered, draw, good
from tests.focus.processes import children
from tests.focus.typeset import HTML


def test_eight_pages_as_the_printer_wants_them(tmp_path: Path) -> None:
    path = good(tmp_path / "cahier.pdf", pages=8, width=289, height=370)
    spec = PrintSpec(width=289, height=370, pdfx="PDF/X-3", profile="ISOnewspaper26v4")
    report = preflight(path, spec)
    assert report.findings == ()
    assert (report.page_count, report.pdfx, len(report.pages)) == (8, "PDF/X-3:2002", 8)
    assert report.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert 0 < report.seconds < 30


def test_progress_goes_forward_and_speaks_french(good_pdf: Path) -> None:
    told: list[tuple[float, str]] = []
    preflight(good_pdf, SPEC, on_progress=lambda *step: told.append(step))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0, 1)
    labels = [label for _, label in told]
    assert {"Ouverture du fichier", "Page 2", "Encrage de la page 2"} <= set(labels)
    assert labels[-1] == "Contrôle terminé"


def test_ink_and_the_rest_are_in_one_report(good_pdf: Path, tmp_path: Path) -> None:
    path = altered(
        good_pdf,
        tmp_path / "bad.pdf",
        lambda pdf: draw(pdf, "1 1 1 1 k 40 40 99 99 re f 0 0 1 rg 0 0 1 1 re f"),
    )
    assert [finding.rule for finding in preflight(path, SPEC).findings] == ["rgb", "ink"]


def test_a_page_made_for_the_screen_is_told_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "screen.pdf"
    sheet = "<style>@page { size: 100mm 140mm } p { color: #06c }</style>"
    HTML(string=f"<html lang=fr>{sheet}<p>Bonjour</p>").write_pdf(path)
    report = preflight(path, SPEC, single_page=True)
    assert [finding.rule for finding in report.findings] == ["bleed-size", "rgb"]
    assert report.pages[0].text == "Bonjour"


def test_one_page_alone(good_pdf: Path, tmp_path: Path) -> None:
    path = altered(good_pdf, tmp_path / "page.pdf", lambda pdf: pdf.pages.__delitem__(1))
    assert preflight(path, SPEC, single_page=True).findings == ()
    assert [finding.rule for finding in preflight(path, SPEC).findings] == ["page-count"]


def test_a_caller_who_stops_listening_stops_the_work(good_pdf: Path) -> None:
    before = children()

    def stop(fraction: float, label: str) -> None:
        raise InterruptedError(label)

    with pytest.raises(InterruptedError):
        preflight(good_pdf, SPEC, on_progress=stop)
    assert children() == before


@pytest.mark.parametrize("megabytes", [15, 45])
def test_an_examination_that_breaks_off_is_told_and_its_cause_is_logged(
    good_pdf: Path, caplog: pytest.LogCaptureFixture, megabytes: int
) -> None:
    report = preflight(good_pdf, SPEC, memory=megabytes * 2**20)
    (finding,) = report.findings
    assert finding.rule in {"too-heavy", "unreadable"}
    assert finding.level == Level.REFUSED
    (record,) = caplog.records
    assert record.sha256 == report.sha256
    assert "Traceback" in record.exc_info[1].__notes__[0]


def test_a_file_that_is_not_there_is_an_error_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        preflight(tmp_path / "gone.pdf", SPEC)


def test_an_odd_name_is_only_a_name(good_pdf: Path, tmp_path: Path) -> None:
    path = tmp_path / "-o %d |été 'page'.pdf"
    path.write_bytes(good_pdf.read_bytes())
    assert preflight(path, SPEC).findings == ()
