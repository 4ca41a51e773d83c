"""What an episode needs before it is published, as plain rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from podcasts import completeness, roles
from podcasts.chapters import Chapter
from tests.podcasts.editor import plain

NOW = datetime(2026, 5, 4, 8, tzinfo=UTC)


@dataclass
class Sound:
    """A sound that is ready."""

    state: str = "ready"
    problem: str = ""
    duration: float | None = 600.0


@dataclass
class Episode:
    """An episode without cover, chapters nor soundbite."""

    title: str = "Qui prendra soin de nous ?"
    audio: Sound | None = field(default_factory=Sound)
    episode_type: str = "full"
    incomplete_reason: str = ""
    publication_date: datetime | None = None
    soundbite_start: float | None = None
    soundbite_duration: float | None = None


def problems(
    episode: Episode,
    *,
    cast: Iterable[str] = roles.REQUIRED,
    chapters: Sequence[Chapter] = (),
    artwork: Iterable[str] = (),
    namesake: str = "",
) -> dict[str, list[str]]:
    """Ask for the problems of an episode that would go live now."""
    found = completeness.problems(
        episode, cast=cast, chapters=chapters, artwork=artwork, namesake=namesake, moment=NOW
    )
    return {name: [plain(text) for text in texts] for name, texts in found.items()}


def test_a_complete_episode_lacks_nothing() -> None:
    assert problems(Episode()) == {}


def test_two_episodes_do_not_share_a_number() -> None:
    found = problems(Episode(), namesake="Qui paie ?")
    assert found == {"number": ["Ce numéro est déjà celui de « Qui paie ? »."]}


@pytest.mark.parametrize(
    ("change", "where", "said"),
    [
        ({"title": "Épisode 3 : qui ?"}, "title", "Retirez le numéro"),
        ({"title": "Ep. 3 - qui ?"}, "title", "Retirez le numéro"),
        ({"title": " #12 Qui ?"}, "title", "Retirez le numéro"),
        ({"title": "n° 4 – Qui ?"}, "title", "Retirez le numéro"),
        ({"audio": None}, "audio", "Choisissez le son"),
        ({"audio": Sound("pending", "", None)}, "audio", "n’est pas terminée"),
        ({"audio": Sound("refused", "Il manque la fin.", None)}, "audio", "Il manque la fin."),
        ({"publication_date": NOW + timedelta(seconds=1)}, "publication_date", "à venir"),
        ({"soundbite_start": 5.0}, "soundbite_duration", "ni l’un ni l’autre"),
        ({"soundbite_duration": 5.0}, "soundbite_duration", "ni l’un ni l’autre"),
        ({"soundbite_start": 0.0, "soundbite_duration": 0.0}, "soundbite_duration", "positive"),
        ({"soundbite_start": 0.0, "soundbite_duration": -1.0}, "soundbite_duration", "positive"),
        ({"soundbite_start": 590.0, "soundbite_duration": 11.0}, "soundbite_duration", "00:10:00"),
    ],
)
def test_what_is_missing_or_wrong_is_said_by_field(
    change: dict[str, Any], where: str, said: str
) -> None:
    found = problems(replace(Episode(), **change))
    assert set(found) == {where}
    assert said in found[where][0]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Trois épisodes de canicule, et après ?"},
        {"title": "Épisode cévenol : qui paie ?"},
        {"title": "100 % local, est-ce possible ?"},
        {"publication_date": NOW},
        {"soundbite_start": 0.0, "soundbite_duration": 600.0},
    ],
)
def test_what_only_looks_wrong_passes(change: dict[str, Any]) -> None:
    assert problems(replace(Episode(), **change)) == {}


@pytest.mark.parametrize("missing", roles.REQUIRED)
def test_each_of_the_four_voices_is_required(missing: str) -> None:
    cast = [role for role in roles.REQUIRED if role != missing]
    found = problems(Episode(), cast=[*cast, *cast, roles.OTHER])
    assert set(found) == {"participants"}
    assert f"Il manque : {roles.LABELS[missing]}." in found["participants"][0]


def test_a_reason_replaces_a_voice_and_blanks_are_no_reason() -> None:
    assert problems(replace(Episode(), incomplete_reason="Grippe."), cast=["host"]) == {}
    assert problems(replace(Episode(), incomplete_reason=" \n"), cast=["host"]) != {}


@pytest.mark.parametrize("kind", ["trailer", "bonus"])
def test_a_trailer_or_a_bonus_needs_its_host_only(kind: str) -> None:
    episode = replace(Episode(), episode_type=kind)
    assert problems(episode, cast=["host"]) == {}
    assert "Animation" in problems(episode, cast=["expert"])["participants"][0]


def test_chapters_lie_inside_the_sound_in_ascending_order() -> None:
    marks = [Chapter(0, "Un"), Chapter(0, "Deux"), Chapter(601, "Trois")]
    first, second = problems(Episode(), chapters=marks)["chapters"]
    assert "doit venir après" in first
    assert "hors de l’épisode" in second


def test_chapters_wait_for_the_sound() -> None:
    episode = replace(Episode(), audio=None)
    assert set(problems(episode, chapters=[Chapter(601, "Trop loin")])) == {"audio"}


def test_what_is_wrong_with_the_cover_is_said_under_the_cover() -> None:
    assert problems(Episode(), artwork=["Trop petite."]) == {"artwork": ["Trop petite."]}
