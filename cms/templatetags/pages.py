"""What the site's templates ask of the page tree and of the public bucket."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.template.context import Context
from django.template.loader import select_template
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page, Site

from cms import published
from cms.models import InformationPage
from cms.selectors import prepare_cards, unrestricted
from publishing.conf import public_url
from publishing.models import PublishedObject

register = template.Library()

_IN_A_SCRIPT = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[Page]:
    """Return the pages of the main menu: the children of the home page that ask for it."""
    site = Site.find_for_request(context["request"])
    return list(sections(site.root_page).in_menu()) if site else []


@register.simple_tag(takes_context=True)
def information(context: Context) -> list[Page]:
    """Return the pages that the foot of every page links to."""
    site = Site.find_for_request(context["request"])
    return list(sections(site.root_page).type(InformationPage)) if site else []


@register.simple_tag(name="sections")
def sections_tag(page: Page) -> list[Page]:
    """Return the pages under a page that anybody may read, specific, with their pictures."""
    pages = list(sections(page).not_type(InformationPage).specific())
    prepare_cards(pages)
    return pages


def sections(page: Page) -> QuerySet[Page]:
    """Return the children of a page that anybody may read, in the order of the tree."""
    return unrestricted(page.get_children().live())


@register.simple_tag
def objects_of(pages: list[Page], others: list[Page]) -> dict[int, published.Objects]:
    """Return what the pages of both lists have in the public bucket, in one query."""
    return published.objects_of([*pages, *others])


@register.simple_tag(takes_context=True)
def card(context: Context, page: Page, objects: dict[int, published.Objects]) -> SafeString:
    """Show a page in a list, by its own card or by the common one.

    The card of ``podcasts/show_page.html`` is ``podcasts/cards/show_page.html``.
    """
    application, _, name = page.template.partition("/")
    found = select_template([f"{application}/cards/{name}", "components/card.html"])
    request = context.get("request")
    mine = objects[page.pk]
    artwork = published.listing_picture(mine, page)
    return found.render({"page": page, "objects": mine, "artwork": artwork}, request)


@register.filter
def address(row: PublishedObject) -> str:
    """Return where readers find an object of the public bucket."""
    return public_url(row.key)


@register.filter
def ld_json(data: dict[str, Any]) -> SafeString:
    """Return JSON-LD for a script element: no text in it can end the element (HTML §4.12.1.3)."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return mark_safe(text.translate(_IN_A_SCRIPT))  # noqa: S308  < > and & are escaped
