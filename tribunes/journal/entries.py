"""Writing one entry of the log: its number, its order, and who hears of it."""

from django.db.models import F
from django.utils import timezone

from tribunes.journal.signals import entry_written
from tribunes.models import Change, Counter, Partner, Record


def lock_log() -> None:
    """Keep everybody else from writing in the log before this transaction ends.

    Before any record is locked, so that two writers never wait for each other.
    """
    Counter.objects.get_or_create(pk=1)
    Counter.objects.select_for_update().get(pk=1)


def append(
    record: Record, event: str, *, partner: Partner | None = None, severity: str = ""
) -> Change:
    """Write one entry, for everybody or for one partner, and let everybody concerned know of it.

    Must be called in a transaction that ``lock_log`` began.
    """
    change = Change.objects.create(
        number=_next_number(),
        record=record,
        partner=partner,
        event=event,
        version=record.version,
        at=record.version_created if partner is None else timezone.now(),
    )
    entry_written.send(Change, change=change, severity=severity)
    return change


def _next_number() -> int:
    """Return the next number of the log; nobody else gets one before this transaction ends.

    The row is locked by its update, on SQLite as on PostgreSQL, so numbers become visible in their
    order: a reader never skips one.
    """
    Counter.objects.filter(pk=1).update(value=F("value") + 1)
    return Counter.objects.values_list("value", flat=True).get(pk=1)
