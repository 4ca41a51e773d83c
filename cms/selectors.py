"""Questions asked to the database about pages of any type."""

from itertools import groupby

from django.db.models import Prefetch, prefetch_related_objects
from wagtail.models import Page

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


def _type_name(page: Page) -> str:
    return page._meta.label
