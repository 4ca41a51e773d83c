"""Calls of footnotes: « [1] » in a text leads to the first note, and the note leads back. Pure."""

import re
from collections.abc import Iterable

_CALL = re.compile(
    r"(?P<apart><a\b.*?</a>|<[^>]*>)"  # links hold no other link, tags are no text
    r"|(?P<space>[ \u00a0\u202f])?(?:\[(?P<number>[1-9]\d{0,2})\])",
    re.IGNORECASE | re.DOTALL,
)
_RAISED = re.compile(r"<sup>\s*(\[\d+\])\s*</sup>", re.IGNORECASE)


def link_calls(texts: Iterable[str], notes: int) -> tuple[list[str], frozenset[int]]:
    """Link each call in HTML texts to its note; return the texts and the notes that are called.

    Notes are numbered from 1; a call of a note that does not exist stays as it was typed, and so
    does one inside a link. The first call of a note has the id « appel-1 », to come back to.
    """
    called: set[int] = set()

    def link(match: re.Match[str]) -> str:
        number = int(match["number"] or 0)
        if not 0 < number <= notes:
            return match[0]
        anchor = "" if number in called else f' id="appel-{number}"'
        called.add(number)
        space = "\u202f" if match["space"] else ""
        return (
            f'{space}<sup class="call"><a{anchor} href="#note-{number}">'
            f'<span class="visually-hidden">Note </span>{number}</a></sup>'
        )

    linked = [_CALL.sub(link, _RAISED.sub(r"\1", text)) for text in texts]
    return linked, frozenset(called)
