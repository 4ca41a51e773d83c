"""Addresses of the screens of the newsroom, under ``admin/tribunes/``."""

from django.urls import path

from tribunes.admin import keys_views as keys
from tribunes.admin.signatories_views import PasteView

_PARTNER = "partenaires/<int:partner_pk>/"
_KEY = f"{_PARTNER}<slug:what>/<int:pk>/"

app_name = "tribunes_admin"
urlpatterns = [
    path("<int:pk>/signataires/", PasteView.as_view(), name="paste"),
    path(f"{_PARTNER}jetons/nouveau/", keys.IssueTokenView.as_view(), name="issue_token"),
    path(f"{_PARTNER}flux/nouveau/", keys.IssueFeedView.as_view(), name="issue_feed"),
    path(f"{_KEY}remplacer/", keys.RotateView.as_view(), name="rotate"),
    path(f"{_KEY}revoquer/", keys.RevokeView.as_view(), name="revoke"),
]
