"""Row by row: texts that were taken, republications, notices; by partner and by tribune."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.widgets.button import HeaderButton

from tribunes.admin.reports_base import Moment, Report
from tribunes.models import Notice, Partner, Pull, Record, Republication


def tribune_url(row: Any) -> str:
    """Return the address of what became of the tribune of a row."""
    return reverse("tribunes_reports:tribune", args=(row.record_id,))


def copy_url(row: Republication) -> str:
    """Return the address of the screen of a republication."""
    return reverse("tribunes_reports:copy", args=(row.pk,))


def how(pull: Pull) -> str:
    """Return which key opened the door."""
    key = pull.token or pull.feed
    return f"{pull.get_door_display()} ({key.name})" if key else pull.get_door_display()


def answer(notice: Notice) -> str:
    """Return what a partner said to a notice, or what became of the letter."""
    if notice.acknowledged_at:
        return f"accusé par {notice.acknowledged_by}"
    if notice.problem:
        return notice.problem
    return "sans accusé de réception" if notice.sent_count else "à envoyer"


TRIBUNE = TitleColumn("record", label="Tribune", accessor="record.title", get_url=tribune_url)
PARTNER = Column("partner", label="Partenaire", accessor="partner.organisation.name")
PULL_COLUMNS = (
    Moment("at", label="Pris le", sort_key="at"),
    TRIBUNE,
    PARTNER,
    Column("version", label="Version"),
    Column("format", label="Format"),
    Column("how", label="Par", accessor=how),
)
COPY_COLUMNS = (
    TitleColumn("place", label="Reprise", accessor=str, get_url=copy_url),
    TRIBUNE,
    PARTNER,
    Column("version", label="Version"),
    Moment("published_on", label="Repris le", sort_key="published_on"),
    Column("state", label="Constat", accessor="get_state_display", sort_key="state"),
    Moment("checked_at", label="Vérifié le", sort_key="checked_at"),
    Column("declared_by", label="Déclaré par"),
)
NOTICE_COLUMNS = (
    Moment("created_at", label="Du", sort_key="created_at"),
    TRIBUNE,
    PARTNER,
    Column("kind", label="Objet", accessor="get_kind_display"),
    Column("version", label="Version"),
    Moment("sent_at", label="Dernier envoi"),
    Column("sent_count", label="Envois"),
    Column("answer", label="Réponse", accessor=answer),
    Moment("acknowledged_at", label="Accusé le", sort_key="acknowledged_at"),
    Column("acknowledged_url", label="Page corrigée ou retirée"),
)
RELATED = ("record", "partner__organisation")


class RowFilterSet(WagtailFilterSet):
    """By tribune and by partner."""

    record = django_filters.ModelChoiceFilter(label="Tribune", queryset=Record.objects.all())
    partner = django_filters.ModelChoiceFilter(
        label="Partenaire", queryset=Partner.objects.select_related("organisation")
    )


class PullFilterSet(RowFilterSet):
    """Also by door and by day."""

    at = django_filters.DateFromToRangeFilter(label="Pris le", widget=DateRangePickerWidget)

    class Meta:
        model = Pull
        fields = ("record", "partner", "door", "at")


class CopyFilterSet(RowFilterSet):
    """Also by what was found."""

    class Meta:
        model = Republication
        fields = ("record", "partner", "state")


class NoticeFilterSet(RowFilterSet):
    """Also by kind, and those that wait for an answer."""

    acknowledged_at = django_filters.BooleanFilter(
        label="Sans accusé de réception", lookup_expr="isnull"
    )

    class Meta:
        model = Notice
        fields = ("record", "partner", "kind", "acknowledged_at")


class PullReport(Report):
    """Who took what, when, in which format. Nothing is known of readers."""

    name = "pulls"
    page_title = "Textes pris"
    header_icon = "download"
    model = Pull
    columns = PULL_COLUMNS
    filterset_class = PullFilterSet
    default_ordering = "-at"

    def get_base_queryset(self) -> "QuerySet[Pull]":
        """Fetch what the columns name."""
        return Pull.objects.select_related(*RELATED, "token", "feed")


class CopyReport(Report):
    """Where texts were republished, and what was found there."""

    name = "copies"
    page_title = "Reprises"
    header_icon = "site"
    model = Republication
    columns = COPY_COLUMNS
    filterset_class = CopyFilterSet
    default_ordering = "-published_on"

    def get_base_queryset(self) -> "QuerySet[Republication]":
        """Fetch what the columns name."""
        return Republication.objects.select_related(*RELATED)

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to a declaration."""
        url = reverse("tribunes_reports:declare")
        return [HeaderButton("Déclarer une reprise", url=url, icon_name="plus")]


class NoticeReport(Report):
    """Who was told of corrections and withdrawals, and who answered."""

    name = "notices"
    page_title = "Avis aux partenaires"
    header_icon = "mail"
    model = Notice
    columns = NOTICE_COLUMNS
    filterset_class = NoticeFilterSet
    default_ordering = "-created_at"

    def get_base_queryset(self) -> "QuerySet[Notice]":
        """Fetch what the columns name."""
        return Notice.objects.select_related(*RELATED)
