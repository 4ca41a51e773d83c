"""Pictures are fine enough where they stand."""

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from focus.preflight import Level
from tests.focus.pdfs import draw, form, picture
from tests.focus.preflight.conftest import Spoilt


def placed(matrix: str, *, side: int = 300) -> object:
    """Make a change: put a picture of so many pixels on the page."""
    return lambda pdf: draw(
        pdf, f"{matrix} cm /Im Do", XObject=Dictionary(Im=picture(pdf, side=side))
    )


@pytest.mark.parametrize(
    ("points", "level"),
    [(108, None), (109, Level.WARNING), (144, Level.WARNING), (145, Level.ERROR)],
)
def test_the_resolution_is_that_of_the_place(
    spoilt: Spoilt, points: int, level: Level | None
) -> None:
    findings = spoilt(placed(f"{points} 0 0 {points} 40 40"))
    assert [(finding.rule, finding.level) for finding in findings] == (
        [("image-resolution", level)] if level else []
    )


def test_size_and_resolution_are_told(spoilt: Spoilt) -> None:
    (finding,) = spoilt(placed("144 0 0 72 40 40"))
    assert "50,8 × 25,4 mm n’a que 150 points par pouce" in finding.what
    assert finding.where == "page 1, en bas à gauche"
    assert "200 points par pouce" in finding.cure


def test_a_turned_picture_is_measured_along_its_sides(spoilt: Spoilt) -> None:
    assert spoilt(placed("0 108 -108 0 200 100")) == ()
    (finding,) = spoilt(placed("0 200 -200 0 240 100"))
    assert "108 points par pouce" in finding.what


def test_forms_and_their_matrices_count(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        resources = Dictionary(XObject=Dictionary(Im=picture(pdf)))
        inner = form(
            pdf, "50 0 0 50 0 0 cm /Im Do", Resources=resources, Matrix=Array([2, 0, 0, 2, 0, 0])
        )
        outer = form(pdf, "/In Do", Resources=Dictionary(XObject=Dictionary(In=inner)))
        draw(pdf, "1.2 0 0 1.2 60 60 cm /Out Do", XObject=Dictionary(Out=outer))

    (finding,) = spoilt(change)
    assert "180 points par pouce" in finding.what


def test_a_picture_in_a_pattern_is_measured(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        tile = form(
            pdf,
            "100 0 0 100 0 0 cm /Im Do",
            Resources=Dictionary(XObject=Dictionary(Im=picture(pdf))),
            PatternType=1,
            Matrix=Array([2, 0, 0, 2, 0, 0]),
        )
        tile.Type = Name.Pattern
        draw(pdf, "/Pattern cs /P1 scn 50 50 90 90 re f", Pattern=Dictionary(P1=tile))

    (finding,) = spoilt(change)
    assert "108 points par pouce" in finding.what
    assert finding.where == "page 1"


def test_what_is_outside_of_the_page_is_not_printed(spoilt: Spoilt) -> None:
    assert spoilt(placed("400 0 0 400 400 400")) == ()


def test_the_matrix_is_given_back_after_a_drawing(spoilt: Spoilt) -> None:
    assert spoilt(placed("q 9 0 0 9 0 0 cm Q 100 0 0 100 40 40")) == ()


def test_many_coarse_pictures_are_summed_up_without_losing_the_worst(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        many = "".join(f"q 109 0 0 109 {x} 40 cm /Im Do Q " for x in range(40, 60))
        draw(
            pdf,
            many + "q 200 0 0 200 40 40 cm /Im Do Q",
            XObject=Dictionary(Im=picture(pdf)),
        )

    findings = spoilt(change)
    assert len(findings) == 9
    assert findings[0].level == Level.ERROR
    assert findings[-1].what.startswith("13 autres")


def test_a_picture_of_monstrous_size_is_refused(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        image = picture(pdf)
        image.Width = image.Height = 100_000
        draw(pdf, "100 0 0 100 40 40 cm /Im Do", XObject=Dictionary(Im=image))

    (finding,) = spoilt(change)
    assert (finding.rule, finding.level) == ("image-too-large", Level.REFUSED)
