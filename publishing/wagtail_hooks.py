"""The pipeline inside the Wagtail admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from publishing import views


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Addresses of the report and of its actions."""
    return [
        path("publications/", views.PublicationsReport.as_view(), name="publishing_report"),
        path(
            "publications/results/",
            views.PublicationsReport.as_view(results_only=True),
            name="publishing_report_results",
        ),
        path("publications/<str:key>/state/", views.state, name="publishing_state"),
        path("publications/<str:key>/republish/", views.republish, name="publishing_republish"),
    ]


class PublicationsMenuItem(MenuItem):
    """Shown to those who may act on publications."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for the permission that the report asks for."""
        return bool(request.user.has_perm(views.PERMISSION))


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    """Entry of the «Rapports» menu."""
    return PublicationsMenuItem(
        "Publications", reverse("publishing_report"), icon_name="upload", order=50
    )


@hooks.register("insert_global_admin_js")
def follow_state() -> str:
    """Script that refreshes the state of a publication while it changes."""
    return format_html('<script type="module" src="{}"></script>', static("publishing/state.js"))


@hooks.register("insert_global_admin_css")
def state_styles() -> str:
    """Colours of the states."""
    return format_html('<link rel="stylesheet" href="{}">', static("publishing/admin.css"))
