"""Bars by month, drawn on the server: an SVG without script, with its figures in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format

from tribunes.admin.reports_base import TEXTS_TAKEN
from tribunes.models import Pull, Republication

MONTHS = 12
WIDTH, HEIGHT, FOOT, TOP = 720, 200, 24, 16
"""Pixels: the drawing, the names of the months under it, the figures over the bars."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar: its place in pixels and what it counts."""

    x: int
    y: int
    width: int
    height: int
    value: int


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month, with a bar for each thing that is counted."""

    label: str
    middle: int
    """Where its name is centred, in pixels."""
    pulls: Bar
    copies: Bar


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What the template draws."""

    months: Sequence[Month]
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(month.pulls.value or month.copies.value for month in self.months)


def chart_of(pulls: "QuerySet[Pull]", copies: "QuerySet[Republication]") -> Chart:
    """Count texts taken and republications of the last twelve months, in two queries.

    A text that is taken again within a month counts once.
    """
    months = last_months(timezone.localdate())
    taken = dict(
        pulls.filter(at__date__gte=months[0])
        .annotate(month=TruncMonth("at"))
        .order_by("month")
        .values_list("month")
        .annotate(count=TEXTS_TAKEN)
    )
    shown = dict(
        copies.filter(published_on__gte=months[0])
        .annotate(month=TruncMonth("published_on"))
        .order_by("month")
        .values_list("month")
        .annotate(count=Count("pk"))
    )
    by_day = {timezone.localdate(month): count for month, count in taken.items()}
    return draw([(month, by_day.get(month, 0), shown.get(month, 0)) for month in months])


def last_months(today: date) -> list[date]:
    """Return the first days of the last twelve months, this one included, in order."""
    number = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 1)]


def draw(counts: Sequence[tuple[date, int, int]]) -> Chart:
    """Return the bars of months: first day, texts taken, republications. Pure."""
    highest = max((value for _, *values in counts for value in values), default=0) or 1
    room = WIDTH // max(len(counts), 1)
    width = room * 2 // 5

    def bar(x: int, value: int) -> Bar:
        height = ceil(value / highest * (HEIGHT - FOOT - TOP))
        return Bar(x=x, y=HEIGHT - FOOT - height, width=width, height=height, value=value)

    return Chart(
        months=[
            Month(
                label=date_format(day, "N Y"),
                middle=place * room + room // 2,
                pulls=bar(place * room + room // 10, pulls),
                copies=bar(place * room + room // 10 + width, copies),
            )
            for place, (day, pulls, copies) in enumerate(counts)
        ]
    )
