"""The calendar file of a forum (iCalendar, RFC 5545): the one door to icalendar. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone

CONTENT_TYPE = "text/calendar; charset=utf-8"
REMINDER = timedelta(minutes=30)
"""How long before the start the calendar of the reader rings."""

_ZONE = "Europe/Paris"
_PRODUCT = "-//Solutions solidaires//Forum//FR"


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """An event; ``published_at`` is when it was last changed: calendars keep the latest."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    published_at: datetime
    url: str
    description: str = ""
    place: str = ""
    reminder: str = ""


def write(invitation: Invitation) -> bytes:
    """Return the file; the same invitation always gives the same bytes.

    SEQUENCE must grow with every change (§3.8.7.4) and fit into 32 bits: minutes since 1970.
    """
    zone = ZoneInfo(_ZONE)
    event = Event()
    event.add("UID", invitation.uid)
    event.add("DTSTAMP", invitation.published_at)
    event.add("LAST-MODIFIED", invitation.published_at)
    event.add("SEQUENCE", int(invitation.published_at.timestamp() // 60))
    event.add("DTSTART", invitation.starts_at.astimezone(zone))
    event.add("DTEND", invitation.ends_at.astimezone(zone))
    event.add("SUMMARY", invitation.title)
    event.add("URL", invitation.url)
    event.add("STATUS", "CONFIRMED")
    event.add("TRANSP", "OPAQUE")
    for name, text in (("LOCATION", invitation.place), ("DESCRIPTION", invitation.description)):
        if text:
            event.add(name, text)
    event.add_component(
        Alarm.new_display(description=invitation.reminder or invitation.title, trigger=-REMINDER)
    )
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _PRODUCT)
    calendar.add_component(_rules_of(zone, invitation))
    calendar.add_component(event)
    return calendar.to_ical()


def _rules_of(zone: ZoneInfo, invitation: Invitation) -> Timezone:
    """Return when clocks change around the event."""
    first, last = (
        date(invitation.starts_at.year, 1, 1),
        date(invitation.ends_at.year + 1, 12, 31),
    )
    rules = Timezone.from_tzinfo(zone, _ZONE, first_date=first, last_date=last)
    del rules["COMMENT"]
    return rules
