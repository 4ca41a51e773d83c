"""The log of changes: what partners could be given is compared with what it was, and written down.

Whatever saved a tribune, or what surrounds it, ``follow`` is called in the same transaction. It
renders the tribune for a reader with every right: an entry is written if and only if that differs
from what was shown last. So a false alarm writes nothing, and nothing that partners would see
changes without an entry.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.text_artifacts import feeds_above
from publishing.staleness import mark_stale
from tribunes.access import JOURNAL, Reader, Standing, is_public
from tribunes.facts import facts_of, reader_of
from tribunes.items import Item
from tribunes.location import places_of
from tribunes.models import Change, Partner, Record, TribunePage, Version
from tribunes.models.record import lock_log, next_number
from tribunes.moments import next_moment, plan
from tribunes.rendering import Rendered, render
from tribunes.signals import entry_written

Event = Change.Event

_GONE = {
    Standing.CANCELED: Event.WITHDRAWN,
    Standing.UNPUBLISHED: Event.UNPUBLISHED,
    Standing.HIDDEN: Event.UNPUBLISHED,
    Standing.EXPIRED: Event.EXPIRED,
    Standing.RIGHTS: Event.RIGHTS,
}
_SEVERITIES = ("minor", "significant", "high")


@transaction.atomic
def follow(page_pk: int) -> Change | None:
    """Write an entry if what partners could be given of a tribune changed; return it."""
    page = TribunePage.objects.filter(pk=page_pk, alias_of=None).first()
    known = page and Record.objects.filter(uuid=page.uuid)
    if page is None or not (page.live or known.exists()):
        return None
    lock_log()
    record, _ = known.get_or_create(
        uuid=page.uuid,
        defaults={"page": page, "title": page.title, "first_created": page.first_published_at},
    )
    if record.page_id is None:  # it is being deleted, and what names it is followed
        return None
    if page.live:
        places_of([page])[page.pk].keep(record)
        record.first_published = page.first_published_at
    return _compare(record, page)


@transaction.atomic
def follow_record(record_pk: int) -> Change | None:
    """Do the same for a tribune whose page may be gone, or not live."""
    lock_log()
    record = Record.objects.filter(pk=record_pk).first()
    return _compare(record, record.page) if record else None


def _compare(record: Record, page: TribunePage | None) -> Change | None:
    now = timezone.now()
    if page and is_public(facts_of([record])[record.pk], now):
        record.released_at = record.released_at or now
        record.title = page.title
    elif page and record.released_at is None:
        record.title = page.title
    record.next_moment = next_moment(page, now)
    rendered = render([record], JOURNAL, now)[record.pk]
    if not differs(record, rendered):
        record.save()
        plan(record)
        return None
    return _write(record, rendered, now)


def differs(record: Record, rendered: Rendered) -> bool:
    """Whether a record is not what partners were shown last; one never shown is not, while hidden.

    Its place counts: catalogues look for it there.
    """
    if not (record.version or rendered.standing.is_shown):
        return False
    shown = _shown(record, rendered)
    return any(shown[name] != record.shown.get(name) for name in ("standing", "item", "where"))


def _write(record: Record, rendered: Rendered, now: datetime) -> Change:
    shown = _shown(record, rendered)
    new = _new_corrections(record.shown, shown)
    event = _event(record, rendered.standing, shown, bool(new))
    record.version += 1
    record.version_created = now
    known = {tuple(row[:3]): row[3] for row in record.shown.get("corrections", [])}
    shown["corrections"] = [
        [*row[:3], known.get(tuple(row[:3]), record.version)] for row in shown["corrections"]
    ]
    record.shown = shown
    if event == Event.RELEASED:
        _come_out(record)
    record.save()
    plan(record)
    severity = max((row[1] for row in new), key=_SEVERITIES.index, default="")
    Version.objects.create(
        record=record,
        number=record.version,
        created=now,
        event=event,
        severity=severity if event == Event.CORRECTED else "",
        text="\n\n".join(row[2] for row in new) if event == Event.CORRECTED else "",
        revision_id=record.page.live_revision_id if record.page else None,
    )
    _tell_the_bucket(record)
    change = append(record, event, severity=severity)
    if record.page:
        _follow_replies(record.page)
    return change


def _follow_replies(page: TribunePage) -> None:
    """Follow the text that this one answers, and those that answer it: they name each other."""
    answered = [page.replies_to_id] if page.replies_to_id else []
    for pk in (*answered, *page.replies.values_list("pk", flat=True)):
        follow(pk)


def append(
    record: Record, event: str, *, partner: Partner | None = None, severity: str = ""
) -> Change:
    """Write one entry, for everybody or for one partner, and let everybody concerned know of it.

    Must be called in a transaction that ``lock_log`` began.
    """
    change = Change.objects.create(
        number=next_number(),
        record=record,
        partner=partner,
        event=event,
        version=record.version,
        at=record.version_created if partner is None else timezone.now(),
    )
    entry_written.send(Change, change=change, severity=severity)
    return change


def _come_out(record: Record) -> None:
    """Date the text from the hour when all could read it: its end, or now when it was lifted."""
    page, hour = record.page, record.page.embargoed_until or record.version_created
    if page.first_published_at < hour:
        TribunePage.objects.filter(pk=page.pk).update(first_published_at=hour)
        record.first_published = hour


def _tell_the_bucket(record: Record) -> None:
    """Let pictures and feeds follow, also what the clock alone changed: after this transaction."""
    from tribunes.artifacts import TRIBUNE_LABEL, index_keys  # which imports these models

    own = {f"{TRIBUNE_LABEL}:{record.page_id}"} | feeds_above(record.page) if record.page else set()
    keys = own | index_keys()
    transaction.on_commit(lambda: mark_stale(keys))


def _shown(record: Record, rendered: Rendered) -> dict[str, Any]:
    """Return what must differ for an entry to be written, and what tells one event from another."""
    item = rendered.item
    shown: dict[str, Any] = {
        "standing": str(rendered.standing),
        "where": [record.focus_id, record.themes, record.kind],
        "item": digest(item) if item else "",
        "text": digest(replace(item, terms=None)) if item else "",
        "terms": _digest(asdict(item.terms)) if item and item.terms else "",
        # Those of a text that is hidden for now are known when it comes back.
        "corrections": record.shown.get("corrections", []),
    }
    if item and rendered.standing.has_text:
        shown["corrections"] = [
            [row.date.isoformat(), row.severity, row.text] for row in item.corrections
        ]
    return shown


def digest(item: Item) -> str:
    """Identify all that an item says, but for its version."""
    said = asdict(item)
    for name in ("version", "version_created", "first_created", "first_published"):
        del said[name]
    for correction in said["corrections"]:
        del correction["version"]
    return _digest(said)


def _digest(value: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()


def _new_corrections(before: Mapping[str, Any], shown: Mapping[str, Any]) -> list[list[str]]:
    known = [row[:3] for row in before.get("corrections", [])]
    return [row for row in shown["corrections"] if row[:3] not in known]


def _event(record: Record, standing: Standing, shown: Mapping[str, Any], corrected: bool) -> str:
    before = record.shown
    if standing in _GONE:
        return _GONE[standing]
    if not record.version:
        return Event.CREATED
    if before.get("standing") not in ("usable", "withheld"):
        return Event.UPDATED
    if before["standing"] == "withheld" and standing == Standing.USABLE:
        return Event.RELEASED
    if corrected:
        return Event.CORRECTED
    return Event.RIGHTS if before.get("text") == shown["text"] else Event.UPDATED


@transaction.atomic
def page_deleted(page: TribunePage) -> None:
    """Write that a page is about to be gone."""
    if not Record.objects.filter(page_id=page.pk).exists():
        return
    lock_log()
    record = Record.objects.get(page_id=page.pk)
    record.page = None
    _compare(record, None)
    _follow_replies(page)


@contextmanager
def partner_changing(partner_pk: int) -> Iterator[None]:
    """Write, for one partner alone, what a change of contract, catalogue or rights shows or hides.

    The block changes the partner; block and entries are one transaction.
    """
    with transaction.atomic():
        lock_log()
        before = _shown_to(_reader(partner_pk))
        yield
        partner = Partner.objects.filter(pk=partner_pk).first()
        if partner:
            write_differences(partner, before, _shown_to(_reader(partner_pk)))


def write_differences(
    partner: Partner, before: Mapping[int, str], after: Mapping[int, str]
) -> None:
    """Write an entry for each tribune that is not to the partner what it was."""
    changed = [pk for pk in after if after[pk] != before.get(pk, Standing.HIDDEN)]
    for record in Record.objects.filter(pk__in=changed, version__gt=0).order_by("pk"):
        append(record, Event.RIGHTS, partner=partner)


def _reader(partner_pk: int) -> Reader | None:
    partner = Partner.objects.filter(pk=partner_pk).first()
    return reader_of(partner) if partner else None


def _shown_to(reader: Reader | None, at: datetime | None = None) -> dict[int, str]:
    if reader is None:
        return {}
    rendered = render(list(Record.objects.all()), reader, at)
    return {
        pk: digest(found.item) if found.item else str(found.standing)
        for pk, found in rendered.items()
    }


def shown_at(partner: Partner, at: datetime) -> dict[int, str]:
    """Return what every tribune is to a partner at a moment, as digests."""
    return _shown_to(reader_of(partner), at)
