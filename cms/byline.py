"""Who signs a text, as readers are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import prefetch_related_objects

from cms.media import PageMedia
from cms.models import BylineRow, Person
from cms.published import Picture

_BATCH = 500
"""Rows of one query: Django names each in a condition of its own on SQLite, which takes 1,000."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Somebody who signs, with role and organisation at the time."""

    person: Person
    role: str
    organisation: str
    portrait: Picture | None = None

    @property
    def function(self) -> str:
        """Role and organisation, in one phrase."""
        return ", ".join(filter(None, (self.role, self.organisation)))


def signatures(rows: Iterable[BylineRow], media: PageMedia) -> list[Signature]:
    """Return who signs, with the portraits that may be shown, in a constant number of queries."""
    rows = _fetched(rows, "person__portrait")
    return [_signature(row, media.portrait(row.person)) for row in rows]


def names(rows: Iterable[BylineRow]) -> list[Signature]:
    """Return who signs, without portraits: there may be hundreds of them."""
    return [_signature(row) for row in _fetched(rows)]


def _fetched(rows: Iterable[BylineRow], *others: str) -> Sequence[BylineRow]:
    rows = list(rows)
    for start in range(0, len(rows), _BATCH):
        prefetch_related_objects(rows[start : start + _BATCH], "person__organisation", *others)
    return rows


def _signature(row: BylineRow, portrait: Picture | None = None) -> Signature:
    """Say what the row kept; one that was never saved, in a preview, keeps what it will."""
    if row.pk is None:
        row.complete()
    return Signature(
        person=row.person, role=row.role, organisation=row.organisation, portrait=portrait
    )
