"""What a reader was shown of a tribune, as digests, and what is different now. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from tribunes.access import Standing
from tribunes.items import Item
from tribunes.models import Change, Record
from tribunes.rendering import Rendered

Event = Change.Event

_GONE = {
    Standing.CANCELED: Event.WITHDRAWN,
    Standing.UNPUBLISHED: Event.UNPUBLISHED,
    Standing.HIDDEN: Event.UNPUBLISHED,
    Standing.EXPIRED: Event.EXPIRED,
    Standing.RIGHTS: Event.RIGHTS,
}


def shown_of(record: Record, rendered: Rendered) -> dict[str, Any]:
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


def differs(record: Record, rendered: Rendered) -> bool:
    """Whether a record is not what partners were shown last; one never shown is not, while hidden.

    Its place counts: catalogues look for it there.
    """
    if not (record.version or rendered.standing.is_shown):
        return False
    shown = shown_of(record, rendered)
    return any(shown[name] != record.shown.get(name) for name in ("standing", "item", "where"))


def new_corrections(before: Mapping[str, Any], shown: Mapping[str, Any]) -> list[list[str]]:
    """Return the corrections (day, severity, text) that were not shown before."""
    known = [row[:3] for row in before.get("corrections", [])]
    return [row for row in shown["corrections"] if row[:3] not in known]


def event_of(record: Record, shown: Mapping[str, Any]) -> Event:
    """Return what happened between what was shown last and what is shown now."""
    before, standing = record.shown, Standing(shown["standing"])
    if standing in _GONE:
        return _GONE[standing]
    if not record.version:
        return Event.CREATED
    if before.get("standing") not in ("usable", "withheld"):
        return Event.UPDATED
    if before["standing"] == "withheld" and standing == Standing.USABLE:
        return Event.RELEASED
    if new_corrections(before, shown):
        return Event.CORRECTED
    return Event.RIGHTS if before.get("text") == shown["text"] else Event.UPDATED


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
