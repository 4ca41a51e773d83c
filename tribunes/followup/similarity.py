"""How much of a text is on a page, and which of its versions it is. Pure; time is linear.

Texts are compared by runs of :data:`RUN` words inside a paragraph: what a page puts between
paragraphs (a summary, an advertisement) changes nothing, one changed word costs a few runs.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

RUN = 5
_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))

Runs = frozenset[tuple[str, ...]]


def words(text: str) -> list[str]:
    """Return the words of a text, whatever its capitals, punctuation, spaces and hyphenation."""
    plain = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    return _WORD.findall(plain.casefold())


def says(page: str, text: str) -> bool:
    """Whether a page (words parted by spaces) holds the words of a text, one after the other."""
    wanted = " ".join(words(text))
    return bool(wanted) and f" {wanted} " in f" {page} "


def runs_of(paragraphs: Iterable[Sequence[str]]) -> Runs:
    """Return the runs of each paragraph; a text of short lines is taken as one paragraph."""
    paragraphs = list(paragraphs)
    found = frozenset(run for line in paragraphs for run in _runs(line))
    if found:
        return found
    whole = [word for line in paragraphs for word in line]
    return frozenset(_runs(whole)) or (frozenset([tuple(whole)]) if whole else frozenset())


def text_runs(text: str) -> Runs:
    """Return the runs of a plain text whose paragraphs are parted by an empty line."""
    return runs_of(words(line) for line in text.split("\n\n"))


def shared(page: Sequence[str], known: Mapping[int, Runs]) -> Runs:
    """Return which of the runs of some versions are on a page."""
    wanted = frozenset().union(*known.values())
    sizes = {len(run) for run in wanted}
    return frozenset(run for size in sizes for run in _runs(page, size) if run in wanted)


def likeness(found: Runs, version: Runs) -> float:
    """Return how close a page is to a version, from 0 to 1: missing and foreign runs count."""
    everything = found | version
    return len(found & version) / len(everything) if everything else 0.0


def closest(found: Runs, known: Mapping[int, Runs]) -> int:
    """Return the version that a page is closest to, the newest of those that are equal."""
    return max(known, key=lambda number: (likeness(found, known[number]), number))


def coverage(found: Runs, version: Runs) -> float:
    """Return which part of a version is on a page, from 0 to 1."""
    return len(found & version) / len(version) if version else 0.0


def _runs(line: Sequence[str], size: int = RUN) -> Iterable[tuple[str, ...]]:
    return zip(*(line[start:] for start in range(size)), strict=False)
