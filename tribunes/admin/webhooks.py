"""«Journal des envois»: what partners’ servers were told, what they answered, and «Renvoyer»."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from django_filters import ChoiceFilter, ModelChoiceFilter
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from tribunes.admin.reports_base import SPREADSHEET_CELLS
from tribunes.models import Partner, WebhookMessage
from tribunes.webhooks import services
from tribunes.webhooks.events import EVENTS, TEST
from tribunes.webhooks.refusals import WebhookRefused

VIEW = "tribunes.view_webhookmessage"
CHANGE = "tribunes.change_webhookmessage"
TITLE = "Journal des envois"


class MessageFilterSet(WagtailFilterSet):
    """Filter by what became of it, by kind, by partner and by endpoint."""

    event_type = ChoiceFilter(label="Annonce", choices=[(name, name) for name in (*EVENTS, TEST)])
    endpoint__partner = ModelChoiceFilter(
        label="Partenaire", queryset=Partner.objects.select_related("organisation")
    )

    class Meta:
        model = WebhookMessage
        fields = ("state", "event_type", "endpoint__partner", "endpoint")


class JournalView(ReportView):
    """Every message, the newest first."""

    page_title = TITLE
    header_icon = "mail"
    model = WebhookMessage
    index_url_name = "tribunes_webhooks:journal"
    index_results_url_name = "tribunes_webhooks:journal_results"
    filterset_class = MessageFilterSet
    default_ordering = "-created_at"
    any_permission_required = ("view", "change")
    custom_value_preprocess = SPREADSHEET_CELLS
    export_headings = {
        "endpoint.partner.organisation.name": "Partenaire",
        "endpoint.name": "Point d’accès",
    }
    list_export = (
        "uuid",
        "event_type",
        "endpoint.partner.organisation.name",
        "endpoint.name",
        "created_at",
        "state",
        "tries",
        "last_try_at",
        "last_status",
        "last_error",
        "next_try_at",
    )
    columns = (
        TitleColumn(
            "event_type",
            label="Annonce",
            url_name="tribunes_webhooks:message",
            sort_key="event_type",
        ),
        Column("partner", label="Partenaire", accessor="endpoint.partner"),
        Column("endpoint", label="Point d’accès", accessor="endpoint.name"),
        DateColumn("created_at", label="Écrite", sort_key="created_at"),
        Column("state", label="État", accessor="get_state_display", sort_key="state"),
        Column("tries", label="Essais", sort_key="tries"),
        Column("last_error", label="Dernier échec"),
        DateColumn("next_try_at", label="Prochain essai", sort_key="next_try_at"),
    )

    def get_queryset(self) -> "QuerySet[WebhookMessage]":
        """Fetch what each line shows in a constant number of queries."""
        rows: QuerySet[WebhookMessage] = super().get_queryset()
        return rows.select_related("endpoint__partner__organisation")


class MessageView(WagtailAdminTemplateMixin, TemplateView):
    """One message: the bytes that went out, the answer that came in, the state of the endpoint."""

    template_name = "tribunes/admin/webhook_message.html"
    page_title = "Envoi"
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let those in who may look at the journal."""
        if not (request.user.has_perm(VIEW) or request.user.has_perm(CHANGE)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def message(self) -> WebhookMessage:
        """The message of the address."""
        rows = WebhookMessage.objects.select_related("endpoint__partner__organisation")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        """Name the event."""
        return self.message.event_type

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Come from the journal."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("tribunes_webhooks:journal"), "label": TITLE},
            {"url": "", "label": self.message.event_type},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the message and whether it may be sent again."""
        return super().get_context_data(
            message=self.message,
            may_change=self.request.user.has_perm(CHANGE),
            **kwargs,
        )


@permission_required(CHANGE)
@require_POST
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one message again."""
    message = get_object_or_404(WebhookMessage.objects.select_related("endpoint"), pk=pk)
    this = WebhookMessage.objects.filter(pk=pk)
    try:
        count = services.replay(message.endpoint, this)
    except WebhookRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = "L’annonce est renvoyée." if count else "L’annonce est justement en cours d’envoi."
        messages.success(request, said)
    return redirect("tribunes_webhooks:message", pk)


@permission_required(CHANGE)
@require_POST
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    """Send to the endpoint of a message again."""
    message = get_object_or_404(WebhookMessage.objects.select_related("endpoint"), pk=pk)
    services.enable(message.endpoint)
    messages.success(
        request, f"«\u202f{message.endpoint.name}\u202f» reçoit de nouveau les annonces."
    )
    return redirect("tribunes_webhooks:message", pk)


class JournalMenuItem(MenuItem):
    """Shown to those who may look at the journal."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Ask for the permissions that the journal asks for."""
        return bool(request.user.has_perm(VIEW) or request.user.has_perm(CHANGE))


def journal_menu_item() -> MenuItem:
    """Entry of the «Rapports» menu."""
    return JournalMenuItem(TITLE, reverse("tribunes_webhooks:journal"), icon_name="mail", order=60)


urlpatterns = [
    path("", JournalView.as_view(), name="journal"),
    path("results/", JournalView.as_view(results_only=True), name="journal_results"),
    path("<int:pk>/", MessageView.as_view(), name="message"),
    path("<int:pk>/renvoyer/", replay, name="replay"),
    path("<int:pk>/reactiver/", enable, name="enable"),
]
