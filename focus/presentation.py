"""What the pages of focuses say, gathered in a number of queries that never grows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from wagtail.models import Page

from cms.media import PageMedia
from cms.models import TextPage
from cms.published import objects_of
from cms.selectors import editorial_order, prepare_cards, unrestricted
from cms.structured_data import breadcrumbs, collection, graph
from cms.text_presentation import text_context
from focus import archive
from focus.models import ArticlePage, FocusIndexPage, FocusPage


def index_context(index: FocusIndexPage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``focus/focus_index_page.html`` needs besides the page.

    Raises Http404 when a theme or a year is asked for that nothing is about.
    """
    found = archive.find(index, request.GET)
    cards = [*found.focuses, *found.texts]
    address = index.get_full_url(request) or ""
    return {
        "archive": found,
        "canonical": f"{address}{found.query}",
        "objects": objects_of([index, *cards]),
        "structured_data": graph(
            collection(
                name=index.title,
                url=address,
                description=index.get_listing_summary(),
                parts=[focus.get_full_url(request) for focus in found.focuses],
            ),
            _way(index, list(unrestricted(index.get_ancestors().live())), request),
        ),
    }


def focus_context(focus: FocusPage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``focus/focus_page.html`` needs besides the page."""
    pages = _pages(focus, request)
    prepare_cards(pages)
    objects = objects_of([focus, *pages])
    media = PageMedia(objects[focus.pk], request)
    cover = media.image(focus.cover)
    texts = [page for page in pages if isinstance(page, TextPage)]
    above = list(unrestricted(focus.get_ancestors().live()))
    return {
        "index_url": above[-1].get_url(request) if above else "",
        "cover": cover,
        "partners": _partners(focus, media),
        "territories": focus.territories.all(),
        "texts": texts,
        "others": [page for page in pages if page not in texts],
        "objects": objects,
        "structured_data": graph(
            collection(
                name=focus.title,
                url=focus.get_full_url(request) or "",
                description=focus.chapo,
                image=cover.src if cover else "",
                parts=[page.get_full_url(request) for page in pages],
            ),
            _way(focus, above, request),
        ),
    }


def article_context(article: ArticlePage, request: HttpRequest) -> dict[str, Any]:
    """Return what ``focus/article_page.html`` needs besides the page."""
    return text_context(article, request, kind="NewsArticle")


def _pages(focus: FocusPage, request: HttpRequest) -> list[Page]:
    """Return the pages of a focus in their order; its editors see all of them in a preview."""
    if not focus.pk:
        return []
    pages = Page.objects.child_of(focus).filter(alias_of=None)
    if not getattr(request, "is_preview", False):
        pages = unrestricted(pages.live())
    return list(editorial_order(pages).defer_streamfields().specific())


def _partners(focus: FocusPage, media: PageMedia) -> list[dict[str, Any]]:
    """Return the houses that make the focus, with the logos that may be shown."""
    rows = list(focus.partners.all())
    prefetch_related_objects(rows, "organisation__logo")
    return [
        {"organisation": row.organisation, "logo": media.image(row.organisation.logo)}
        for row in rows
    ]


def _way(page: Page, above: Iterable[Page], request: HttpRequest) -> dict[str, Any]:
    """Describe how to get to a page through those above it."""
    steps = [(step.title, step.get_full_url(request)) for step in (*above, page)]
    return breadcrumbs((title, url) for title, url in steps if url)
