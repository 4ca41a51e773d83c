"""Time, compared fairly: works take turns, and what counts is the middle of many rounds."""

import gc
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from django.db import connection
from django.test.utils import CaptureQueriesContext

Work = Callable[[], object]


class Taken(NamedTuple):
    """Seconds: on the wall, and of the processor (this process and its ended children)."""

    wall: float
    cpu: float


WALL = attrgetter("wall")
"""Judges work that waits for servers and disks."""
CPU = attrgetter("cpu")
"""Judges work that only computes: what else the machine does counts less."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One result; ``kept`` is None where nothing is promised."""

    what: str
    found: str
    against: str = ""
    promise: str = ""
    kept: bool | None = None


def turns(rounds: int, *works: Work) -> list[list[Taken]]:
    """Do each work once a round, in turn; return what each turn took, by work.

    The first round is not counted, and no turn pays for the garbage of another.
    """
    taken: list[list[Taken]] = [[] for _ in works]
    for turn in range(rounds + 1):
        for work, times in zip(works, taken, strict=True):
            gc.collect()
            start = _now()
            work()
            end = _now()
            if turn:
                times.append(Taken(end.wall - start.wall, end.cpu - start.cpu))
    return taken


def _now() -> Taken:
    spent = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Taken(time.perf_counter(), sum(use.ru_utime + use.ru_stime for use in spent))


def queries(work: Work) -> int:
    """Count the queries of a work."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return len(asked)


def ratio(ours: Sequence[Taken], theirs: Sequence[Taken], clock: attrgetter) -> float:
    """Return how many times longer ours takes, in the middle of the rounds."""
    return median(clock(a) / clock(b) for a, b in zip(ours, theirs, strict=True))


def middle(times: Sequence[Taken], clock: attrgetter) -> str:
    """Write the time of the middle round."""
    seconds = median(map(clock, times))
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def compared(
    what: str,
    ours: Sequence[Taken],
    reference: str,
    theirs: Sequence[Taken],
    clock: attrgetter,
    most: float | None = None,
) -> Line:
    """Compare two works; ``most`` is the ratio that is promised, if any."""
    found = ratio(ours, theirs, clock)
    return Line(
        what=what,
        found=middle(ours, clock),
        against=f"{found:.2f} × {reference} ({middle(theirs, clock)})",
        promise=f"≤ {most:g} ×" if most else "",
        kept=found <= most if most else None,
    )
