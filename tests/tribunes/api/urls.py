"""The API and the pages of the site."""

from django.urls import include, path
from wagtail import urls as wagtail_urls

urlpatterns = [
    path("api/v1/", include("tribunes.api.urls")),
    path("", include(wagtail_urls)),
]
