"""The pages of a package as they would go out: the latest revision of each."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from focus.models import Package
from focus.package.findings import Finding, Level
from focus.package.members import members


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A page as the site has it, and its content as it would go out."""

    page: Page
    content: Page

    def finding(self, level: Level, text: str, url: str = "") -> Finding:
        """Return a finding about it, mended in the page editor unless told otherwise."""
        return Finding(
            piece=self.content.title,
            text=text,
            url=url or reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            level=level,
            page_pk=self.page.pk,
        )


def drafts(package: Package) -> list[Draft]:
    """Return the focus, then its pages in the order of the sommaire."""
    pages = list(members(package).specific())
    revisions = Revision.objects.in_bulk([page.latest_revision_id for page in pages])
    return [
        Draft(page=page, content=page.with_content_json(revision.content) if revision else page)
        for page in pages
        for revision in (revisions.get(page.latest_revision_id),)
    ]


def moment_of(package: Package) -> datetime:
    """Return when the package goes out: at the hour that is planned, else now."""
    now = timezone.now()
    return max(package.go_live_at or now, now)
