"""What one partner is shown: entries for that partner alone when its contract changes."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from tribunes.access import Standing
from tribunes.facts import reader_of
from tribunes.journal.entries import append, lock_log
from tribunes.journal.shown import digest
from tribunes.models import Change, Partner, Record
from tribunes.rendering import render


@contextmanager
def partner_changing(partner_pk: int) -> Iterator[None]:
    """Write, for one partner alone, what a change of contract, catalogue or rights shows or hides.

    The block changes the partner; block and entries are one transaction.
    """
    with transaction.atomic():
        lock_log()
        before = shown_to(_partner(partner_pk))
        yield
        if partner := _partner(partner_pk):
            write_differences(partner, before, shown_to(partner))


def write_differences(
    partner: Partner, before: Mapping[int, str], after: Mapping[int, str]
) -> None:
    """Write an entry for each tribune that is not to the partner what it was."""
    changed = [pk for pk in after if after[pk] != before.get(pk, Standing.HIDDEN)]
    for record in Record.objects.filter(pk__in=changed, version__gt=0).order_by("pk"):
        append(record, Change.Event.RIGHTS, partner=partner)


def shown_to(partner: Partner | None, at: datetime | None = None) -> dict[int, str]:
    """Return what every tribune is to a partner, now or at a moment, as digests by record."""
    if partner is None:
        return {}
    rendered = render(list(Record.objects.all()), reader_of(partner), at)
    return {
        pk: digest(found.item) if found.item else str(found.standing)
        for pk, found in rendered.items()
    }


def _partner(pk: int) -> Partner | None:
    return Partner.objects.filter(pk=pk).first()
