"""When to try again (Standard Webhooks 1.0, with the steps of the partner contract)."""

import re
import secrets
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24)))
)
"""Before the second try, the third… about 76 hours in all."""
TRIES = len(PAUSES) + 1
JITTER = 0.1
"""Share of a pause left to chance, either way: a crowd does not come back in step."""
LONGEST = PAUSES[-1]
"""However long a server asks to be spared."""
SLOW = (429, 502, 503, 504)
"""What a server says that is in trouble: everything for it waits, and never less than this:"""
SPARED = timedelta(minutes=5)

_random = secrets.SystemRandom()


def pause(tries: int, status: int | None, retry_after: timedelta | None) -> timedelta:
    """Return how long to wait after that many tries, the last with this outcome."""
    chosen = PAUSES[tries - 1] * _random.uniform(1 - JITTER, 1 + JITTER)
    return max(chosen, spared(status, retry_after)) if status else chosen


def spared(status: int | None, retry_after: timedelta | None) -> timedelta:
    """Return for how long nothing else is sent to a server that answered so, or not at all.

    One that is away makes every sender wait for the whole timeout: one of them is enough.
    """
    asked = min(retry_after or timedelta(), LONGEST)
    return max(asked, SPARED) if status is None or status in SLOW else asked


def parse_retry_after(value: str, now: datetime) -> timedelta | None:
    """Read a ``Retry-After`` header, seconds or a date (RFC 9110 §10.2.3); None for nonsense."""
    if re.fullmatch(r"[0-9]{1,9}", value.strip(), re.ASCII):
        return timedelta(seconds=int(value))
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    # Without a zone, an HTTP date is in GMT.
    return max(date.replace(tzinfo=date.tzinfo or now.tzinfo) - now, timedelta())
