"""Addresses of tribunes that are not pages: API, feeds and space of partners, republishing."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("tribunes.api.urls")),
    path("partenaires/flux/", include("tribunes.feeds.urls")),
    path("partenaires/", include("tribunes.space.urls")),
    path("avis/", include("tribunes.followup.urls")),
    path("", include("tribunes.site.urls")),
]
