"""Who is told of what: a row for each partner and event, written with the event.

A correction reaches those who took or declared an older version, when it is significant or high;
a withdrawal reaches everybody who ever did, whatever became of their contract. Who was asked to
remove a text hears when it is back.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from tribunes.access import Standing
from tribunes.followup import links
from tribunes.models import Change, Notice, Partner, Pull, Record, Republication, Version

LOUD = ("significant", "high")
"""Severities of corrections that are written about."""

_SUPERSEDED = "Remplacé par l’avis de la version {version}."


def of_entry(change: Change, severity: str) -> list[Notice]:
    """Write the notices that an entry of the log calls for, and return them."""
    if change.event == Change.Event.WITHDRAWN:
        if change.version != withdrawn_in(change.record):
            return []  # told before: only the reason was reworded
        return _tell(change.record, Notice.Kind.WITHDRAWAL, change.version)
    if change.partner_id or change.record.shown["standing"] != Standing.USABLE:
        returned = []
    else:
        returned = _tell(change.record, Notice.Kind.RETURN, change.version)
    if severity in LOUD:
        return [*returned, *_tell(change.record, Notice.Kind.CORRECTION, change.version)]
    return returned


def withdrawn_in(record: Record) -> int:
    """Return the version by which a withdrawn text was withdrawn."""
    others = Version.objects.filter(record=record).exclude(event=Change.Event.WITHDRAWN)
    return (others.values_list("number", flat=True).order_by("-number").first() or 0) + 1


def tell_latecomers() -> None:
    """Write the notices of those whose pull was written down just after the withdrawal."""
    for pk in Record.objects.filter(shown__standing="canceled").values_list("pk", flat=True):
        with transaction.atomic():
            record = Record.objects.select_for_update().get(pk=pk)
            if record.shown.get("standing") == "canceled":
                _tell(record, Notice.Kind.WITHDRAWAL, withdrawn_in(record))


def _tell(record: Record, kind: str, version: int) -> list[Notice]:
    partners = list(_concerned(record, kind, version))
    older = Notice.objects.filter(record=record, partner__in=partners, version__lt=version)
    older.exclude(send_at=None).update(send_at=None, problem=_SUPERSEDED.format(version=version))
    written = [
        Notice(
            record=record, partner=partner, kind=kind, version=version, created_at=timezone.now()
        )
        for partner in partners
    ]
    for notice in written:
        notice.digest = links.digest_of(notice)
    return Notice.objects.bulk_create(written)


def _concerned(record: Record, kind: str, version: int) -> QuerySet[Partner]:
    """Return the partners that it concerns and that were not told yet."""
    mine = {"record": record, "partner": OuterRef("pk")}
    if kind == Notice.Kind.RETURN:
        heard = Notice.objects.filter(**mine).exclude(kind=Notice.Kind.CORRECTION)
        asked = heard.exclude(kind=Notice.Kind.WITHDRAWAL, sent_at=None).order_by("-version")
        last = Partner.objects.annotate(last=Subquery(asked.values("kind")[:1]))
        return last.filter(last=Notice.Kind.WITHDRAWAL)
    took = Exists(Pull.objects.filter(**mine, version__lt=version))
    declared = Exists(Republication.objects.filter(**mine))
    told = Exists(Notice.objects.filter(**mine, kind=kind, version=version))
    return Partner.objects.filter(Q(took) | Q(declared), ~told)
