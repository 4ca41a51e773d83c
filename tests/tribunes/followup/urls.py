"""Addresses of the site with those of notices and reports."""

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.urls import urlpatterns as site
from tribunes.admin import reports

_reports = decorate_urlpatterns(list(reports.urlpatterns), require_admin_access)

urlpatterns = [
    path("avis/", include("tribunes.followup.urls")),
    path("admin/suivi/", include((_reports, "tribunes_reports"))),
    *site,
]
