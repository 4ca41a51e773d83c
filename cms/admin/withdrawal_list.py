"""«Retraits»: every text that was withdrawn, what was said of it and who did it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import ButtonsColumnMixin, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.widgets.button import Button
from wagtail.permissions import page_permission_policy

from cms.models import User, Withdrawal


def may_look(user: User) -> bool:
    """Whether a user works on pages, whichever."""
    return page_permission_policy.user_has_any_permission(user, {"change", "publish"})


def _state(withdrawal: Withdrawal) -> str:
    if withdrawal.lifted_at:
        return f"levé le {timezone.localtime(withdrawal.lifted_at):%d/%m/%Y}"
    return "en vigueur" if withdrawal.page_id else "en vigueur, page supprimée"


def _edit_url(withdrawal: Withdrawal) -> str:
    if withdrawal.page_id is None:
        return ""
    return reverse("wagtailadmin_pages:edit", args=[withdrawal.page_id])


class LiftColumn(ButtonsColumnMixin, TitleColumn):
    """The title, and under it the way to lift the withdrawal."""

    def get_buttons(self, instance: Withdrawal, parent_context: Any) -> list[Button]:
        """Return one button while it can be lifted by this user."""
        if instance.lifted_at or instance.page is None:
            return []
        rights = instance.page.permissions_for_user(parent_context["request"].user)
        if not rights.can_publish():
            return []
        url = reverse("cms_withdrawals:lift", args=[instance.pk])
        return [Button("Lever le retrait", url=url)]


class WithdrawalsView(BaseListingView):
    """The newest first."""

    model = Withdrawal
    page_title = "Retraits"
    header_icon = "no-view"
    index_url_name = "cms_withdrawals:index"
    default_ordering = "-at"
    paginate_by = 50
    columns = (
        LiftColumn("title", label="Texte", get_url=_edit_url),
        DateColumn("at", label="Retiré", sort_key="at"),
        Column("by", label="Par"),
        Column("reason", label="Motif public"),
        Column("note", label="Motif interne"),
        Column("state", label="État", accessor=_state),
    )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let those in who work on pages."""
        if not may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self) -> "QuerySet[Withdrawal]":
        """Fetch pages and people with the withdrawals."""
        return Withdrawal.objects.select_related("page", "by")
