"""What the desk asks of the pieces of a focus: what is missing, what is late, in which order.

Pure rules: what they need of the database is handed to them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import pairwise
from typing import Protocol

PARTS_OF_A_FORUM = 3
"""One hour in three parts, as the hosts of the forum agreed."""


class Place(Enum):
    """Where something is mended."""

    PAGE = "page"
    IMAGE = "image"
    PERSON = "person"
    PRINT_DESK = "print desk"


@dataclass(frozen=True)
class Gap:
    """Something that a piece lacks, in a word.

    ``at`` is the field to fill in when the place is the page, else the key of the object to mend;
    ``of`` names that object.
    """

    word: str
    place: Place
    at: str | int = ""
    of: str = ""

    def __str__(self) -> str:
        """The word, and of what."""
        return f"{self.word} ({self.of})" if self.of else self.word


class Picture(Protocol):
    """What is asked of a picture."""

    pk: int
    title: str
    credit: str
    description: str
    is_decorative: bool

    def rights_problem(self, on: date) -> str:
        """Return why it may not be published on a day, or ""."""


class Signatory(Protocol):
    """What is asked of somebody who signs."""

    pk: int
    full_name: str
    biography: str


def gaps_of_text(
    *,
    has_text: bool,
    chapo: str,
    has_licence: bool,
    elsewhere_url: str,
    authors: Sequence[Signatory],
    signatories: Iterable[Signatory],
    pictures: Iterable[Picture],
    today: date,
) -> list[Gap]:
    """Return what an article or a tribune lacks; ``has_licence`` is its own or the focus’s."""
    wanted = {
        "texte": ("body", has_text),
        "chapô": ("id_chapo", chapo.strip()),
        "signature": ("id_authors-FORMS", authors),
        "licence": ("id_licence", has_licence),
        "adresse sur liberation.fr": ("id_elsewhere_url", elsewhere_url),
    }
    found = [Gap(word, Place.PAGE, at) for word, (at, there) in wanted.items() if not there]
    for picture in _once(pictures):
        found += _gaps_of_picture(picture, today)
    people = [person for person in _once((*authors, *signatories)) if not person.biography.strip()]
    return found + [
        Gap("biographie", Place.PERSON, person.pk, person.full_name) for person in people
    ]


def _gaps_of_picture(picture: Picture, today: date) -> Iterator[Gap]:
    wanted = {
        "crédit": picture.credit.strip(),
        "texte alternatif": picture.is_decorative or picture.description.strip(),
        "droits": not picture.rights_problem(on=today),
    }
    for word, there in wanted.items():
        if not there:
            yield Gap(word, Place.IMAGE, picture.pk, picture.title)


def _once(items: Iterable) -> list:
    return list({item.pk: item for item in items}.values())


def gaps_of_forum(
    *, starts_at: datetime | None, parts: int, stream_url: str, replay_url: str, now: datetime
) -> list[Gap]:
    """Return what a forum lacks: the stream until its day is over, the replay afterwards."""
    over = starts_at is not None and starts_at + timedelta(days=1) < now
    video = ("rediffusion", "id_replay_url", replay_url) if over else None
    wanted = (
        ("date", "id_starts_at", starts_at),
        video or ("adresse du direct", "id_stream_url", stream_url),
    )
    found = [Gap(word, Place.PAGE, at) for word, at, there in wanted if not there]
    if parts != PARTS_OF_A_FORUM:
        found.append(
            Gap(f"parties : {parts} au lieu de {PARTS_OF_A_FORUM}", Place.PAGE, "tab-parties")
        )
    return found


def gaps_of_insert(pk: int, approved: Collection[int], numbers: Collection[int]) -> list[Gap]:
    """Return the pages of a cahier that have no BAT, among all its ``numbers``."""
    waiting = sorted(set(numbers) - set(approved))
    return [Gap(f"BAT : p. {ranges(waiting)}", Place.PRINT_DESK, pk)] if waiting else []


def ranges(numbers: Sequence[int]) -> str:
    """Return sorted numbers as printers write them: « 1, 4-6 »."""
    if not numbers:
        return ""
    breaks = [place for place, (a, b) in enumerate(pairwise(numbers), 1) if b != a + 1]
    starts, ends = [0, *breaks], [*breaks, len(numbers)]
    runs = [numbers[start:end] for start, end in zip(starts, ends, strict=True)]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def closing(deadline: datetime | None, now: datetime) -> str:
    """Return how far the bouclage is; both moments are in local time."""
    if deadline is None:
        return "bouclage à fixer"
    days = (deadline.date() - now.date()).days
    if deadline > now:
        return f"J−{days} avant bouclage" if days else f"bouclage aujourd’hui à {deadline:%H:%M}"
    return {0: "bouclé aujourd’hui", -1: "bouclé hier"}.get(days, f"bouclé depuis {-days} jours")


def lateness(due_on: date | None, today: date) -> str:
    """Return how late something still awaited is, in words, or ""."""
    days = (today - due_on).days if due_on else 0
    if days <= 0:
        return ""
    return "en retard d’un jour" if days == 1 else f"en retard de {days} jours"


def reordered(
    order: Sequence[int], moving: int, *, neighbour: int, after: bool = False
) -> list[int]:
    """Return an order in which ``moving`` stands right before, or after, its new neighbour.

    Everything else keeps its order: a move made from a screen that is out of date undoes nobody
    else’s. Raises ValueError when one of the two is not there any more.
    """
    others = [key for key in order if key != moving]
    if len(others) == len(order):
        raise ValueError(moving)
    if neighbour == moving:
        return list(order)
    place = others.index(neighbour) + after
    return [*others[:place], moving, *others[place:]]
