"""Reading the log of changes: each entry as what is true now for the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tribunes.access import Reader, Standing
from tribunes.items import Item
from tribunes.journal.cursors import Cursor
from tribunes.journal.pruning import MEMORY
from tribunes.models import Change, Counter
from tribunes.models.record import ChangeQuerySet
from tribunes.rendering import Rendered, render

REASONS = {
    Standing.CANCELED: "retracted",
    Standing.UNPUBLISHED: "unpublished",
    Standing.EXPIRED: "expired",
    Standing.RIGHTS: "rights",
    Standing.HIDDEN: "rights",
}
"""Why a reader must delete what it has."""

_HIDDEN_CHUNK = 200
"""Entries that are looked at together after some that the reader must not know of."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: the tribune as the reader may have it now, or why it may not."""

    uuid: UUID
    version: int
    modified: datetime
    item: Item | None = None
    reason: str = ""
    record_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """Entries that follow each other; the cursor from which to read on."""

    entries: Sequence[Entry]
    cursor: Cursor

    @property
    def is_old(self) -> bool:
        """Whether it begins with what could be read for more than the memory of the log.

        What was forgotten since may not have been for this reader: who reads on time has no such.
        """
        return any(entry.modified < timezone.now() - MEMORY for entry in self.entries[:1])


def read(reader: Reader, cursor: Cursor, limit: int) -> Page:
    """Return the next entries, ``limit`` at most; none, and the same cursor, at the end.

    What the reader must not know of is passed over, and does not move the cursor by itself: not
    even that something happened is told. The number of queries does not depend on ``limit``.
    """
    log = Change.objects.of(reader.partner_id).select_related("record")
    position, size = cursor.position, limit
    while chunk := list(log.filter(number__gt=position)[:size]):
        records = {change.record_id: change.record for change in chunk}
        rendered = render(list(records.values()), reader)
        told = [change for change in chunk if _is_told(change, rendered[change.record_id])][:limit]
        if told:
            entries = [_entry(change, rendered[change.record_id]) for change in told]
            return Page(entries=entries, cursor=cursor.moved(told[-1].number))
        position, size = chunk[-1].number, _HIDDEN_CHUNK
    return Page(entries=(), cursor=cursor)


def beginning() -> Cursor:
    """Return the cursor from which everything that is known is read."""
    return Cursor(pruned=pruned())


def since(reader: Reader, moment: datetime) -> Cursor:
    """Return a cursor before every entry of a moment and later ones."""
    log = _known(reader)
    later = log.filter(at__gte=moment).values_list("number", flat=True).first()
    if later is not None:
        return Cursor(position=later - 1, pruned=pruned())
    return Cursor(position=log.values_list("number", flat=True).last() or 0, pruned=pruned())


def last_modified(reader: Reader) -> datetime | None:
    """Return when the reader was last told of a change."""
    return _known(reader).values_list("at", flat=True).last()


def _known(reader: Reader) -> ChangeQuerySet:
    """Return the entries on tribunes whose existence is no secret to the reader.

    Nothing is shown by that: it keeps dates and cursors from telling that a secret one changed.
    """
    log = Change.objects.of(reader.partner_id)
    return log if reader.embargoed else log.exclude(record__released_at=None)


def pruned() -> int:
    """Return the number of the newest entry that the log forgot."""
    return Counter.objects.values_list("pruned", flat=True).first() or 0


def _is_told(change: Change, found: Rendered) -> bool:
    """Whether the reader learns of an entry: also that what it had is hidden from it by now."""
    return found.standing != Standing.HIDDEN or change.partner_id is not None


def _entry(change: Change, found: Rendered) -> Entry:
    reason = REASONS.get(found.standing, "")
    return Entry(
        uuid=found.record.uuid,
        version=found.record.version,
        modified=change.at,
        item=None if reason else found.item,
        reason=reason,
        record_id=found.record.pk,
    )
