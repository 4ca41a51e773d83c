"""oEmbed: the card that other sites show for an address of ours (https://oembed.com, version 1.0).

What a page gives it says itself (``BasePage.get_oembed``); what a page refuses is refused here.
"""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from cms.embeds import WIDTH, Embed, Thumbnail
from cms.models import BasePage
from cms.selectors import is_restricted, unrestricted
from publishing.text import xml_safe

Data = Mapping[str, Any]


class _Refused(Exception):
    """An answer without card."""

    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason
        super().__init__(reason)


@require_safe
@cache_control(no_cache=True)
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer with the card of ``url`` in a ``format``, at most ``maxwidth`` by ``maxheight``.

    400: a parameter is missing or no number; 401: the page is private; 404: there is no card;
    501: the format is unknown.
    """
    try:
        write = _writer(request.GET.get("format") or "json")
        width, height = _most(request, "maxwidth"), _most(request, "maxheight")
        page = _page(request, request.GET.get("url", ""))
        card = page.get_oembed(request)
        if card is None:
            raise _Refused(404, "Cette page n’a pas de carte.")
    except _Refused as refusal:
        content_type = "text/plain; charset=utf-8"
        return HttpResponse(f"{refusal}\n", status=refusal.status, content_type=content_type)
    return write(_data(card, width, height))


def discovery(page: Page, request: HttpRequest) -> dict[str, str]:
    """Return the addresses of the card of a page by media type; none if its type has no card."""
    if getattr(type(page), "get_oembed", BasePage.get_oembed) is BasePage.get_oembed:
        return {}
    endpoint = request.build_absolute_uri(
        reverse("oembed", query={"url": page.get_full_url(request)})
    )
    return {
        "application/json+oembed": endpoint,
        "text/xml+oembed": f"{endpoint}&format=xml",
    }


def _writer(name: str) -> Callable[[Data], HttpResponse]:
    writers: dict[str, Callable[[Data], HttpResponse]] = {"json": JsonResponse, "xml": _xml}
    if name not in writers:
        raise _Refused(501, "Formats possibles : json, xml.")
    return writers[name]


def _most(request: HttpRequest, name: str) -> int | None:
    typed = request.GET.get(name)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and 0 < len(typed) < 6 and int(typed)):
        raise _Refused(400, f"{name} est un nombre de pixels.")
    return int(typed)


def _page(request: HttpRequest, url: str) -> Page:
    """Return the page at an address, as anybody may read it."""
    if not url:
        raise _Refused(400, "Donnez une adresse\u00a0: url=…")
    unknown = _Refused(404, "Cette adresse n’est pas celle d’une page de ce site.")
    site = Site.find_for_request(request)
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not site:
            raise unknown
        names = (f"//{request.get_host()}", settings.SITE_URL, site.root_url)
        if parts.netloc not in {urlsplit(name).netloc for name in names}:
            raise unknown
        steps = [step for step in parts.path.split("/") if step]
        page = site.root_page.specific.route(request, steps).page
    except (ValueError, Http404):
        raise unknown from None
    if Page.objects.filter(is_restricted(), pk=page.pk).exists():
        raise _Refused(401, "Cette page est privée.")
    if not isinstance(page, BasePage) or not unrestricted(Page.objects.filter(pk=page.pk)).exists():
        raise unknown
    return page


def _data(card: Embed, width: int | None, height: int | None) -> Data:
    """Return the card within its bounds, in pixels."""
    said: dict[str, Any] = {
        "version": "1.0",
        "type": "rich" if card.html else "link",
        "title": card.title,
        "author_name": ", ".join(card.authors),
        "provider_name": settings.WAGTAIL_SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
    }
    if card.html:
        said |= {
            "html": card.html,
            "width": min(width or WIDTH, WIDTH),
            "height": min(height or card.height, card.height),
        }
    if picture := _fitting(card.thumbnails, width or WIDTH, height):
        said |= {
            "thumbnail_url": picture.url,
            "thumbnail_width": picture.width,
            "thumbnail_height": picture.height,
        }
    return {name: value for name, value in said.items() if value != ""}


def _fitting(thumbnails: Sequence[Thumbnail], width: int, height: int | None) -> Thumbnail | None:
    """Return the widest version within bounds."""
    fitting = (
        picture
        for picture in thumbnails
        if picture.width <= width and (height is None or picture.height <= height)
    )
    return max(fitting, key=lambda picture: picture.width, default=None)


def _xml(data: Data) -> HttpResponse:
    root = ET.Element("oembed")
    for name, value in data.items():
        ET.SubElement(root, name).text = xml_safe(str(value))
    written = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(written, content_type="text/xml; charset=utf-8")


urlpatterns = [path("oembed", oembed, name="oembed")]
