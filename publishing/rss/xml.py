"""What all feeds in XML write alike."""

from datetime import datetime

from lxml import etree

from publishing.text import xml_safe

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def rfc2822(moment: datetime) -> str:
    """Write a date as RSS wants it (RFC 2822: English names, numeric zone), whatever the locale.

    Raises ValueError for a date without time zone.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"date without time zone: {moment!r}")
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S %z}"


def append(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Append an element; attributes without value are left out."""
    child = etree.SubElement(parent, tag)
    try:
        child.text = text or None
        for name, value in attributes.items():
            if value:
                child.set(name, value)
    except ValueError:  # lxml refuses what XML forbids; cleaning first would cost every text
        child.text = xml_safe(text) or None
        child.attrib.update({name: xml_safe(v) for name, v in attributes.items() if v})
    return child
