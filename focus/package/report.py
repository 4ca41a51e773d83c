"""The package read as a whole: everything to mend before it goes out, or better."""

from collections.abc import Callable

from focus.models import Package
from focus.package.drafts import drafts, moment_of
from focus.package.findings import Finding
from focus.package.page_checks import check_page
from focus.package.reference_checks import check_references
from focus.package.whole_checks import check_whole


def examine(
    package: Package, tell: Callable[[int, int], None] = lambda done, total: None
) -> list[Finding]:
    """Return what is to be said of a package, page after page, blockers of each first.

    ``tell`` hears, after each page, how many were read, of how many.
    """
    whole, at = drafts(package), moment_of(package)
    found: list[Finding] = []
    for number, draft in enumerate(whole, start=1):
        found += check_page(draft, at)
        tell(number, len(whole))
    found += [*check_references(whole, at), *check_whole(package, whole, at)]
    place = {draft.page.pk: number for number, draft in enumerate(whole)}
    return sorted(
        found, key=lambda said: (place.get(said.page_pk, len(whole)), not said.is_blocker)
    )


def blockers(findings: list[Finding]) -> list[Finding]:
    """Return what keeps a package from going out."""
    return [finding for finding in findings if finding.is_blocker]
