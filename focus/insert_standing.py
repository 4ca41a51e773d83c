"""Which version of each printed page readers may see. Pure.

What is online carries a signature, always. From the hour at which the paper goes out it is the
newest signed version of each page, with one exception: a version that was there before that hour
and that nobody signed was meant for the paper, and what it replaces was withdrawn for a reason. So
the cahier waits for it. A version that comes after the hour is a correction under way: it takes
nothing away from readers before it is signed itself. A page whose signature was taken back takes
the cahier with it until it is signed again. To withdraw a cahier at once, unpublish its page.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple


class Candidate(NamedTuple):
    """What is asked of a version of a page."""

    created_at: datetime
    is_signed: bool


def standing(candidates: Sequence[Candidate], hour: datetime) -> int | None:
    """Return which version of a page to show, the newest being 0; None while it must wait."""
    for index, candidate in enumerate(candidates):
        if candidate.is_signed:
            return index
        if candidate.created_at < hour:
            return None
    return None
