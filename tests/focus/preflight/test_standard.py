"""The file follows the norm that it announces, and the one that is demanded."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from pikepdf import Array, Name, Pdf, String

from focus.preflight import Level
from focus.preflight.standard import announced
from tests.focus.pdfs import SPEC
from tests.focus.preflight.conftest import Spoilt

X4 = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def says(**info: str) -> Callable[[Pdf], None]:
    """Make a change: put this and nothing else into the document information."""

    def change(pdf: Pdf) -> None:
        for key in ("/GTS_PDFXVersion", "/GTS_PDFXConformance"):
            if key in pdf.docinfo:
                del pdf.docinfo[key]
        for key, value in info.items():
            pdf.docinfo[f"/{key}"] = String(value)

    return change


def is_x4(pdf: Pdf) -> None:
    """Announce PDF/X-4 as its norm wants it, in XMP alone."""
    says()(pdf)
    pdf.Root.Metadata = pdf.make_stream(X4)


X1A = says(GTS_PDFXVersion="PDF/X-1:2001", GTS_PDFXConformance="PDF/X-1a:2001")


@pytest.mark.parametrize(
    ("change", "version"),
    [
        (says(), ""),
        (says(GTS_PDFXVersion="PDF/X-3:2002"), "PDF/X-3:2002"),
        (says(GTS_PDFXVersion="PDF/X-1a:2003"), "PDF/X-1a:2003"),
        (X1A, "PDF/X-1a:2001"),
        (is_x4, "PDF/X-4"),
    ],
)
def test_each_norm_is_announced_in_its_own_way(change: Callable[[Pdf], None], version: str) -> None:
    pdf = Pdf.new()
    change(pdf)
    assert announced(pdf) == version


def test_what_is_announced_can_be_shown_and_stored() -> None:
    pdf = Pdf.new()
    says(GTS_PDFXVersion="PDF/X-4\0\n" + "é" * 1000)(pdf)
    assert announced(pdf) == "PDF/X-4" + "é" * 53


@pytest.mark.parametrize(("change", "norm"), [(X1A, "PDF/X-1a"), (is_x4, "PDF/X-4")])
def test_the_demanded_norm_is_met(spoilt: Spoilt, change: Callable[[Pdf], None], norm: str) -> None:
    assert spoilt(change, replace(SPEC, pdfx=norm)) == ()


def test_another_norm_than_demanded(spoilt: Spoilt) -> None:
    (finding,) = spoilt(lambda pdf: None, replace(SPEC, pdfx="PDF/X-4"))
    assert (finding.rule, finding.level, finding.page) == ("pdfx-version", Level.ERROR, None)
    assert "demande PDF/X-4" in finding.what
    assert "annonce PDF/X-3:2002" in finding.what


def test_no_norm_where_one_is_demanded(spoilt: Spoilt) -> None:
    (finding,) = spoilt(says(), replace(SPEC, pdfx="PDF/X-1a"))
    assert finding.rule == "pdfx-version"
    assert "aucune norme" in finding.what


def test_no_norm_where_none_is_demanded(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        says()(pdf)
        del pdf.Root["/OutputIntents"], pdf.docinfo["/Trapped"]

    assert spoilt(change) == ()


def test_no_output_intent(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.OutputIntents[0].S = Name.GTS_PDFA1

    (finding,) = spoilt(change)
    assert (finding.rule, finding.level) == ("output-intent", Level.ERROR)


def test_an_output_intent_may_name_a_press_without_its_profile(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        del pdf.Root.OutputIntents[0]["/DestOutputProfile"]

    assert spoilt(change) == ()


def test_the_profile_of_a_screen(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.OutputIntents[0].DestOutputProfile.N = 3

    assert [finding.rule for finding in spoilt(change)] == ["output-profile"]


def test_another_press_than_expected(spoilt: Spoilt) -> None:
    assert spoilt(lambda pdf: None, replace(SPEC, profile="ISOnewspaper26v4")) == ()
    (finding,) = spoilt(lambda pdf: None, replace(SPEC, profile="WAN-IFRAnewspaper26v5"))
    assert (finding.rule, finding.level) == ("output-condition", Level.ERROR)
    assert "« ISOnewspaper26v4 »" in finding.what
    assert "« WAN-IFRAnewspaper26v5 »" in finding.what


@pytest.mark.parametrize(("trapped", "rules"), [(Name.Unknown, ["trapped"]), (Name("/True"), [])])
def test_trapping_is_known(spoilt: Spoilt, trapped: Name, rules: list[str]) -> None:
    def change(pdf: Pdf) -> None:
        pdf.docinfo["/Trapped"] = trapped

    findings = spoilt(change)
    assert [finding.rule for finding in findings] == rules
    assert all(finding.level == Level.WARNING for finding in findings)


@pytest.mark.parametrize("intents", [Name.Nothing, Array([]), Array([Name.Nothing])])
def test_output_intents_that_are_none(spoilt: Spoilt, intents: object) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.OutputIntents = intents

    assert [finding.rule for finding in spoilt(change)] == ["output-intent"]
