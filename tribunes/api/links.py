"""Addresses around a tribune in the API."""

from tribunes import addresses
from tribunes.exports import FORMATS
from tribunes.exports.links import Links
from tribunes.items import Item
from tribunes.journal.cursors import Cursor


def links_of(item: Item) -> Links:
    """Return where the formats of an item are, and where partners answer."""
    formats = {
        name: addresses.item(item.uuid, f".{form.suffix}")
        for name, form in FORMATS.items()
        if name != "json"
    }
    return Links(
        **formats,
        publications=addresses.api("/publications"),
        ack=addresses.api(f"/retractions/{item.uuid}/ack"),
    )


def changes(cursor: Cursor | None = None, limit: int | None = None) -> str:
    """Return the address of a page of the log; of the first one without cursor."""
    query = {"cursor": cursor, "limit": limit}
    asked = "&".join(f"{name}={value}" for name, value in query.items() if value is not None)
    return addresses.api("/changes") + (f"?{asked}" if asked else "")
