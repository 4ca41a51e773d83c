"""Where the package stands and what comes next: the panel above the sommaire and the report."""

from typing import Any

from django.http import HttpRequest

from focus.admin.package_acts import acts_for
from focus.models import Package
from focus.package.progress import progress


def panel_context(package: Package, request: HttpRequest) -> dict[str, Any]:
    """Return what ``focus/admin/package_panel.html`` shows; the package is read afresh."""
    package = Package.objects.select_related("focus").get(pk=package.pk)
    return {
        "package": package,
        "progress": progress(package),
        "acts": acts_for(request.user, package),
    }
