"""Total ink is measured on what is drawn."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from pikepdf import Dictionary, Name, Pdf

from focus.preflight import Finding, Level, PageFacts
from focus.preflight import ink as ink_rule
from focus.preflight.ink import check
from tests.focus.pdfs import SPEC, altered, draw, is_dead, photo, picture

PAGES = [PageFacts(number=number, width=100, height=140, text="") for number in (1, 2)]
LIMITS = {"seconds": 30, "memory": 450 * 2**20}


def measured(path: Path, limit: int = 240) -> list[Finding]:
    """Measure the pages of a file."""
    spec = replace(SPEC, ink_limit=limit)
    return check(path, PAGES, spec, on_progress=lambda fraction, label: None, **LIMITS)


def inked(operators: str) -> object:
    """Make a change: draw something on the first page."""
    return lambda pdf: draw(pdf, operators)


def test_the_good_file_is_light(good_pdf: Path) -> None:
    assert measured(good_pdf) == []


@pytest.mark.parametrize(("limit", "found"), [(270, ["ink"]), (280, []), (290, [])])
def test_the_four_inks_are_summed_up(
    good_pdf: Path, tmp_path: Path, limit: int, found: list[str]
) -> None:
    path = altered(good_pdf, tmp_path / "dark.pdf", inked("0.9 0.8 0.7 0.4 k 200 300 100 100 re f"))
    assert [finding.rule for finding in measured(path, limit)] == found


def test_how_much_and_where_is_told(good_pdf: Path, tmp_path: Path) -> None:
    path = altered(good_pdf, tmp_path / "dark.pdf", inked("1 1 1 1 k 240 330 72 72 re f"))
    (finding,) = measured(path)
    assert (finding.level, finding.page) == (Level.ERROR, 1)
    assert "atteint 400 %" in finding.what
    assert "6,6 cm²" in finding.what
    assert finding.where == "page 1, en haut à droite"


def test_a_small_spot_is_worth_a_warning(good_pdf: Path, tmp_path: Path) -> None:
    path = altered(good_pdf, tmp_path / "dark.pdf", inked("1 1 1 1 k 240 330 8 8 re f"))
    (finding,) = measured(path)
    assert (finding.rule, finding.level) == ("ink", Level.WARNING)


def test_marks_outside_of_the_page_may_be_dark(good_pdf: Path, tmp_path: Path) -> None:
    path = altered(good_pdf, tmp_path / "marks.pdf", inked("1 1 1 1 k 0 0 10 400 re f"))
    assert measured(path) == []


def test_numbers_count_as_they_stand_in_pictures_and_profiles(
    good_pdf: Path, tmp_path: Path
) -> None:
    def change(pdf: Pdf) -> None:
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        images = Dictionary(
            A=photo(pdf, colour=(170, 170, 170, 102)),
            B=picture(pdf, [Name.ICCBased, profile], value=185),
        )
        draw(
            pdf,
            "q 72 0 0 72 40 40 cm /A Do Q q 72 0 0 72 40 300 cm /B Do Q",
            XObject=images,
        )

    path = altered(good_pdf, tmp_path / "pictures.pdf", change)
    (finding,) = measured(path)
    assert "atteint 290 %" in finding.what
    assert finding.where == "page 1, en haut à gauche"


def test_without_ghostscript_the_report_says_so(
    good_pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (finding,) = measured(good_pdf)
    assert (finding.rule, finding.level, finding.page) == ("ink-not-measured", Level.NOTE, None)
    assert "Ghostscript manque" in finding.what


def program_named_gs(folder: Path, script: str) -> None:
    """Put a program in the place of Ghostscript."""
    path = folder / "gs"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("script", ["kill -SEGV $$", "exit 1", "exit 0"])
def test_when_ghostscript_fails_the_report_says_so(
    good_pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program_named_gs(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    findings = measured(good_pdf)
    assert [(finding.rule, finding.level, finding.page) for finding in findings] == [
        ("ink-not-measured", Level.WARNING, 1),
        ("ink-not-measured", Level.WARNING, 2),
    ]


def test_when_ghostscript_hangs_it_is_stopped_for_good(
    good_pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program_named_gs(tmp_path, f"echo $$ > {tmp_path}/pid; exec sleep 60")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setitem(LIMITS, "seconds", 1)
    (finding,) = measured(good_pdf)
    assert (finding.rule, finding.level, finding.page) == ("ink-not-measured", Level.WARNING, None)
    assert is_dead((tmp_path / "pid").read_text().strip())


def test_a_page_that_takes_too_long_is_told(
    good_pdf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program_named_gs(tmp_path, "exec sleep 60")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(ink_rule, "_PATIENCE", 0.2)
    found = ink_rule.measure(str(good_pdf), [(1, 100, 140), (2, 100, 140)], 240, lambda *_: None)
    assert [(each["rule"], each["page"]) for each in found] == [
        ("ink-not-measured", 1),
        ("ink-not-measured", 2),
    ]
    assert all("la page 1 est trop longue" in each["what"] for each in found)
