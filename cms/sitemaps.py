"""What search engines are told: every public page, the news of two days, and where to find both.

Sources: https://www.sitemaps.org/protocol.html;
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.query import PageQuerySet

from cms.models import TextPage
from cms.selectors import unrestricted
from publishing.text import xml_safe

NEWS_AGE = timedelta(hours=48)
NEWS_LIMIT = 1000
"""Google reads no older news, and no more."""


class PagesSitemap(Sitemap):
    """Every page that anybody may read; what a page says of itself is ``get_sitemap_urls``."""

    def items(self) -> PageQuerySet:
        """Return the pages in the order of the tree; an alias is one of them already."""
        return unrestricted(super().items().filter(alias_of=None))


@cache_control(public=True, max_age=300)
def pages(request: HttpRequest) -> HttpResponse:
    """Answer with the sitemap of the site."""
    return sitemap(request, {"pages": PagesSitemap}, template_name="sitemaps/pages.xml")


@cache_control(public=True, max_age=300)
def news(request: HttpRequest) -> HttpResponse:
    """Answer with the articles and tribunes of the last hours, newest first.

    A text that names another address as the one to keep is news there, not here.
    """
    texts = PagesSitemap(request).items().type(TextPage)
    recent = texts.filter(first_published_at__gte=timezone.now() - NEWS_AGE)
    entries = [
        {**url, "title": xml_safe(text.title), "published": text.first_published_at}
        for text in recent.order_by("-first_published_at", "path")[:NEWS_LIMIT]
        for url in text.get_sitemap_urls(request)
    ]
    said = {
        "entries": entries,
        "name": settings.WAGTAIL_SITE_NAME,
        "language": settings.LANGUAGE_CODE,
    }
    return TemplateResponse(request, "sitemaps/news.xml", said, content_type="application/xml")


@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Answer with what robots should leave alone, and where the sitemaps are (RFC 9309)."""
    admin = reverse("wagtailadmin_home")
    addresses = [request.build_absolute_uri(reverse(name)) for name in ("sitemap", "news_sitemap")]
    lines = ["User-agent: *", f"Disallow: {admin}", *(f"Sitemap: {url}" for url in addresses), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


urlpatterns = [
    path("sitemap.xml", pages, name="sitemap"),
    path("sitemap-actualites.xml", news, name="news_sitemap"),
    path("robots.txt", robots, name="robots"),
]
