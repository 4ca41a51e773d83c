"""Which of our partners signed: every signature in the name of a partner’s organisation."""

from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat, Trim
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import Column, TitleColumn

from tribunes.admin.reports_base import Report
from tribunes.models import Partner, SignerRow, TribuneAuthor, TribuneSignatory


def signatures_of_partners(partner: Partner | None = None) -> "QuerySet[Any]":
    """Return who signed for our partners, or for one of them, as dictionaries, in one query."""
    return _signed(TribuneSignatory, "signataire", partner).union(
        _signed(TribuneAuthor, "auteur·rice", partner), all=True
    )


def _signed(model: type[SignerRow], how: str, partner: Partner | None) -> "QuerySet[Any]":
    wanted = {"institution__partner": partner} if partner else {}
    rows = model._default_manager.filter(institution__partner__isnull=False, **wanted)
    name = Concat("person__first_name", Value(" "), "person__last_name", output_field=CharField())
    return rows.order_by().values(
        "role",
        "tribune_id",
        "tribune__title",
        "tribune__live",
        "tribune__embargoed_until",
        "tribune__first_published_at",
        partner_id=F("institution__partner"),
        partner=F("institution__name"),
        who=Trim(name),
        how=Value(how, output_field=CharField()),
    )


def _online(row: dict[str, Any]) -> str:
    """Say whether the public reads the text, or from when."""
    until = row["tribune__embargoed_until"]
    if row["tribune__live"] and until and until > timezone.now():
        return f"sous embargo jusqu’au {timezone.localtime(until):%d/%m/%Y %H:%M}"
    return "oui" if row["tribune__live"] else "non"


class SignerReport(Report):
    """Signatures of partners, by partner, the newest text first."""

    name = "signers"
    page_title = "Partenaires signataires"
    header_icon = "group"
    model = TribuneSignatory
    default_ordering = ("partner", "-tribune__first_published_at", "how", "who")
    columns = (
        TitleColumn(
            "partner",
            label="Partenaire",
            get_url=lambda row: reverse("tribunes_reports:partner", args=(row["partner_id"],)),
        ),
        Column("who", label="Personne"),
        Column("role", label="Fonction dans la tribune"),
        Column("how", label="À titre de"),
        TitleColumn(
            "tribune",
            label="Tribune",
            accessor="tribune__title",
            get_url=lambda row: reverse("wagtailadmin_pages:edit", args=(row["tribune_id"],)),
        ),
        Column(
            "live",
            label="En ligne",
            accessor=_online,
        ),
    )

    def get_base_queryset(self) -> "QuerySet[Any]":
        """Find authors and signatories."""
        return signatures_of_partners()
