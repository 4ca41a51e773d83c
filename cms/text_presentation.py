"""What the page of a text says besides the text, in a number of queries that never grows."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from wagtail.models import Page

from cms.blocks.references import references
from cms.body import chosen_pages, show
from cms.byline import Signature, signatures
from cms.length import lengths
from cms.media import PageMedia
from cms.models import BasePage, TextPage
from cms.published import objects_of
from cms.related import by_people, by_themes
from cms.selectors import editorial_order, prepare_cards, unrestricted
from cms.signes import reading_minutes
from cms.structured_data import author, breadcrumbs, graph, news_article


def text_context(page: TextPage, request: HttpRequest, *, kind: str) -> dict[str, Any]:
    """Return what the template of a text needs; ``kind`` is the schema.org type of the page."""
    focus = page.holder()
    ancestors = list(page.get_ancestors())
    chosen = chosen_pages(page.body)
    addresses = _addresses(page, ancestors, request)
    rows = list(page.authors.all())
    territories, themes = list(page.territories.all()), list(page.themes.all())
    signed = by_people([row.person_id for row in rows], without=[page.pk])
    akin = by_themes(
        [theme.pk for theme in themes], without=[page.pk, *(other.pk for other in signed)]
    )
    prepare_cards([*chosen, *signed, *akin])
    objects = objects_of([page, *chosen, *signed, *akin])
    media = PageMedia(objects[page.pk], request)
    byline = signatures(rows, media)
    licence = page.licence or (focus.licence if focus else None)
    corrections = sorted(page.corrections.all(), key=lambda row: row.date, reverse=True)
    picture = media.image(page.picture)
    shared = media.image(page.get_social_image())
    minutes = reading_minutes(lengths(page).total)
    way = [step for step in ancestors if step.pk in addresses]
    within = focus if focus and focus.pk in addresses else None
    previous, following = _neighbours(page)
    return {
        "focus": within,
        "focus_url": addresses[within.pk] if within else "",
        "archive_url": addresses.get(ancestors[-2].pk, "") if ancestors[1:] else "",
        "canonical": page.canonical_url,
        "byline": byline,
        "known": [signature for signature in byline if signature.person.biography],
        "minutes": minutes,
        "picture": picture,
        "shared": shared or picture,
        "blocks": show(page.body, media, addresses, objects),
        "corrections": corrections,
        "elsewhere": _host(page.elsewhere_url),
        "licence": licence,
        "territories": territories,
        "themes": themes,
        "objects": objects,
        "related": _headed(signed, byline, akin),
        "previous": previous,
        "following": following,
        "structured_data": graph(
            news_article(
                kind=kind,
                headline=page.title,
                url=page.get_full_url(request) or "",
                canonical=page.canonical_url,
                published=page.first_published_at,
                modified=page.last_published_at,
                description=page.chapo,
                image=picture.src if picture else "",
                authors=[_author(signature) for signature in byline],
                section=within.title if within else "",
                part_of=(within.title, within.get_full_url(request) or "") if within else None,
                territories=[territory.name for territory in territories],
                themes=[theme.name for theme in themes],
                licence=licence.url if licence else "",
                minutes=minutes,
                corrections=[(row.date, row.text) for row in corrections],
            ),
            breadcrumbs((step.title, step.get_full_url(request) or "") for step in [*way, page]),
        ),
    }


def _addresses(page: TextPage, ancestors: list[Page], request: HttpRequest) -> dict[int, str]:
    """Return where the pages are that this one may name; its editors see drafts in a preview."""
    named = references([page.body]).pages | {step.pk for step in ancestors}
    pages = Page.objects.filter(pk__in=named)
    if not getattr(request, "is_preview", False):
        pages = unrestricted(pages.live())
    found = {named.pk: named.get_url(request) for named in pages}
    return {pk: url for pk, url in found.items() if url}


def _neighbours(page: TextPage) -> tuple[Page | None, Page | None]:
    """Return the texts before and after this one in the focus, those that anybody may read."""
    parent = page.get_parent()
    if parent is None:
        return None, None
    texts = unrestricted(Page.objects.child_of(parent).live()).type(TextPage)
    texts = list(editorial_order(texts.filter(alias_of=None)))
    here = next((rank for rank, text in enumerate(texts) if text.pk == page.pk), None)
    if here is None:
        return None, None
    around = [None, *texts, None]
    return around[here], around[here + 2]


def _headed(
    signed: list[BasePage], byline: list[Signature], akin: list[BasePage]
) -> list[Mapping[str, Any]]:
    """Return the pages that may follow, under one heading each."""
    alone = byline[0].person.full_name if len(byline) == 1 else ""
    groups = (
        ("meme-signature", f"Aussi signé {alone}" if alone else "Des mêmes signatures", signed),
        ("meme-theme", "Sur le même thème", akin),
    )
    return [{"id": name, "title": title, "pages": pages} for name, title, pages in groups if pages]


def _author(signature: Signature) -> dict[str, Any]:
    person = signature.person
    return author(person.full_name, signature.role, signature.organisation, person.website)


def _host(url: str) -> str:
    """Return « liberation.fr » for its addresses."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
