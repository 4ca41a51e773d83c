"""A report can be stored, read again and asked."""

import json

import pytest

from focus.preflight import Finding, Level, PageFacts, Report
from focus.preflight.examination import shortened


def finding(level: Level, page: int | None = None, rule: str = "rgb") -> Finding:
    """Make a finding."""
    return Finding(rule=rule, level=level, page=page, what="Quoi", where="Où", cure="Comment")


REPORT = Report(
    findings=(finding(Level.ERROR, 2), finding(Level.WARNING), finding(Level.NOTE, 1)),
    pages=(PageFacts(number=1, width=289.0, height=370.0, text="Été\n\nÀ suivre"),),
    page_count=1,
    pdfx="PDF/X-4",
    sha256="00",
    seconds=1.5,
)


def test_a_report_survives_storage() -> None:
    assert Report.from_json(json.loads(json.dumps(REPORT.to_json()))) == REPORT


def test_what_concerns_a_page_concerns_the_file_too() -> None:
    assert [found.level for found in REPORT.of_page(1)] == [Level.WARNING, Level.NOTE]
    assert [found.level for found in REPORT.of_page(2)] == [Level.ERROR, Level.WARNING]


@pytest.mark.parametrize(
    ("level", "refused", "blocking"),
    [
        (Level.REFUSED, True, True),
        (Level.ERROR, False, True),
        (Level.WARNING, False, False),
        (Level.NOTE, False, False),
    ],
)
def test_what_forbids_the_approval(level: Level, refused: bool, blocking: bool) -> None:
    report = Report(findings=(finding(level),))
    assert (report.refused, bool(report.blocking)) == (refused, blocking)


def test_findings_come_by_page_and_severity() -> None:
    found = [finding(Level.NOTE, 1), finding(Level.ERROR, 1), finding(Level.WARNING)]
    assert [(each.page, each.level) for each in shortened(found)] == [
        (None, Level.WARNING),
        (1, Level.ERROR),
        (1, Level.NOTE),
    ]


def test_many_findings_of_a_kind_are_summed_up() -> None:
    found = [finding(Level.WARNING, 1)] * 30 + [finding(Level.ERROR, 2)] * 9
    short = list(shortened(found))
    assert len(short) == 18
    assert [(each.page, each.level, each.what[:2]) for each in short[-2:]] == [
        (1, Level.WARNING, "22"),
        (2, Level.ERROR, "1 "),
    ]
