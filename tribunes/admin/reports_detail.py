"""What became of one tribune, or what one partner did: chart, copies, notices, texts taken."""

from collections.abc import Sequence
from copy import copy
from typing import Any

from django.db.models import QuerySet
from django.forms import Media
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from tribunes.admin.reports_access import FollowAccess
from tribunes.admin.reports_chart import chart_of
from tribunes.admin.reports_rows import COPY_COLUMNS, NOTICE_COLUMNS, PULL_COLUMNS, RELATED
from tribunes.admin.reports_signers import signatures_of_partners
from tribunes.models import Notice, Partner, Pull, Record, Republication

SHOWN = 20
"""How many rows of each table are shown; the reports have all of them."""


class FollowScreen(FollowAccess, WagtailAdminTemplateMixin, TemplateView):
    """A screen of the follow-up."""

    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the follow-up of all tribunes."""
        home = {"url": reverse("tribunes_reports:tribunes"), "label": "Suivi des reprises"}
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, home, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the style."""
        media = Media(css={"all": ["tribunes/reports.css"]})
        return {**super().get_context_data(**kwargs), "media": media}


class _Detail(FollowScreen):
    template_name = "tribunes/admin/report_detail.html"
    name = ""
    """``record`` or ``partner``: the key that rows have to what is shown."""
    model: type[Record] | type[Partner]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find what is shown; an unknown one is a 404."""
        super().setup(request, *args, **kwargs)
        self.shown = get_object_or_404(self.model, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        """Name the tribune or the partner."""
        return f"Suivi\u00a0: {self.shown}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fetch the rows, without the column that is the same in all of them."""
        mine = {self.name: self.shown}
        pulls, copies = Pull.objects.filter(**mine), Republication.objects.filter(**mine)
        notices = Notice.objects.filter(**mine)
        return {
            **super().get_context_data(**kwargs),
            "chart": chart_of(pulls, copies),
            "sections": [
                self._section("copies", "Reprises", COPY_COLUMNS, copies),
                self._section("notices", "Avis", NOTICE_COLUMNS, notices),
                self._section(
                    "pulls", "Textes pris", PULL_COLUMNS, pulls.select_related("token", "feed")
                ),
            ],
        }

    def _section(
        self, report: str, title: str, columns: Sequence[Column], rows: "QuerySet[Any]"
    ) -> dict[str, Any]:
        found = rows.select_related(*RELATED)[:SHOWN]
        kept = [_unsorted(column) for column in columns if column.name != self.name]
        return {
            "title": title,
            "table": Table(kept, found) if found else None,
            "count": rows.count(),
            "url": f"{reverse(f'tribunes_reports:{report}')}?{self.name}={self.shown.pk}",
        }


def _unsorted(column: Column) -> Column:
    """Return the column of a table that cannot be sorted."""
    same = copy(column)
    same.sort_key = None
    same.header = Column.Header(same)
    return same


class TribuneScreen(_Detail):
    """What became of one tribune."""

    name = "record"
    model = Record

    @property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to a declaration."""
        url = f"{reverse('tribunes_reports:declare')}?record={self.shown.pk}"
        return [HeaderButton("Déclarer une reprise", url=url, icon_name="plus")]


class PartnerScreen(_Detail):
    """What one partner took, republished, answered, and signed."""

    name = "partner"
    model = Partner

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what was signed in its name."""
        signed = signatures_of_partners(self.shown)
        return {
            **super().get_context_data(**kwargs),
            "signatures": signed.order_by("-tribune__first_published_at", "who")[:SHOWN],
        }
