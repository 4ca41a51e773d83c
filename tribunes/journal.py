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
from tribunes.access import JOURNAL, Reader, Standing
from tribunes.facts import reader_of
from tribunes.items import Item
from tribunes.models import Change, Partner, Record, TribunePage, Version
from tribunes.models.record import next_number
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
    if page is None:
        return None
    record = Record.objects.select_for_update().filter(uuid=page.uuid).first()
    if record is None:
        if not page.live:
            return None
        record = Record.objects.create(
            uuid=page.uuid, page=page, title=page.title, first_created=page.first_published_at
        )
    if record.page_id is None:  # it is being deleted, and what names it is followed
        return None
    if page.live:
        _locate(record, page)
    return _compare(record, page)


@transaction.atomic
def follow_record(record_pk: int) -> Change | None:
    """Do the same for a tribune whose page may be gone."""
    record = Record.objects.select_for_update().filter(pk=record_pk).first()
    return _compare(record, record.page) if record else None


def _locate(record: Record, page: TribunePage) -> None:
    """Note where catalogues find it; a droit de réponse is found with the text it answers."""
    answered = page.replies_to or page
    parent = answered.get_parent()
    record.page, record.title = page, page.title
    record.first_published = page.first_published_at
    record.focus_id = parent.pk if parent.specific_class.__name__ == "FocusPage" else None
    record.themes = sorted(theme.pk for theme in answered.themes.all())
    record.kind = answered.kind


def _compare(record: Record, page: TribunePage | None) -> Change | None:
    now = timezone.now()
    if record.released_at is None and page and page.live and not page.is_embargoed:
        record.released_at = now
    record.next_moment = next_moment(page, now)
    rendered = render([record], JOURNAL, now)[record.pk]
    shown = _shown(rendered)
    if _same(shown, record.shown) or not (record.version or rendered.standing.is_shown):
        record.save()
        plan(record)
        return None
    return _write(record, rendered, shown, now)


def _write(record: Record, rendered: Rendered, shown: dict[str, Any], now: datetime) -> Change:
    new = _new_corrections(record.shown, shown)
    event = _event(record, rendered.standing, shown, bool(new))
    record.version += 1
    record.version_created = now
    known = {tuple(row[:3]): row[3] for row in record.shown.get("corrections", [])}
    shown["corrections"] = [
        [*row[:3], known.get(tuple(row[:3]), record.version)] for row in shown["corrections"]
    ]
    record.shown = shown
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
    if event == Event.RELEASED:
        _come_out(record)
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

    Must be called in a transaction, which keeps others from writing until its end.
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


def _tell_the_bucket(record: Record) -> None:
    """Let pictures and feeds follow, also what the clock alone changed."""
    from tribunes.artifacts import TRIBUNE_LABEL, index_keys  # which imports these models

    above = (
        {f"{TRIBUNE_LABEL}:{record.page_id}"} | feeds_above(record.page) if record.page else set()
    )
    mark_stale(above | index_keys())


def _shown(rendered: Rendered) -> dict[str, Any]:
    """Return what must differ for an entry to be written, and what tells one event from another."""
    item = rendered.item
    if item is None:
        return {"standing": str(rendered.standing), "item": "", "terms": "", "corrections": []}
    return {
        "standing": str(rendered.standing),
        "item": digest(item),
        "terms": _digest(asdict(item.terms)) if item.terms else "",
        "text": digest(replace(item, terms=None)),
        "corrections": [[row.date.isoformat(), row.severity, row.text] for row in item.corrections],
    }


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


def _same(shown: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    return all(shown[name] == before.get(name) for name in ("standing", "item"))


def _new_corrections(before: Mapping[str, Any], shown: Mapping[str, Any]) -> list[list[str]]:
    known = [row[:3] for row in before.get("corrections", [])]
    return [row for row in shown["corrections"] if row not in known]


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
    same_text = before.get("text") == shown["text"] and before["terms"] != shown["terms"]
    return Event.RIGHTS if same_text else Event.UPDATED


@transaction.atomic
def page_deleted(page: TribunePage) -> None:
    """Write that a page is about to be gone."""
    record = Record.objects.select_for_update().filter(page_id=page.pk).first()
    if record is None:
        return
    record.page = None
    _compare(record, None)
    _follow_replies(page)


@contextmanager
def partner_changing(partner_pk: int) -> Iterator[None]:
    """Write, for one partner alone, what a change of contract, catalogue or rights shows or hides.

    The block changes the partner; block and entries are one transaction.
    """
    with transaction.atomic():
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
    for record in Record.objects.filter(pk__in=changed).order_by("pk"):
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
