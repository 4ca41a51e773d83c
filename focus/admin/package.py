"""Addresses of the screens where a focus is published together."""

from django.urls import path

from focus.admin import package_views as views

urlpatterns = [
    path("<int:pk>/parution/", views.ReportView.as_view(), name="state"),
    path("<int:pk>/parution/etat/", views.StateView.as_view(), name="progress"),
    path("<int:pk>/parution/<slug:name>/", views.ActView.as_view(), name="act"),
]
