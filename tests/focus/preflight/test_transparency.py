"""Nothing is transparent in a file that says so."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from focus.preflight import Level
from tests.focus.pdfs import SPEC, draw, form, picture
from tests.focus.preflight.conftest import Spoilt

Change = Callable[[Pdf], None]
GROUP = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


def state(**entries: object) -> Change:
    """Make a change: set a graphics state."""
    return lambda pdf: draw(pdf, "/G1 gs", ExtGState=Dictionary(G1=Dictionary(**entries)))


def faded(pdf: Pdf) -> None:
    """Draw a picture with soft edges."""
    image = picture(pdf)
    image.SMask = picture(pdf, Name.DeviceGray, inks=1)
    draw(pdf, "72 0 0 72 40 40 cm /Im Do", XObject=Dictionary(Im=image))


def grouped(pdf: Pdf) -> None:
    """Draw a group."""
    draw(pdf, "/Fm Do", XObject=Dictionary(Fm=form(pdf, "", Group=GROUP)))


def page_group(pdf: Pdf) -> None:
    """Make a page a group."""
    pdf.pages[0].obj.Group = GROUP


CHANGES = [
    (state(ca=0.5), "opacité réduite"),
    (state(CA=0.99), "opacité réduite"),
    (state(BM=Name.Multiply), "mode de fusion"),
    (state(BM=Array([Name.Multiply, Name.Screen])), "mode de fusion"),
    (state(SMask=Dictionary(S=Name.Luminosity)), "masque progressif"),
    (faded, "image à bords fondus"),
    (grouped, "groupe transparent"),
    (page_group, "groupe transparent"),
]


@pytest.mark.parametrize(("change", "kind"), CHANGES)
@pytest.mark.parametrize("norm", ["PDF/X-1a:2003", "PDF/X-3:2002"])
def test_transparency_is_forbidden_by_what_the_file_announces(
    spoilt: Spoilt, change: Change, kind: str, norm: str
) -> None:
    def announced(pdf: Pdf) -> None:
        change(pdf)
        pdf.docinfo["/GTS_PDFXVersion"] = String(norm)

    (finding,) = spoilt(announced)
    assert (finding.rule, finding.level, finding.page) == ("transparency", Level.ERROR, 1)
    assert kind in finding.what
    assert norm in finding.what


@pytest.mark.parametrize(("change", "kind"), CHANGES)
def test_transparency_is_allowed_in_x4(spoilt: Spoilt, change: Change, kind: str) -> None:
    def announced(pdf: Pdf) -> None:
        change(pdf)
        pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-4")

    assert spoilt(announced, replace(SPEC, pdfx="PDF/X-4")) == ()


def test_transparency_is_forbidden_by_what_the_printer_demands(spoilt: Spoilt) -> None:
    def announced(pdf: Pdf) -> None:
        state(ca=0.5)(pdf)
        pdf.docinfo["/GTS_PDFXVersion"] = String("PDF/X-4")

    findings = spoilt(announced, replace(SPEC, pdfx="PDF/X-1a"))
    assert [finding.rule for finding in findings] == ["pdfx-version", "transparency"]


@pytest.mark.parametrize(
    "change",
    [
        state(ca=1, CA=1, BM=Name.Normal, SMask=Name("/None")),
        state(BM=Name.Compatible),
        state(BM=Array([Name.Normal])),
    ],
)
def test_what_is_opaque_is_not_transparent(spoilt: Spoilt, change: Change) -> None:
    assert spoilt(change) == ()
