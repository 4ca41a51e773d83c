"""Addresses of the screens of the newsroom, under ``admin/tribunes/``."""

from django.urls import path

from tribunes.admin.signatories_views import PasteView

app_name = "tribunes_admin"
urlpatterns = [
    path("<int:pk>/signataires/", PasteView.as_view(), name="paste"),
]
