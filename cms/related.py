"""Other pages that a reader of a text may want, those that anybody may read."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.apps import apps
from wagtail.models import Page

from cms.models import BasePage, Person, Theme
from cms.selectors import unrestricted

FEW = 3
"""Pages under one heading."""


def by_people(people: Iterable[Person], *, without: Collection[int]) -> list[BasePage]:
    """Return the newest texts that one of these people signs, save those ``without``."""
    return _newest("authors", "authors__person", list(people), without)


def by_themes(themes: Iterable[Theme], *, without: Collection[int]) -> list[BasePage]:
    """Return the newest pages on one of these themes, of any type, save those ``without``."""
    return _newest("themes", "themes", list(themes), without)


def _newest(
    relation: str, path: str, wanted: list[Person] | list[Theme], without: Collection[int]
) -> list[BasePage]:
    """Ask each page type that has the relation: two queries a type, whatever there is."""
    if not wanted:
        return []
    found = [
        page
        for model in page_types_with(relation)
        for page in unrestricted(model.objects.live())
        .filter(pk__in=model.objects.filter(**{f"{path}__in": wanted}).values("pk"), alias_of=None)
        .exclude(pk__in=without)
        .defer_streamfields()
        .order_by("-first_published_at", "-pk")[:FEW]
    ]
    return sorted(found, key=_moment, reverse=True)[:FEW]


def page_types_with(relation: str) -> list[type[BasePage]]:
    """Return the page types that have a relation of this name."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, BasePage) and hasattr(model, relation)
    ]


def _moment(page: Page) -> tuple[datetime, int]:
    return page.first_published_at, page.pk
