"""What is wrong with what was typed of a forum, in French. Pure."""

from collections.abc import Iterable
from itertools import pairwise

from cms.timecodes import format_timecode, parse_timecode


def address_problem(address: str) -> str:
    """Return why a page of ours cannot show what is at this address, or ""."""
    if not address or address.startswith("https://"):
        return ""
    return "Cette adresse doit commencer par « https:// » : les navigateurs refusent les autres."


def start_problem(text: str) -> str:
    """Return why this is no place in a recording, or ""; nothing typed is no problem."""
    try:
        parse_timecode(text or "0")
    except ValueError as error:
        return str(error)
    return ""


def order_problems(starts: Iterable[tuple[str, str]]) -> list[str]:
    """Return which parts do not come after the one before, from their titles and timecodes."""
    given = [(title, parse_timecode(start)) for title, start in starts if start]
    return [
        f"« {after} » ({format_timecode(later)}) doit venir après"
        f" « {before} » ({format_timecode(earlier)}) dans la rediffusion."
        for (before, earlier), (after, later) in pairwise(given)
        if later <= earlier
    ]
