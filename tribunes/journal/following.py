"""Following one tribune: it is rendered for a reader with every right and compared."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cms.models.text_rows import CorrectionRow
from cms.text_artifacts import feeds_above
from publishing.staleness import mark_stale
from tribunes.access import JOURNAL, is_public
from tribunes.artifacts import TRIBUNE_LABEL, index_keys
from tribunes.facts import facts_of
from tribunes.journal.entries import append, lock_log
from tribunes.journal.moments import next_moment, plan
from tribunes.journal.places import places_of
from tribunes.journal.shown import Event, differs, event_of, new_corrections, shown_of
from tribunes.models import Change, Record, TribunePage, Version
from tribunes.rendering import Rendered, render

_SEVERITIES = CorrectionRow.Severity.values


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


def _compare(record: Record, page: TribunePage | None) -> Change | None:
    now = timezone.now()
    if page and is_public(facts_of([record])[record.pk], now):
        record.released_at = record.released_at or now
        record.title = page.title
    elif page and page.live and record.released_at is None:
        record.title = page.title
    record.next_moment = next_moment(page, now)
    rendered = render([record], JOURNAL, now)[record.pk]
    if not differs(record, rendered):
        record.save()
        plan(record)
        return None
    return _write(record, rendered, now)


def _write(record: Record, rendered: Rendered, now: datetime) -> Change:
    shown = shown_of(record, rendered)
    event = event_of(record, shown)
    new = new_corrections(record.shown, shown)
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


def _come_out(record: Record) -> None:
    """Date the text from the hour when all could read it: its end, or now when it was lifted."""
    page, hour = record.page, record.page.embargoed_until or record.version_created
    if page.first_published_at < hour:
        TribunePage.objects.filter(pk=page.pk).update(first_published_at=hour)
        record.first_published = hour


def _tell_the_bucket(record: Record) -> None:
    """Let pictures and feeds follow, also what the clock alone changed: after this transaction."""
    own = {f"{TRIBUNE_LABEL}:{record.page_id}"} | feeds_above(record.page) if record.page else set()
    keys = own | index_keys()
    transaction.on_commit(lambda: mark_stale(keys))
