"""The page «Reprendre cette tribune»: for anybody, what anybody may take, and how."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from cms import tdm
from cms.middleware import gone
from cms.models import Withdrawal
from tribunes import rendering
from tribunes.access import ANYONE, Standing
from tribunes.exports import html, text, words
from tribunes.items import Item, Terms
from tribunes.models import Record
from tribunes.terms import sentences

FORMATS = {"html": "Pour un site", "texte": "Texte seul"}
_REFUSALS = (Standing.EXPIRED, Standing.RIGHTS)
"""Of texts that anybody may read, but not take."""


@require_safe
@cache_control(no_cache=True)
@conditional_page
def republish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Answer with what anybody may have of a tribune now.

    410 with its notice when it was withdrawn, 403 with an explanation when it may be read but not
    taken; otherwise raises Http404, and for a level or a format that is not on offer.
    """
    record = get_object_or_404(Record.objects.select_related("page"), uuid=uuid)
    rendered = rendering.render([record], ANYONE)[record.pk]
    if rendered.standing == Standing.CANCELED:
        return gone(request, get_object_or_404(Withdrawal.objects.announced(), uuid=uuid))
    if rendered.standing in _REFUSALS:
        return render(request, "tribunes/republish_refused.html", _refusal(rendered), status=403)
    if rendered.standing != Standing.USABLE or rendered.item is None:
        raise Http404
    context = _context(rendered.item, request.GET)
    response = render(request, "tribunes/republish.html", context)
    return tdm.declare(response, rendered.item.terms.code)


def _context(item: Item, asked: QueryDict) -> dict[str, Any]:
    level, chosen = asked.get("niveau") or "2", asked.get("format") or "html"
    levels = [str(level) for level in html.LEVELS]
    if level not in levels or chosen not in FORMATS:
        raise Http404
    fragment = html.fragment(item, headings=int(level))
    return {
        "item": item,
        "terms": item.terms,
        "promises": _promises(item.terms),
        "withheld": words.withheld_pictures(item),
        "corrections": [words.correction(one) for one in item.corrections],
        "levels": levels,
        "level": level,
        "formats": FORMATS,
        "format": chosen,
        "copy": fragment if chosen == "html" else text.text(item),
    }


def _promises(terms: Terms) -> list[str]:
    """Return the terms in plain words; licence and link have a line of their own."""
    _, *promises = sentences(
        licence=terms.name,
        scope=terms.scope,
        editing=terms.editing,
        commercial=terms.commercial,
        territories=terms.territories,
        expires=terms.expires,
        credit_line=terms.credit_line,
        copy_policy=terms.copy_policy,
    )
    return [*promises, words.mining(terms)]


def _refusal(rendered: rendering.Rendered) -> dict[str, Any]:
    return {
        "page_url": rendered.record.page.full_url,
        "title": rendered.record.page.title,
        "expired": rendered.standing == Standing.EXPIRED,
        "mail": settings.CONTACT_EMAIL,
    }
