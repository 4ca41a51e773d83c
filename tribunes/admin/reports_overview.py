"""What became of texts, a line a tribune or a line a partner, under a chart of the year."""

from typing import Any

from django.db.models import Count, IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import Media
from django.urls import reverse
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from tribunes.admin.reports_base import TEXTS_TAKEN, Moment, Report
from tribunes.admin.reports_chart import chart_of
from tribunes.models import Notice, Partner, Pull, Record, Republication

State = Republication.State
_COUNTS = (
    Column("pulls_count", label="Textes pris", sort_key="pulls_count"),
    Column("copies_count", label="Reprises", sort_key="copies_count"),
    Column("wrong_count", label="À reprendre", sort_key="wrong_count"),
    Column("waiting_count", label="Avis sans réponse", sort_key="waiting_count"),
    Moment("last_pull", label="Dernier texte pris", sort_key="last_pull"),
)
_ROWS = Count("pk")
_LINKS = (
    ("tribunes", "Par tribune"),
    ("partners", "Par partenaire"),
    ("pulls", "Textes pris"),
    ("copies", "Reprises"),
    ("notices", "Avis"),
    ("signers", "Partenaires signataires"),
    ("replies", "Droits de réponse"),
)


def counted(rows: "QuerySet[Any]", name: str) -> "QuerySet[Any]":
    """Add the counts of pulls, republications and notices, by the name of their key to the row.

    Each is a query of its own: joined, they would multiply each other.
    """

    def count(found: "QuerySet[Any]", what: Count = _ROWS) -> Coalesce:
        mine = found.filter(**{name: OuterRef("pk")}).order_by().values(name)
        counts = mine.annotate(count=what).values("count")
        return Coalesce(Subquery(counts, output_field=IntegerField()), 0)

    pulls = Pull.objects.filter(**{name: OuterRef("pk")}).order_by().values(name)
    return rows.annotate(
        pulls_count=count(Pull.objects.all(), TEXTS_TAKEN),
        copies_count=count(Republication.objects.all()),
        wrong_count=count(Republication.objects.filter(state=State.WRONG)),
        waiting_count=count(Notice.objects.filter(acknowledged_at=None, sent_count__gt=0)),
        last_pull=Subquery(pulls.annotate(last=Max("at")).values("last")),
    )


class Overview(Report):
    """A report under the chart, with the way to all others."""

    template_name = "tribunes/admin/report_overview.html"

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Draw the year."""
        context = super().get_context_data(*args, **kwargs)
        if not self.results_only:
            context["chart"] = chart_of(Pull.objects.all(), Republication.objects.all())
        context["media"] += Media(css={"all": ["tribunes/reports.css"]})
        return context

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to a declaration."""
        url = reverse("tribunes_reports:declare")
        return [HeaderButton("Déclarer une reprise", url=url, icon_name="plus")]

    @property
    def links(self) -> list[dict[str, Any]]:
        """The other reports."""
        return [
            {"url": reverse(f"tribunes_reports:{name}"), "label": label, "here": name == self.name}
            for name, label in _LINKS
        ]


class TribuneReport(Overview):
    """A line a tribune that partners know of."""

    name = "tribunes"
    page_title = "Suivi des reprises, par tribune"
    model = Record
    default_ordering = "-version_created"
    columns = (
        TitleColumn(
            "title",
            label="Tribune",
            sort_key="title",
            get_url=lambda row: reverse("tribunes_reports:tribune", args=(row.pk,)),
        ),
        Column("version", label="Version"),
        *_COUNTS,
    )

    def get_base_queryset(self) -> "QuerySet[Record]":
        """Count."""
        return counted(Record.objects.filter(version__gt=0), "record")

    def get_valid_orderings(self) -> list[str]:
        """Begin with the latest version, which is no column."""
        return [*super().get_valid_orderings(), self.default_ordering]


class PartnerReport(Overview):
    """A line a partner."""

    name = "partners"
    page_title = "Suivi des reprises, par partenaire"
    model = Partner
    default_ordering = "organisation__name"
    columns = (
        TitleColumn(
            "name",
            label="Partenaire",
            accessor="organisation.name",
            sort_key="organisation__name",
            get_url=lambda row: reverse("tribunes_reports:partner", args=(row.pk,)),
        ),
        *_COUNTS,
    )

    def get_base_queryset(self) -> "QuerySet[Partner]":
        """Count."""
        return counted(Partner.objects.select_related("organisation"), "partner")
