"""Focuses and their texts by year and by theme: which of them a reader asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.choices import Choice
from cms.models import TextPage, Theme
from cms.related import page_types_with
from cms.selectors import prepare_cards, unrestricted
from focus.models import FocusIndexPage, FocusPage


@dataclass(frozen=True, kw_only=True)
class Archive:
    """What is found for a theme and a year, both optional."""

    theme: Theme | None
    year: int | None
    themes: Sequence[Theme]
    years: Sequence[int]
    focuses: Sequence[FocusPage]
    texts: Sequence[TextPage]
    """Texts on the theme, whatever their focus is about; none without a theme."""

    @property
    def query(self) -> str:
        """What was asked, in its one form: « ?theme=habitat&annee=2026 », or nothing."""
        return _query(self.theme, self.year)

    @property
    def theme_choices(self) -> list[Choice]:
        """Themes, each with the year kept."""
        return [
            Choice(
                label=theme.name,
                query=_query(None if theme == self.theme else theme, self.year),
                current=theme == self.theme,
            )
            for theme in self.themes
        ]

    @property
    def year_choices(self) -> list[Choice]:
        """Years, each with the theme kept."""
        return [
            Choice(
                label=str(year),
                query=_query(self.theme, None if year == self.year else year),
                current=year == self.year,
            )
            for year in self.years
        ]


def find(index: FocusIndexPage, asked: QueryDict) -> Archive:
    """Return what somebody asked of the archive, newest first.

    Raises Http404 for a theme that nothing is about and for a year without a focus: whatever is
    typed as an address does not make a page.
    """
    everything = list(_open_focuses(index))
    themes = list(_themes(index, everything))
    years = sorted({focus.year for focus in everything}, reverse=True)
    theme = _chosen(asked.get("theme"), {theme.slug: theme for theme in themes})
    year = _chosen(asked.get("annee"), {str(year): year for year in years})
    focuses = [
        focus
        for focus in everything
        if (year is None or focus.year == year) and (theme is None or focus.theme_id == theme.pk)
    ]
    prepare_cards(focuses)
    return Archive(
        theme=theme,
        year=year,
        themes=themes,
        years=years,
        focuses=focuses,
        texts=_texts(theme, year, index, everything) if theme else [],
    )


def _query(theme: Theme | None, year: int | None) -> str:
    asked = {"theme": theme and theme.slug, "annee": year}
    given = {name: value for name, value in asked.items() if value}
    return f"?{urlencode(given)}" if given else ""


def _chosen(typed: str | None, known: Mapping[str, Any]) -> Any:
    if not typed:
        return None
    if typed not in known:
        raise Http404
    return known[typed]


def _open_focuses(index: FocusIndexPage) -> PageQuerySet:
    focuses = FocusPage.objects.child_of(index).live().filter(alias_of=None)
    return unrestricted(focuses).order_by("-year", "-semester", "-rank")


def _text_types() -> list[type[TextPage]]:
    return [model for model in page_types_with("themes") if issubclass(model, TextPage)]


def _open_texts(model: type[TextPage], index: FocusIndexPage) -> PageQuerySet:
    return unrestricted(model.objects.descendant_of(index).live()).filter(alias_of=None)


def _themes(index: FocusIndexPage, focuses: Iterable[FocusPage]) -> QuerySet[Theme]:
    """Return the themes of focuses and of their texts."""
    wanted = Q(pk__in=[focus.theme_id for focus in focuses])
    for model in _text_types():
        wanted |= Q(pk__in=_open_texts(model, index).values("themes"))
    return Theme.objects.filter(wanted)


def _texts(
    theme: Theme, year: int | None, index: FocusIndexPage, focuses: Iterable[FocusPage]
) -> list[TextPage]:
    """Return the texts on a theme in the focuses of a year, newest first."""
    paths = {focus.path for focus in focuses if year is None or focus.year == year}
    texts = [
        text
        for model in _text_types()
        for text in _open_texts(model, index).filter(themes=theme).defer_streamfields()
        if text.path[: -Page.steplen] in paths
    ]
    prepare_cards(texts)
    return sorted(texts, key=lambda text: (text.first_published_at, text.pk), reverse=True)
