"""What tribunes and partners add to the admin."""

from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from tribunes.admin import keys_log, reports, signatories_button, webhooks
from tribunes.admin.partners import PartnerViewSet
from tribunes.admin.withdrawal_effects import describe_withdrawal

register_snippet(PartnerViewSet)

hooks.register("register_page_header_buttons", signatories_button.paste_button)
hooks.register("describe_withdrawal", describe_withdrawal)
hooks.register("register_log_actions", keys_log.register)
hooks.register("register_reports_menu_item", webhooks.journal_menu_item)
for item in reports.menu_items():
    hooks.register("register_reports_menu_item", lambda item=item: item)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """Addresses of our screens."""
    return [
        path("tribunes/", include("tribunes.admin.urls")),
        path("suivi/", include("tribunes.admin.reports")),
        path("webhooks/", include((webhooks.urlpatterns, "tribunes_webhooks"))),
    ]
