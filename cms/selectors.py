"""Questions asked to the database about pages of any type."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby

from django.apps import apps
from django.db.models import Exists, F, OuterRef, Prefetch, prefetch_related_objects
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from cms.models.base import ListingMixin
from cms.models.embargo import EmbargoMixin
from cms.models.images import Image

_IN_CARDS = {"authors": "authors__person", "parts": "parts"}
"""What cards say besides titles and pictures, by name of relation."""


def latest_pages(count: int, *, exclude: tuple[type[Page], ...]) -> list[ListingMixin]:
    """Return the newest pages anybody may read, of all types that can be listed.

    Pages come specific, with the pictures of their lists and the renditions of these: the number
    of queries depends on the number of page types, never on the number of pages.
    """
    pages = list(
        unrestricted(Page.objects.live())
        .type(ListingMixin)
        .not_type(*exclude)
        .filter(alias_of=None)
        .order_by("-first_published_at", "-pk")
        .specific()[:count]
    )
    prepare_cards(pages)
    return pages


def prepare_cards(pages: Sequence[Page]) -> None:
    """Fetch what lists and teasers say of specific pages: their pictures, who signs, the parts."""
    for page_type, group in groupby(sorted(pages, key=_type_name), key=type):
        pictures = (
            Prefetch(name, Image.objects.prefetch_renditions())
            for name in page_type.listing_image_fields
        )
        relations = (path for name, path in _IN_CARDS.items() if hasattr(page_type, name))
        prefetch_related_objects(list(group), *pictures, *relations)


def editorial_order(pages: PageQuerySet) -> PageQuerySet:
    """Sort the pages of a focus as its sommaire does; those that it does not know come last."""
    return pages.order_by(F("focus_piece__position").asc(nulls_last=True), "path")


def unrestricted(pages: PageQuerySet) -> PageQuerySet:
    """Leave out pages that the public may not read: under a view restriction, or under embargo.

    Wagtail’s ``public()`` asks a query of its own and knows nothing of embargoes.
    """
    pages = pages.filter(~is_restricted())
    for model in _models_with_embargo():
        held = model._base_manager.filter(embargoed_until__gt=timezone.now())
        pages = pages.filter(~Exists(held.filter(pk=OuterRef("pk"))))
    return pages


def is_restricted() -> Exists:
    """Return the condition that a page is under a view restriction, its own or inherited."""
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    return Exists(PageViewRestriction.objects.filter(page__path=above))


@cache
def _models_with_embargo() -> list[type[EmbargoMixin]]:
    return [model for model in apps.get_models() if issubclass(model, EmbargoMixin)]


def _type_name(page: Page) -> str:
    return page._meta.label
