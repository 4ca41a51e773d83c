"""Fonts come with the file, wherever they are used."""

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from focus.preflight import Level
from tests.focus.pdfs import draw, form
from tests.focus.preflight.conftest import Spoilt

HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
WRITTEN = "BT /F1 12 Tf 200 350 Td (Bonjour) Tj ET"


def fonts() -> Dictionary:
    """Return resources with a font that is not embedded."""
    return Dictionary(F1=Dictionary(HELVETICA))


def test_a_font_that_is_not_embedded_is_named_and_placed(spoilt: Spoilt) -> None:
    (finding,) = spoilt(lambda pdf: draw(pdf, WRITTEN, Font=fonts()))
    assert (finding.rule, finding.level, finding.page) == ("font-not-embedded", Level.ERROR, 1)
    assert "« Helvetica »" in finding.what
    assert finding.where == "page 1, en haut"


def test_a_font_that_lost_its_glyphs(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        for font in pdf.pages[1].Resources.Font.values():
            descriptor = Dictionary(font.FontDescriptor)
            del descriptor["/FontFile3"]
            font.FontDescriptor = descriptor

    findings = spoilt(change)
    assert {finding.rule for finding in findings} == {"font-not-embedded"}


def test_a_font_that_is_there_and_not_used_harms_nobody(spoilt: Spoilt) -> None:
    assert spoilt(lambda pdf: draw(pdf, "", Font=fonts())) == ()


@pytest.mark.parametrize("kind", ["form", "pattern", "annotation", "composite"])
def test_a_font_is_found_wherever_it_is_used(spoilt: Spoilt, kind: str) -> None:
    def change(pdf: Pdf) -> None:
        inner = form(pdf, WRITTEN, Resources=Dictionary(Font=fonts()))
        if kind == "form":
            draw(pdf, "/Fm Do", XObject=Dictionary(Fm=inner))
        elif kind == "pattern":
            inner.Type, inner.PatternType = Name.Pattern, 1
            draw(
                pdf,
                "/Pattern cs /P1 scn 0 0 10 10 re f",
                Pattern=Dictionary(P1=inner),
            )
        elif kind == "annotation":
            outside = Array([0, 0, 5, 5])
            pdf.pages[0].Annots = Array(
                [Dictionary(Subtype=Name.Stamp, Rect=outside, F=4, AP=Dictionary(N=inner))]
            )
        else:
            descendant = Dictionary(Subtype=Name.CIDFontType2, FontDescriptor=Dictionary())
            composite = Dictionary(
                Subtype=Name.Type0, BaseFont=Name.Grande, DescendantFonts=Array([descendant])
            )
            draw(pdf, WRITTEN, Font=Dictionary(F1=composite))

    assert [finding.rule for finding in spoilt(change)] == ["font-not-embedded"]


def test_a_type_3_font_is_embedded_by_nature(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        glyph = pdf.make_stream(b"500 0 0 0 500 500 d1 0 0 500 500 re f")
        drawn = Dictionary(
            Subtype=Name.Type3,
            CharProcs=Dictionary(a=glyph),
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        )
        draw(pdf, WRITTEN, Font=Dictionary(F1=drawn))

    assert spoilt(change) == ()
