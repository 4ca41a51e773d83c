"""Questions asked to the database about pages of any type."""

from itertools import groupby

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.models.base import ListingMixin
from cms.models.images import Image


def latest_pages(count: int, *, exclude: tuple[type[Page], ...]) -> list[ListingMixin]:
    """Return the newest pages anybody may read, of all types that can be listed.

    Pages come specific, with the pictures of their lists and the renditions of these: the number
    of queries depends on the number of page types, never on the number of pages.
    """
    pages = list(
        Page.objects.live()
        .public()
        .type(ListingMixin)
        .not_type(*exclude)
        .filter(alias_of=None)
        .order_by("-first_published_at", "-pk")
        .specific()[:count]
    )
    for page_type, group in groupby(sorted(pages, key=_type_name), key=type):
        pictures = (
            Prefetch(name, Image.objects.prefetch_renditions())
            for name in page_type.listing_image_fields
        )
        prefetch_related_objects(list(group), *pictures)
    return pages


def unrestricted(pages: PageQuerySet) -> PageQuerySet:
    """Leave out pages under a view restriction: Wagtail’s ``public()``, without its own query."""
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    return pages.filter(~Exists(PageViewRestriction.objects.filter(page__path=above)))


def _type_name(page: Page) -> str:
    return page._meta.label
