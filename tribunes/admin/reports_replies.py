"""Droits de réponse and their legal delay, the most urgent first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, CharField, QuerySet, TextField, Value, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import Column, TitleColumn

from tribunes.admin.reports_base import Moment, Report
from tribunes.advice import REPLY_DELAY
from tribunes.models import TribunePage


def received_on(page: Any) -> date:
    """Return when the reply was asked for, as its latest draft says."""
    return date.fromisoformat(page.received)


def due_on(page: Any) -> date:
    """Return the last day on which the reply may appear."""
    return received_on(page) + REPLY_DELAY


def delay_of(page: Any) -> str:
    """Return how the delay stands, in words."""
    if page.first_published_at:
        came_out = timezone.localdate(page.first_published_at)
        late = (came_out - due_on(page)).days
        said = f"paru le {came_out:%d/%m/%Y}"
        return f"{said}, {late} jour{'s' if late > 1 else ''} trop tard" if late > 0 else said
    left = (due_on(page) - timezone.localdate()).days
    if left < 0:
        return f"en retard de {-left} jour{'s' if left < -1 else ''}"
    return {0: "à faire paraître aujourd’hui", 1: "encore 1 jour"}.get(left, f"encore {left} jours")


class ReplyReport(Report):
    """Replies that were asked for: those to come out by their delay, then those that are out."""

    name = "replies"
    page_title = "Droits de réponse"
    header_icon = "warning"
    model = TribunePage
    default_ordering = ("is_out", "received", "pk")
    columns = (
        TitleColumn(
            "title",
            label="Réponse",
            accessor="get_admin_display_title",
            get_url=lambda page: reverse("wagtailadmin_pages:edit", args=(page.pk,)),
        ),
        Column("answers", label="Répond à", accessor="answered_title"),
        Moment("received", label="Reçu le", accessor=received_on),
        Column(
            "due",
            label="À paraître avant la fin du",
            accessor=lambda page: f"{due_on(page):%d/%m/%Y}",
        ),
        Column("delay", label="Délai", accessor=delay_of),
    )

    def get_base_queryset(self) -> "QuerySet[TribunePage]":
        """Read the drafts: what a page that is not out says stands in its latest revision."""

        def drafted(name: str) -> NullIf:
            text = Cast(KeyTextTransform(name, "latest_revision__content"), TextField())
            return NullIf(text, Value("null", TextField()))  # as SQLite calls it

        row = Cast(Cast("reply_received_on", CharField()), TextField())
        return (
            TribunePage.objects.filter(alias_of=None)
            .annotate(
                received=Coalesce(drafted("reply_received_on"), row),
                answered_pk=drafted("replies_to"),
                is_out=Case(
                    When(first_published_at=None, then=Value(False)),
                    default=Value(True),
                    output_field=BooleanField(),
                ),
            )
            .exclude(received=None)
            .defer("body")
        )

    def decorate_paginated_queryset(self, object_list: "Sequence[Any]") -> "Sequence[Any]":
        """Name the texts that are answered, in one query for all."""
        pages = list(object_list)
        wanted = {int(page.answered_pk) for page in pages if page.answered_pk}
        wanted |= {page.replies_to_id for page in pages if page.replies_to_id}
        titles = dict(TribunePage.objects.filter(pk__in=wanted).values_list("pk", "title"))
        for page in pages:
            pk = int(page.answered_pk) if page.answered_pk else page.replies_to_id
            page.answered_title = titles.get(pk, "")
        return pages
