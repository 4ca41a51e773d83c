"""What the page of all tribunes says, in a number of queries that never grows."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, QueryDict

from cms.choices import Choice
from cms.models import Theme
from cms.published import Objects, Picture, listing_picture, objects_of
from cms.selectors import prepare_cards, unrestricted
from cms.structured_data import breadcrumbs, collection, graph
from publishing.text import xml_safe
from tribunes.feeds.public import open_tribunes
from tribunes.models import TribuneIndexPage, TribunePage, TribuneSignatory

PER_PAGE = 24
LONGEST_SEARCH = 200
"""Characters that are looked for; what comes after is left out."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody looks for: words, a theme, a page of what is found."""

    words: str
    theme: Theme | None
    number: int

    def query(self, **changes: Any) -> str:
        """Return the address of the same, with changes: « ?q=logement&page=2 », or "?"."""
        asked = {"q": self.words, "theme": self.theme, "page": self.number} | changes
        theme = asked["theme"]
        said = {
            "q": asked["q"],
            "theme": theme.slug if theme else "",
            "page": asked["page"] if asked["page"] > 1 else "",
        }
        return f"?{urlencode({name: value for name, value in said.items() if value})}"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A tribune in the list."""

    page: TribunePage
    artwork: Picture | None
    signatories: int


def index_context(index: TribuneIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``tribunes/tribune_index_page.html`` needs besides the page.

    Raises Http404 for a theme that no tribune is about, and for a page that is not there.
    """
    themes = list(Theme.objects.filter(pk__in=open_tribunes().values("themes")))
    asked = _asked(request.GET, themes)
    found = _found(asked)
    pages = list(found.object_list)
    objects = objects_of([index, *pages])
    entries = _entries(pages, objects)
    address = index.get_full_url(request) or ""
    above = unrestricted(index.get_ancestors().live())
    steps = [(step.title, step.get_full_url(request)) for step in (*above, index)]
    return {
        "asked": asked,
        "found": found,
        "entries": entries,
        "choices": _choices(asked, themes),
        "previous_query": asked.query(page=asked.number - 1) if found.has_previous() else "",
        "next_query": asked.query(page=asked.number + 1) if found.has_next() else "",
        "objects": objects,
        "canonical": f"{address}{asked.query(q='').removesuffix('?')}",
        "structured_data": graph(
            collection(
                name=index.title,
                url=address,
                description=index.get_listing_summary(),
                parts=[entry.page.get_full_url(request) for entry in entries],
            ),
            breadcrumbs((title, url) for title, url in steps if url),
        ),
    }


def _asked(typed: QueryDict, themes: Iterable[Theme]) -> Asked:
    slugs = {"": None} | {theme.slug: theme for theme in themes}
    number, slug = typed.get("page") or "1", typed.get("theme") or ""
    if slug not in slugs or not (number.isascii() and number.isdigit() and len(number) < 6):
        raise Http404
    words = " ".join(xml_safe(typed.get("q") or "").split())[:LONGEST_SEARCH]
    return Asked(words=words, theme=slugs[slug], number=int(number))


def _found(asked: Asked) -> Page:
    """Return a page of tribunes that anybody may read: the newest, or the best answers, first."""
    pages = open_tribunes()
    if asked.theme:
        pages = pages.filter(themes=asked.theme)
    if asked.words:
        # The search engine knows no conditions on other tables.
        among = TribunePage.objects.filter(pk__in=pages.order_by().values("pk"))
        pages = among.defer_streamfields().search(asked.words, operator="and")
    else:
        pages = pages.defer_streamfields()
    paginator = Paginator(pages, PER_PAGE)
    if asked.number not in paginator.page_range:
        raise Http404
    return paginator.page(asked.number)


def _entries(pages: Sequence[TribunePage], objects: Mapping[int, Objects]) -> list[Entry]:
    prepare_cards(pages)
    rows = TribuneSignatory.objects.filter(tribune__in=pages)
    signed = Counter(rows.values_list("tribune", flat=True))
    return [
        Entry(
            page=page,
            artwork=listing_picture(objects[page.pk], page),
            signatories=signed[page.pk],
        )
        for page in pages
    ]


def _choices(asked: Asked, themes: Sequence[Theme]) -> list[Choice]:
    return [
        Choice(
            label=theme.name,
            query=asked.query(theme=None if theme == asked.theme else theme, page=1),
            current=theme == asked.theme,
        )
        for theme in themes
    ]
