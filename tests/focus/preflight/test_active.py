"""Nothing acts in a file for print."""

from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from focus.preflight import Level
from tests.focus.pdfs import form
from tests.focus.preflight.conftest import Spoilt

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
ADDRESS = Dictionary(S=Name.URI, URI=String("https://exemple.invalid/"))
LAUNCH = Dictionary(S=Name.Launch, F=String("programme.exe"))


def root(**entries: object) -> Callable[[Pdf], None]:
    """Make a change in the catalogue."""

    def change(pdf: Pdf) -> None:
        for key, value in entries.items():
            pdf.Root[f"/{key}"] = value

    return change


def annotated(**entries: object) -> Callable[[Pdf], None]:
    """Make a change: an annotation on the second page."""
    note = Dictionary(Type=Name.Annot, Rect=Array([50, 50, 90, 90]), **entries)

    def change(pdf: Pdf) -> None:
        pdf.pages[1].Annots = Array([note])

    return change


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (root(OpenAction=SCRIPT), "javascript"),
        (root(OpenAction=Dictionary(S=Name.GoTo, Next=Array([ADDRESS, ADDRESS]))), "action"),
        (root(OpenAction=LAUNCH), "action"),
        (root(AA=Dictionary(WP=SCRIPT)), "javascript"),
        (root(Names=Dictionary(JavaScript=Dictionary())), "javascript"),
        (root(Names=Dictionary(EmbeddedFiles=Dictionary())), "attachment"),
        (root(Collection=Dictionary()), "attachment"),
        (root(AF=Array([])), "attachment"),
        (root(AcroForm=Dictionary(Fields=Array([Dictionary()]))), "form"),
        (root(AcroForm=Dictionary(Fields=Array([]), XFA=Array([]))), "form"),
        (root(Outlines=Dictionary(First=Dictionary(A=ADDRESS))), "action"),
    ],
)
def test_a_file_that_acts_is_refused(
    spoilt: Spoilt, change: Callable[[Pdf], None], rule: str
) -> None:
    finding, *_ = spoilt(change)
    assert (finding.rule, finding.level, finding.page) == (rule, Level.REFUSED, None)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (annotated(Subtype=Name.Link, A=ADDRESS), "action"),
        (annotated(Subtype=Name.Link, A=LAUNCH), "action"),
        (annotated(Subtype=Name.Link, A=Dictionary(S=Name.GoTo, Next=SCRIPT)), "javascript"),
        (annotated(Subtype=Name.Link, AA=Dictionary(E=SCRIPT)), "javascript"),
        pytest.param(
            annotated(Subtype=Name.Widget),
            "form",
            marks=pytest.mark.filterwarnings("ignore:This document has 1 form widget"),
        ),
        (annotated(Subtype=Name.FileAttachment), "attachment"),
        (annotated(Subtype=Name.RichMedia), "multimedia"),
        (annotated(Subtype=Name.Screen), "multimedia"),
    ],
)
def test_a_page_that_acts_is_refused(
    spoilt: Spoilt, change: Callable[[Pdf], None], rule: str
) -> None:
    (finding,) = spoilt(change)
    assert (finding.rule, finding.level, finding.page) == (rule, Level.REFUSED, 2)
    assert finding.where == "page 2"


def test_a_page_that_acts_when_it_is_opened(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[1].obj.AA = Dictionary(O=SCRIPT)

    assert [finding.rule for finding in spoilt(change)] == ["javascript"]


@pytest.mark.parametrize(
    "change",
    [
        root(OpenAction=Array([Name.Fit])),
        root(OpenAction=Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))),
        root(AcroForm=Dictionary(Fields=Array([]))),
        annotated(Subtype=Name.Link, A=Dictionary(S=Name.GoTo)),
        annotated(Subtype=Name.PrinterMark),
    ],
)
def test_what_only_leads_to_a_page_is_no_action(
    spoilt: Spoilt, change: Callable[[Pdf], None]
) -> None:
    assert spoilt(change) == ()


def test_actions_and_outlines_that_go_round_in_circles_come_to_an_end(spoilt: Spoilt) -> None:
    def change(pdf: Pdf) -> None:
        ring = pdf.make_indirect(Dictionary(S=Name.GoTo))
        ring.Next = ring
        item = pdf.make_indirect(Dictionary(A=ring))
        item.Next = item.First = item
        pdf.Root.OpenAction, pdf.Root.Outlines = ring, item

    assert spoilt(change) == ()


# Annotations


@pytest.mark.parametrize(
    ("rectangle", "flags", "rules"),
    [
        ([50, 50, 90, 90], 4, ["annotation"]),
        ([50, 50, 90, 90], 0, []),
        ([50, 50, 90, 90], 6, []),
        ([0, 0, 5, 5], 4, []),
    ],
)
def test_a_note_is_not_printed_with_the_page(
    spoilt: Spoilt, rectangle: list[int], flags: int, rules: list[str]
) -> None:
    def change(pdf: Pdf) -> None:
        looks = Dictionary(N=form(pdf, "0 0 50 50 re f"))
        note = Dictionary(Subtype=Name.Stamp, Rect=Array(rectangle), F=flags, AP=looks)
        pdf.pages[0].Annots = Array([note])

    findings = spoilt(change)
    assert [finding.rule for finding in findings] == rules
    assert all(finding.where == "page 1, en bas à gauche" for finding in findings)
    assert all(finding.level == Level.ERROR for finding in findings)
