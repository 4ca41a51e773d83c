"""A page has the format, the bleed and the sheet that the printer expects."""

from dataclasses import replace
from decimal import Decimal

import pytest
from pikepdf import Array, Name, Pdf

from focus.preflight import Level
from tests.focus.pdfs import SPEC
from tests.focus.preflight.conftest import Spoilt

MM = 72 / 25.4


def shifted(box: Array, *by: float) -> Array:
    """Move the sides of a box by so many millimetres."""
    return Array(float(side) + move * MM for side, move in zip(box, by, strict=True))


def without(key: str) -> object:
    """Make a change: drop a box of the second page."""

    def change(pdf: Pdf) -> None:
        del pdf.pages[1].obj[key]

    return change


def test_the_good_file_has_nothing_to_be_said_about(spoilt: Spoilt) -> None:
    assert spoilt(lambda pdf: None) == ()


def test_a_page_that_does_not_say_where_it_is_cut(spoilt: Spoilt) -> None:
    (finding,) = spoilt(without("/TrimBox"))
    assert (finding.rule, finding.level, finding.page) == ("trim-box", Level.ERROR, 2)
    assert finding.where == "page 2"


def test_the_sheet_is_never_mistaken_for_the_finished_page(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        del page["/TrimBox"]
        page.MediaBox = page.BleedBox = Array([0, 0, 100 * MM, 140 * MM])

    assert [finding.rule for finding in spoilt(change)] == ["trim-box"]


def test_another_format_is_told_in_millimetres(spoilt: Spoilt) -> None:
    first, second = spoilt(lambda pdf: None, replace(SPEC, width=105.5))
    assert first.rule == second.rule == "trim-size"
    assert "100 × 140 mm" in first.what
    assert "105,5 × 140 mm" in first.what


@pytest.mark.parametrize(("wider", "rules"), [(0.4, []), (0.7, ["trim-size"])])
def test_half_a_millimetre_is_tolerated(spoilt: Spoilt, wider: float, rules: list[str]) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.TrimBox = shifted(page.TrimBox, -wider / 2, 0, wider / 2, 0)

    assert [finding.rule for finding in spoilt(change)] == rules


def test_corners_may_come_in_any_order(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        left, bottom, right, top = page.TrimBox
        page.TrimBox = Array([right, top, left, bottom])

    assert spoilt(change) == ()


def test_no_bleed(spoilt: Spoilt) -> None:
    (finding,) = spoilt(without("/BleedBox"))
    assert (finding.rule, finding.level, finding.page) == ("bleed-box", Level.ERROR, 2)
    assert "5 mm" in finding.cure


def test_no_bleed_is_needed_where_none_is_demanded(spoilt: Spoilt) -> None:
    assert spoilt(without("/BleedBox"), replace(SPEC, bleed=0)) == ()


def test_too_little_bleed_on_one_side(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.BleedBox = shifted(page.BleedBox, 0, 2, 0, 0)

    (finding,) = spoilt(change)
    assert finding.rule == "bleed-size"
    assert "3 mm au lieu de 5 mm" in finding.what


def test_a_sheet_smaller_than_what_is_printed(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = shifted(page.BleedBox, 0, 0, -1, 0)

    assert [finding.rule for finding in spoilt(change)] == ["media-box"]


@pytest.mark.parametrize("inherited", [False, True])
def test_a_turned_page(spoilt: Spoilt, inherited: bool) -> None:
    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            del page.obj["/Rotate"]
        (pdf.Root.Pages if inherited else pdf.pages[0].obj).Rotate = 90

    findings = spoilt(change)
    assert {finding.rule for finding in findings} == {"rotation"}
    assert len(findings) == (2 if inherited else 1)


def test_an_enlarged_page(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.UserUnit = Decimal("2.5")

    (finding,) = spoilt(change)
    assert finding.rule == "user-unit"
    assert "2,5 fois" in finding.what


def test_a_box_that_is_none(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.TrimBox = Name.Nothing

    assert [finding.rule for finding in spoilt(change)] == ["trim-box"]
