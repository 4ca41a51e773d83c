"""Other pages that a reader of a text may want, those that anybody may read.

People, themes and pages are given by primary key.
"""

from collections.abc import Collection
from datetime import datetime

from django.apps import apps
from wagtail.models import Page

from cms.models import BasePage
from cms.selectors import unrestricted

FEW = 3
"""Pages under one heading."""


def by_people(people: Collection[int], *, without: Collection[int]) -> list[BasePage]:
    """Return the newest texts that one of these people signs, save those ``without``."""
    return _newest("authors", "authors__person", people, without)


def by_themes(themes: Collection[int], *, without: Collection[int]) -> list[BasePage]:
    """Return the newest pages of any type on one of these themes, save those ``without``."""
    return _newest("themes", "themes", themes, without)


def _newest(
    relation: str, path: str, wanted: Collection[int], without: Collection[int]
) -> list[BasePage]:
    """Ask each page type that has the relation: one query a type, whatever there is."""
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
