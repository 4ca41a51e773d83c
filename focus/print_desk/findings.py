"""What the preflight found about one version of a page, as it is stored with it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from focus.models import PageVersion
from focus.preflight import Finding, Level

_LABELS = {
    Level.REFUSED: ("Refus", "Refus"),
    Level.ERROR: ("Erreur", "Erreurs"),
    Level.WARNING: ("Avertissement", "Avertissements"),
    Level.NOTE: ("Remarque", "Remarques"),
}
"""One and several, the gravest first."""


def read(stored: Iterable[dict[str, Any]]) -> list[Finding]:
    """Read findings from JSON."""
    return [Finding(**found | {"level": Level(found["level"])}) for found in stored]


def of_version(version: PageVersion) -> list[Finding]:
    """Return the findings about a page and its file; places are told within the page."""
    return [_within_page(finding) for finding in read(version.findings)]


def _within_page(finding: Finding) -> Finding:
    """Leave out the number that the page has in its file: it is not always the printed one."""
    if finding.page is None:
        return finding
    return replace(finding, where=finding.where.partition(", ")[2] or "toute la page")


def blocking(version: PageVersion) -> list[Finding]:
    """Return what forbids the BAT."""
    return [f for f in of_version(version) if f.level in (Level.REFUSED, Level.ERROR)]


def warnings(version: PageVersion) -> list[Finding]:
    """Return what somebody must accept in writing."""
    return [f for f in of_version(version) if f.level is Level.WARNING]


def by_level(findings: Iterable[Finding]) -> list[tuple[Level, str, list[Finding]]]:
    """Group findings: level, its French name, its findings; the gravest first."""
    findings = list(findings)
    groups = []
    for level, labels in _LABELS.items():
        if found := [finding for finding in findings if finding.level is level]:
            groups.append((level, labels[len(found) > 1], found))
    return groups
