"""Findings as they are stored with a version and shown."""

import pytest

from focus.preflight import Finding, Level, Report
from focus.print_desk import findings
from focus.print_desk.versions import storable
from tests.focus.print_room import ERROR, WARNING, cahier, page_of, version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def found(where: str, page: int | None = 1) -> Finding:
    """Return a finding at a place."""
    return Finding(rule="x", level=Level.NOTE, page=page, what="x", where=where, cure="x")


@pytest.mark.parametrize(
    ("finding", "shown"),
    [
        (found("page 1, en haut à gauche et au centre"), "en haut à gauche et au centre"),
        (found("page 1, en haut, en bas et au centre"), "en haut, en bas et au centre"),
        (found("page 1"), "toute la page"),
        (found("tout le fichier", None), "tout le fichier"),
    ],
)
def test_places_are_told_within_the_page(finding: Finding, shown: str) -> None:
    (read,) = findings.of_version(version(page_of(cahier()), finding))
    assert read.where == shown
    assert read.level is Level.NOTE


def test_levels_come_in_order_of_gravity_and_agree_in_number() -> None:
    groups = findings.by_level([WARNING, ERROR, WARNING])
    assert [(label, len(group)) for _, label, group in groups] == [
        ("Erreur", 1),
        ("Avertissements", 2),
    ]


def test_what_is_stored_is_what_the_report_says() -> None:
    report = Report(findings=(ERROR, WARNING))
    stored = storable([vars(finding) for finding in report.findings])
    assert findings.read(stored) == [ERROR, WARNING]
