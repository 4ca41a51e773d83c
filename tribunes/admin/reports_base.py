"""What our reports share: one list of columns for the screen and for the spreadsheet."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import CharField, Count, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from cms.spreadsheets import plain_cell
from tribunes.admin.reports_access import FollowAccess

TEXTS_TAKEN = Count(
    Concat("partner_id", Value("/"), "record_id", Value("/"), "version", output_field=CharField()),
    distinct=True,
)
"""How many texts the pulls are: one that a partner takes again in the same version is the same."""


class Moment(Column):
    """A day, or a day and its hour; nothing when there is none."""

    def get_value(self, instance: Any) -> Any:
        """Return the moment, or ""."""
        return super().get_value(instance) or ""

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        """Write it in figures."""
        context = super().get_cell_context_data(instance, parent_context)
        if moment := context["raw_value"]:
            hour = isinstance(moment, datetime)
            shown = timezone.localtime(moment) if hour else moment
            context["value"] = f"{shown:%d/%m/%Y %H:%M}" if hour else f"{shown:%d/%m/%Y}"
        return context


def _local(value: datetime) -> datetime:
    return timezone.make_naive(value)


SPREADSHEET_CELLS = {
    **ReportView.custom_value_preprocess,
    datetime: {"csv": lambda value: f"{_local(value):%Y-%m-%d %H:%M}", "xlsx": _local},
    str: {"csv": plain_cell, "xlsx": plain_cell},
}
"""How values are written in a spreadsheet, by type: for ``custom_value_preprocess``."""


class Report(FollowAccess, ReportView):
    """A table of ``columns`` for those who follow tribunes; ``name`` is that of its address."""

    name = ""
    header_icon = "history"
    is_searchable = False
    columns: Sequence[Column] = ()
    custom_value_preprocess = SPREADSHEET_CELLS

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Name what the columns are called in a spreadsheet, and the file."""
        super().setup(request, *args, **kwargs)
        self.index_url_name = f"tribunes_reports:{self.name}"
        self.index_results_url_name = f"tribunes_reports:{self.name}_results"
        self.list_export = [column.name for column in self.columns]
        self.export_headings = {column.name: column.label for column in self.columns}

    def get_filename(self) -> str:
        """Name the file by the title of the report and its day."""
        return f"{slugify(self.page_title)}-{timezone.localdate():%Y-%m-%d}"

    def to_row_dict(self, item: Any) -> "OrderedDict[str, Any]":
        """Return what the columns show."""
        values = ((column.name, column.get_value(item)) for column in self.columns)
        return OrderedDict((name, "" if value is None else value) for name, value in values)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the follow-up of tribunes."""
        home = {"url": reverse("tribunes_reports:tribunes"), "label": "Suivi des reprises"}
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, home, here]
