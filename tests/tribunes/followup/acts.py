"""What editors and partners do to a tribune in these tests."""

from typing import Any

from cms.withdrawing import withdraw
from tests.factories.focus import publish
from tribunes.models import (
    Notice,
    Partner,
    Pull,
    Record,
    Republication,
    TribuneCorrection,
    TribunePage,
)

REASON = "Une citation était inventée."


def again(tribune: TribunePage) -> TribunePage:
    """Return the page as the database has it."""
    return TribunePage.objects.get(pk=tribune.pk)


def change(tribune: TribunePage, **fields: Any) -> Record:
    """Publish a tribune with other values; return its record."""
    tribune = again(tribune)
    for name, value in fields.items():
        setattr(tribune, name, value)
    publish(tribune)
    return record_of(tribune)


def correct(tribune: TribunePage, text: str = "Douze, non treize.", severity: str = "high") -> None:
    """Publish a correction."""
    tribune = again(tribune)
    tribune.corrections.add(TribuneCorrection(text=text, severity=severity))
    publish(tribune)


def retract(tribune: TribunePage, reason: str = REASON) -> None:
    """Withdraw a tribune."""
    withdraw(again(tribune), reason=reason)


def record_of(tribune: TribunePage) -> Record:
    """Return what the outside knows of a tribune."""
    return Record.objects.get(uuid=tribune.uuid)


def pull(partner: Partner, tribune: TribunePage, **fields: Any) -> Pull:
    """Let a partner take the text as it is."""
    record = record_of(tribune)
    said = {"version": record.version, "format": "json", "door": Pull.Door.API} | fields
    return Pull.objects.create(record=record, partner=partner, **said)


def copy(partner: Partner, tribune: TribunePage, url: str, **fields: Any) -> Republication:
    """Write a declaration down without a check."""
    said = {"version": 1, "declared_by": "la rédaction", "check_at": None} | fields
    return Republication.objects.create(record=record_of(tribune), partner=partner, url=url, **said)


def notices(**fields: Any) -> list[tuple[str, int]]:
    """Return kind and version of the notices, the oldest first."""
    rows = Notice.objects.filter(**fields).order_by("pk")
    return list(rows.values_list("kind", "version"))
