"""Before, during, after: what the clock makes of a forum. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

DOORS = timedelta(minutes=15)
"""The player is there that long before the hour: who comes early need not load the page again."""
OVERRUN = timedelta(minutes=30)
"""A live debate may last longer than announced: it is not cut at the hour."""


class Phase(StrEnum):
    """What readers come for."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


def phase(
    starts_at: datetime | None, ends_at: datetime | None, now: datetime, *, has_replay: bool
) -> Phase:
    """Return where a forum stands; one without an hour is yet to come.

    Once it should be over, a replay that can be seen ends the live part.
    """
    if starts_at is None or ends_at is None or now < starts_at:
        return Phase.BEFORE
    live_until = ends_at if has_replay else ends_at + OVERRUN
    return Phase.DURING if now < live_until else Phase.AFTER


def doors_are_open(starts_at: datetime | None, now: datetime) -> bool:
    """Whether the live player may be shown already."""
    return starts_at is not None and now >= starts_at - DOORS
