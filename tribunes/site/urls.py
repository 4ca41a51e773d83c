"""Public addresses about tribunes that are not pages."""

from django.urls import URLPattern, path

from tribunes.site.republish import republish

urlpatterns: list[URLPattern] = [
    path("reprendre/<uuid:uuid>/", republish, name="tribune_republish"),
]
