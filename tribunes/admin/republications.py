"""A republication in the admin: declared by an editor, looked at again, removed when mistaken."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from wagtail.admin import messages
from wagtail.admin.widgets import AdminDateInput

from tribunes.admin.reports_access import FollowAccess
from tribunes.admin.reports_detail import FollowScreen
from tribunes.followup.refusals import DeclarationRefused
from tribunes.followup.services import declare
from tribunes.followup.tasks import check_copy
from tribunes.models import Partner, Record, Republication

SHOWN = 30
"""How many checks are shown."""
UNPROCESSABLE = 422


class DeclareForm(forms.Form):
    """Where a tribune was republished, for a partner that did not say so."""

    record = forms.ModelChoiceField(
        label="Tribune", queryset=Record.objects.filter(version__gt=0).order_by("title")
    )
    partner = forms.ModelChoiceField(
        label="Partenaire", queryset=Partner.objects.select_related("organisation")
    )
    url = forms.CharField(
        label="Adresse de la page", required=False, widget=forms.URLInput, strip=True
    )
    printed_in = forms.CharField(
        label="Ou imprimé dans", required=False, help_text="Titre, numéro et page."
    )
    version = forms.IntegerField(
        label="Version reprise", required=False, min_value=1, help_text="Par défaut, la dernière."
    )
    published_on = forms.DateField(
        label="Repris le", initial=timezone.localdate, widget=AdminDateInput
    )


class DeclareScreen(FollowScreen):
    """The form of a declaration."""

    template_name = "tribunes/admin/report_declare.html"
    page_title = "Déclarer une reprise"
    header_icon = "plus"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form, with the tribune that was come from."""
        form = DeclareForm(initial={"record": request.GET.get("record")})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the declaration down; what is wrong is said beside its field."""
        form = DeclareForm(request.POST)
        if form.is_valid():
            said = dict(form.cleaned_data)
            said["version"] = said["version"] or said["record"].version
            try:
                row = declare(by=request.user.get_full_name() or request.user.username, **said)
            except DeclarationRefused as refusal:
                for name, text in refusal.problems.items():
                    form.add_error(name, text)
            else:
                messages.success(request, "La reprise est déclarée.")
                return redirect("tribunes_reports:copy", row.pk)
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=UNPROCESSABLE)


class CopyScreen(FollowScreen):
    """A republication with all that the verifier saw, the newest first."""

    template_name = "tribunes/admin/report_copy.html"
    header_icon = "site"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the republication; an unknown one is a 404."""
        super().setup(request, *args, **kwargs)
        rows = Republication.objects.select_related("record", "partner__organisation")
        self.copy = get_object_or_404(rows, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """Name the tribune and the partner."""
        return f"Reprise de «\u202f{self.copy.record}\u202f» par {self.copy.partner}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the checks."""
        return {
            **super().get_context_data(**kwargs),
            "copy": self.copy,
            "checks": self.copy.checks.all()[:SHOWN],
        }


class CopyAct(FollowAccess, View):
    """A change of a republication, by POST alone."""

    http_method_names = ["post"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the republication; an unknown one is a 404."""
        super().setup(request, *args, **kwargs)
        self.copy = get_object_or_404(Republication, pk=kwargs["pk"])


class RecheckView(CopyAct):
    """Have the page looked at now."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queue a check; a printed page has none."""
        if self.copy.url:
            Republication.objects.filter(pk=pk).update(check_at=timezone.now())
            transaction.on_commit(lambda: check_copy.enqueue(pk))
            messages.success(request, "La page va être vérifiée\u00a0: rechargez dans un instant.")
        return redirect("tribunes_reports:copy", pk)


class RemoveView(CopyAct):
    """Remove a declaration that was a mistake."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Delete the row and its checks."""
        self.copy.delete()
        messages.success(request, f"La reprise «\u202f{self.copy}\u202f» n’est plus suivie.")
        return redirect(reverse("tribunes_reports:tribune", args=(self.copy.record_id,)))
