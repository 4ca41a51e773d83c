"""Addresses of the site with those of notices."""

from django.urls import include, path

from cms.urls import urlpatterns as site

urlpatterns = [path("avis/", include("tribunes.followup.urls")), *site]
