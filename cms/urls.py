"""Addresses of the site. Errors are shown by the templates 404.html and 500.html."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("cms.sitemaps")),
    path("", include("cms.oembed")),
    path("", include("cms.tdm")),
    path("", include("focus.urls")),
    path("", include("tribunes.urls")),
    path("", include(wagtail_urls)),
]
