"""Which pages make a package, and in which version."""

from django.db.models import F, QuerySet
from wagtail.models import Page

from cms.models import User
from focus.models import Package
from publishing import registry


def members(package: Package) -> QuerySet[Page]:
    """Return the focus, then its pages in the order of the sommaire, as plain pages."""
    focus = Page.objects.get(pk=package.focus_id)
    place = F("focus_piece__position").asc(nulls_first=True)
    return Page.objects.descendant_of(focus, inclusive=True).order_by(place, "path")


def live_members(package: Package) -> QuerySet[Page]:
    """Return those that are online, specific."""
    return members(package).live().specific()


def latest_revisions(package: Package) -> dict[str, int | None]:
    """Return the latest revision of each page, as ``Package.revisions`` keeps them (JSON keys)."""
    return {str(pk): at for pk, at in members(package).values_list("pk", "latest_revision_id")}


def with_revisions(package: Package, user: User) -> dict[str, int | None]:
    """Return the same, once pages that no editor has saved yet have a revision too."""
    for page in members(package).filter(latest_revision=None, alias_of=None):
        page.specific.save_revision(user=user, changed=False, clean=False)
    return latest_revisions(package)


def publication_keys(package: Package) -> list[str]:
    """Return the keys of what the pages of a package have in the public bucket."""
    pages = members(package).specific(defer=True)
    return [key for page in pages if (key := registry.key_for(page))]
