"""Corrections and withdrawals that the partner was told of, to be acknowledged."""

from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tribunes.facts import reader_of
from tribunes.followup.letters import told
from tribunes.followup.refusals import DeclarationRefused
from tribunes.followup.services import acknowledge
from tribunes.models import Notice, Record
from tribunes.rendering import render
from tribunes.space.forms import SpaceForm
from tribunes.space.views import UNPROCESSABLE, SpaceView

PER_PAGE = 30


class AcknowledgeForm(SpaceForm):
    """That a copy was mended or removed."""

    url = forms.URLField(
        label="Adresse de la page corrigée ou retirée",
        required=False,
        max_length=700,
        assume_scheme="https",
        help_text="Laissez vide si vous n’aviez rien publié.",
    )
    on = forms.DateField(
        label="Fait le",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Aujourd’hui si vous laissez vide.",
    )


class NoticesView(SpaceView):
    """All notices: those that wait for an answer first."""

    section = "notices"

    def get(self, request: HttpRequest) -> HttpResponse:
        """List them."""
        notices = Notice.objects.filter(partner=self.partner).select_related("record")
        answered = notices.exclude(acknowledged_at=None)
        page = Paginator(answered, PER_PAGE).get_page(request.GET.get("page"))
        return self.page("notices", {"open": notices.filter(acknowledged_at=None), "page": page})


class NoticeView(SpaceView):
    """One tribune with what was announced of it."""

    section = "notices"

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Show what is asked."""
        return self._form(self._record(uuid), AcknowledgeForm())

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Write the acknowledgement down."""
        record, form = self._record(uuid), AcknowledgeForm(request.POST)
        if form.is_valid():
            said = {"by": str(self.visit.contact), **form.cleaned_data}
            try:
                acknowledge(partner=self.partner, record=record, **said)
            except DeclarationRefused as refusal:
                for name, text in refusal.problems.items():
                    form.add_error(name if name in form.fields else None, text)
            else:
                return self.then("C’est noté, merci.", "notices")
        return self._form(record, form, UNPROCESSABLE)

    def _record(self, uuid: UUID) -> Record:
        """Return a tribune of which this partner was told something; raises Http404."""
        told = Notice.objects.filter(partner=self.partner).values("record")
        return get_object_or_404(Record, uuid=uuid, pk__in=told)

    def _form(self, record: Record, form: AcknowledgeForm, status: int = 200) -> HttpResponse:
        notices = list(
            Notice.objects.filter(partner=self.partner, record=record)
            .select_related("record", "partner")
            .order_by("-version", "-pk")
        )
        context = {
            "record": record,
            "item": render([record], reader_of(self.partner))[record.pk].item,
            "notice": notices[0],
            "told": told(notices[0]),
            "older": notices[1:],
            "waiting": any(notice.acknowledged_at is None for notice in notices),
            "form": form,
        }
        return self.page("notice", context, status)
