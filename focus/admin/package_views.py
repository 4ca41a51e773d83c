"""Screens of a package: its report and journal, its state, and the confirmation of each act."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.admin.widgets.button import HeaderButton

from focus.admin.package_acts import ACTS, Act
from focus.admin.package_form import WhenForm
from focus.admin.package_panel import panel_context
from focus.models import FocusPage
from focus.package import services
from focus.package.exceptions import PackageRefused
from focus.package.report import blockers, examine

EVENTS = 100
"""How many lines of the journal are shown."""


class PackageView(WagtailAdminTemplateMixin, TemplateView):
    """What these screens share: the focus, and who may come in."""

    header_icon = "calendar-check"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the focus and its package."""
        super().setup(request, *args, **kwargs)
        self.focus = get_object_or_404(FocusPage, pk=kwargs["pk"])
        self.package = self.focus.package

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let those in who may do something here."""
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self) -> bool:
        """Whether the user may edit or publish the focus."""
        rights = self.focus.permissions_for_user(self.request.user)
        return rights.can_edit() or rights.can_publish()

    def get_page_subtitle(self) -> str:
        """Name the focus."""
        return self.focus.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Come from the place of the focus in the tree."""
        items = get_breadcrumbs_items_for_page(self.focus, self.request.user)
        return [*items, {"url": "", "label": self.get_page_title()}]


class ReportView(PackageView):
    """The whole focus read at once: what to mend, and what happened so far."""

    page_title = "Parution"
    template_name = "focus/admin/package_report.html"

    def get_header_buttons(self) -> list[HeaderButton]:
        """Go to the sommaire."""
        url = reverse("focus_sommaire:index", args=[self.focus.pk])
        return [HeaderButton("Sommaire", url=url, icon_name="list-ol")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Read the report now: it is never stored."""
        findings = examine(self.package)
        return {
            **super().get_context_data(**kwargs),
            **panel_context(self.package, self.request),
            "findings": findings,
            "blockers": len(blockers(findings)),
            "events": self.package.events.select_related("user")[:EVENTS],
        }


class StateView(PackageView):
    """A fragment: the panel follows it while things move."""

    template_name = "focus/admin/package_state.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give what the panel shows, and nothing else."""
        return panel_context(self.package, self.request)


class ActView(PackageView):
    """Asks to confirm an act, then does it."""

    template_name = "focus/admin/package_act.html"

    @cached_property
    def act(self) -> Act:
        """The act of the address."""
        for act in ACTS:
            if act.name == self.kwargs["name"]:
                return act
        raise Http404

    @cached_property
    def form(self) -> Form | None:
        """Ask when, if that is the question."""
        if self.act.run is not services.schedule:
            return None
        data = self.request.POST if self.request.method == "POST" else None
        return WhenForm(data, planned=self.package.go_live_at)

    def is_allowed(self) -> bool:
        """Whether the user may do this."""
        return self.act.is_allowed(self.request.user, self.focus)

    def get_page_title(self) -> str:
        """Say what is asked."""
        return self.act.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the question and its form."""
        context = super().get_context_data(**kwargs)
        return {**context, "focus": self.focus, "act": self.act, "form": self.form}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do it, or say why not."""
        if self.form and not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        given = {"at": self.form.cleaned_data["at"]} if self.form else {}
        try:
            self.act.run(self.package, request.user, **given)
        except PackageRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.act.done)
        return redirect("focus_package:state", self.focus.pk)
