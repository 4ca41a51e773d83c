"""What the desk asks of pieces: what is missing, what is late, in which order."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus.pieces import (
    Place,
    closing,
    gaps_of_forum,
    gaps_of_insert,
    gaps_of_text,
    lateness,
    ranges,
    reordered,
)

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, 0)  # noqa: DTZ001 - local time


@dataclass
class Somebody:
    """A signatory."""

    pk: int = 1
    full_name: str = "Camille Exemple"
    biography: str = "Travaille."


@dataclass
class Picture:
    """A picture."""

    pk: int = 7
    title: str = "Marché"
    credit: str = "Jeanne Martin"
    description: str = "Un étal."
    is_decorative: bool = False
    problem: str = ""

    def rights_problem(self, on: date) -> str:
        """Return what the test says."""
        assert on == TODAY
        return self.problem


def text(**changes: Any) -> list[str]:
    """Return, in words, what a text lacks that was complete before the changes."""
    complete = {
        "has_text": True,
        "chapo": "Un chapô.",
        "has_licence": True,
        "elsewhere_url": "https://liberation.fr/exemple",
        "authors": [Somebody()],
        "signatories": [],
        "pictures": [Picture()],
        "today": TODAY,
    }
    return list(map(str, gaps_of_text(**complete | changes)))


def test_a_complete_text_lacks_nothing() -> None:
    assert text() == []


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"has_text": False}, "texte"),
        ({"chapo": " \n"}, "chapô"),
        ({"authors": []}, "signature"),
        ({"has_licence": False}, "licence"),
        ({"elsewhere_url": ""}, "adresse sur liberation.fr"),
        ({"pictures": [Picture(credit=" ")]}, "crédit (Marché)"),
        ({"pictures": [Picture(description="")]}, "texte alternatif (Marché)"),
        ({"pictures": [Picture(problem="Expiré.")]}, "droits (Marché)"),
        ({"authors": [Somebody(biography=" ")]}, "biographie (Camille Exemple)"),
        ({"signatories": [Somebody(pk=2, biography="")]}, "biographie (Camille Exemple)"),
    ],
)
def test_each_thing_that_is_missing_is_one_word(changes: dict[str, Any], word: str) -> None:
    assert text(**changes) == [word]


def test_a_decorative_picture_needs_no_alternative() -> None:
    assert text(pictures=[Picture(description="", is_decorative=True)]) == []


def test_what_comes_twice_is_said_once() -> None:
    mute, bare = Somebody(biography=""), Picture(credit="")
    found = text(authors=[mute], signatories=[mute], pictures=[bare, bare])
    assert found == ["crédit (Marché)", "biographie (Camille Exemple)"]


def test_a_gap_says_where_it_is_mended() -> None:
    gaps = gaps_of_text(
        has_text=True,
        chapo="",
        has_licence=True,
        elsewhere_url="https://liberation.fr/exemple",
        authors=[Somebody(biography="")],
        signatories=[],
        pictures=[Picture(credit="")],
        today=TODAY,
    )
    assert [(gap.place, gap.at) for gap in gaps] == [
        (Place.PAGE, "id_chapo"),
        (Place.IMAGE, 7),
        (Place.PERSON, 1),
    ]


def forum(**changes: Any) -> list[str]:
    """Return, in words, what a forum lacks that was complete before the changes."""
    complete = {
        "starts_at": NOON + timedelta(days=9),
        "parts": 3,
        "stream_url": "https://direct.exemple",
        "replay_url": "",
        "now": NOON,
    }
    return list(map(str, gaps_of_forum(**complete | changes)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, []),
        ({"starts_at": None}, ["date"]),
        ({"stream_url": ""}, ["adresse du direct"]),
        ({"parts": 2}, ["parties : 2 au lieu de 3"]),
        ({"parts": 4}, ["parties : 4 au lieu de 3"]),
        ({"starts_at": NOON - timedelta(hours=23)}, []),
        ({"starts_at": NOON - timedelta(hours=25)}, ["rediffusion"]),
        ({"starts_at": NOON - timedelta(days=9), "stream_url": "", "replay_url": "https://x"}, []),
    ],
)
def test_what_a_forum_lacks(changes: dict[str, Any], words: list[str]) -> None:
    assert forum(**changes) == words


@pytest.mark.parametrize(
    ("approved", "words"),
    [
        (range(1, 9), []),
        ((), ["BAT : p. 1-8"]),
        ((2, 3, 7), ["BAT : p. 1, 4-6, 8"]),
    ],
)
def test_pages_of_a_cahier_without_bat(approved: Any, words: list[str]) -> None:
    assert [str(gap) for gap in gaps_of_insert(5, approved, range(1, 9))] == words


@given(st.sets(st.integers(1, 96)))
def test_ranges_name_every_number_and_no_other(numbers: set[int]) -> None:
    runs = [run.split("-") for run in ranges(sorted(numbers)).split(", ") if run]
    named = [n for run in runs for n in range(int(run[0]), int(run[-1]) + 1)]
    assert named == sorted(numbers)
    assert all(int(b[0]) > int(a[-1]) + 1 for a, b in pairwise(runs))


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        (None, "bouclage à fixer"),
        (NOON + timedelta(days=12), "J−12 avant bouclage"),
        (NOON + timedelta(hours=13), "J−1 avant bouclage"),
        (NOON + timedelta(hours=6), "bouclage aujourd’hui à 18:00"),
        (NOON, "bouclé aujourd’hui"),
        (NOON - timedelta(hours=13), "bouclé hier"),
        (NOON - timedelta(days=3), "bouclé depuis 3 jours"),
    ],
)
def test_days_to_bouclage(deadline: datetime | None, words: str) -> None:
    assert closing(deadline, NOON) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, ""), (0, ""), (1, "en retard d’un jour"), (3, "en retard de 3 jours")],
)
def test_lateness_is_said_in_words(days: int, words: str) -> None:
    assert lateness(TODAY - timedelta(days=days), TODAY) == words


def test_nothing_is_late_without_a_date() -> None:
    assert lateness(None, TODAY) == ""


@pytest.mark.parametrize(
    ("moving", "neighbour", "after", "order"),
    [
        (3, 1, False, [3, 1, 2, 4]),
        (3, 2, False, [1, 3, 2, 4]),
        (1, 4, True, [2, 3, 4, 1]),
        (1, 2, True, [2, 1, 3, 4]),
        (2, 1, True, [1, 2, 3, 4]),
        (2, 2, False, [1, 2, 3, 4]),
    ],
)
def test_a_piece_moves_next_to_its_neighbour(
    moving: int, neighbour: int, after: bool, order: list[int]
) -> None:
    assert reordered([1, 2, 3, 4], moving, neighbour=neighbour, after=after) == order


@given(st.permutations(range(6)), st.sampled_from(range(6)), st.sampled_from(range(6)))
def test_a_move_loses_nothing_and_disturbs_nobody(
    order: list[int], moving: int, neighbour: int
) -> None:
    after = reordered(order, moving, neighbour=neighbour, after=True)
    assert sorted(after) == sorted(order)
    assert [n for n in after if n != moving] == [n for n in order if n != moving]


@pytest.mark.parametrize(("moving", "neighbour"), [(9, 1), (1, 9)])
def test_what_is_gone_cannot_move(moving: int, neighbour: int) -> None:
    with pytest.raises(ValueError, match=r"9|not in list"):
        reordered([1, 2, 3], moving, neighbour=neighbour)
