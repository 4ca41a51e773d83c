"""Where the partner republished: what it declares, and what the verifier found there."""

from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from tribunes.facts import reader_of
from tribunes.followup.refusals import DeclarationRefused
from tribunes.followup.services import could_have, declare
from tribunes.models import Record, Republication, RepublicationCheck
from tribunes.rendering import render
from tribunes.space.catalogue import shown_to
from tribunes.space.forms import SpaceForm
from tribunes.space.views import UNPROCESSABLE, SpaceView

PER_PAGE = 30


class DeclarationForm(SpaceForm):
    """A place where a tribune was republished."""

    version = forms.IntegerField(
        label="Version reprise", min_value=1, help_text="Elle est écrite dans chaque format."
    )
    url = forms.URLField(
        label="Adresse de la page",
        required=False,
        max_length=700,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://…"}),
    )
    printed_in = forms.CharField(
        label="Ou imprimé",
        required=False,
        max_length=255,
        help_text="Titre, numéro et page, par exemple « Le Mensuel, n°\u00a012, page 4 ».",
    )
    published_on = forms.DateField(
        label="Repris le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Aujourd’hui si vous laissez vide.",
    )


class DeclarationsView(SpaceView):
    """Everything declared, with the last findings."""

    section = "declarations"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the newest first."""
        checks = Prefetch("checks", RepublicationCheck.objects.order_by("-at"))
        rows = Republication.objects.filter(partner=self.partner).select_related("record")
        page = Paginator(rows.prefetch_related(checks), PER_PAGE).get_page(request.GET.get("page"))
        records = shown_to(reader_of(self.partner))
        return self.page("declarations", {"page": page, "records": records})


class DeclareView(SpaceView):
    """Declares one more place for one tribune."""

    section = "declarations"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Show the form, filled with the version of today."""
        record = self._record(uuid)
        initial = {"version": record.version, "published_on": timezone.localdate()}
        return self._form(record, DeclarationForm(initial=initial))

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Write the declaration down, and have the page checked."""
        record, form = self._record(uuid), DeclarationForm(request.POST)
        if form.is_valid():
            try:
                declare(
                    partner=self.partner,
                    record=record,
                    by=str(self.visit.contact),
                    **form.cleaned_data,
                )
            except DeclarationRefused as refusal:
                for name, text in refusal.problems.items():
                    form.add_error(name if name in form.fields else None, text)
            else:
                return self.then("La reprise est déclarée, merci.", "declarations")
        return self._form(record, form, UNPROCESSABLE)

    def _record(self, uuid: UUID) -> Record:
        record = get_object_or_404(Record, uuid=uuid)
        if not could_have(self.partner, record):
            raise Http404
        return record

    def _form(self, record: Record, form: DeclarationForm, status: int = 200) -> HttpResponse:
        item = render([record], reader_of(self.partner))[record.pk].item
        context = {"record": record, "item": item, "form": form}
        return self.page("declare", context, status)
