"""Public addresses of notices, under ``avis/``."""

from django.urls import URLPattern, path

from tribunes.followup.views import NoticeView

urlpatterns: list[URLPattern] = [
    path("<slug:token>/", NoticeView.as_view(), name="tribunes_notice"),
]
