"""Addresses of the feeds of partners."""

from django.urls import URLPattern, path

from tribunes.feeds.views import FeedView, PictureView

urlpatterns: list[URLPattern] = [
    path("<slug:secret>/<str:name>", FeedView.as_view(), name="partner_feed"),
    path(
        "<slug:secret>/images/<uuid:uuid>/<int:pk>",
        PictureView.as_view(),
        name="partner_feed_picture",
    ),
]
