"""Chapters of an episode: times, checks, and the forms in which apps read them."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

CHAPTERS_MAX = 255
"""An ID3 table of contents counts its chapters in one byte (ID3v2 Chapter Frame Addendum, §3.2)."""

_APPLE_MINIMUM = 3
_TIMECODE = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5})(?:[.,](\d{1,3}))?", re.ASCII)


@dataclass(frozen=True)
class Chapter:
    """From ``start`` (seconds) on, the episode speaks of ``title``."""

    start: float
    title: str
    url: str = ""
    image: str = ""


def parse_timecode(text: str) -> float:
    """Return the seconds of « 1:02:03.5 », « 62:03 », « 01:02:03,500 » or « 90 ».

    Raises ValueError with a French sentence for anything else.
    """
    match = _TIMECODE.fullmatch(text.strip())
    hours, minutes, seconds, fraction = match.groups(default="") if match else ("", "", "", "")
    too_many_seconds = minutes and (len(seconds) > 2 or int(seconds) > 59)
    too_many_minutes = hours and int(minutes) > 59
    if not match or too_many_seconds or too_many_minutes:
        raise ValueError(f"« {text} » n’est pas un temps. Écrivez-le ainsi : 12:30 ou 1:02:30.")
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)
    return (whole * 1000 + int(fraction.ljust(3, "0"))) / 1000


def format_timecode(seconds: float) -> str:
    """Return « 01:02:03 », with milliseconds after a point when there are any."""
    milliseconds = round(seconds * 1000)
    whole, rest = divmod(milliseconds, 1000)
    fraction = f".{rest:03}".rstrip("0") if rest else ""
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{fraction}"


def problems(chapters: Sequence[Chapter], duration: float) -> list[str]:
    """Say in French what is wrong with the chapters of an episode of ``duration`` seconds."""
    found = [
        f"Le chapitre de {format_timecode(chapter.start)} n’a pas de titre."
        for chapter in chapters
        if not chapter.title.strip()
    ]
    found += [
        f"« {after.title} » ({format_timecode(after.start)}) doit venir après "
        f"« {before.title} » ({format_timecode(before.start)})."
        for before, after in pairwise(chapters)
        if after.start <= before.start
    ]
    found += [
        f"« {chapter.title} » commence à {format_timecode(chapter.start)}, hors de l’épisode, "
        f"qui dure {format_timecode(int(duration))}."
        for chapter in chapters
        if not 0 <= chapter.start < duration
    ]
    if len(chapters) > CHAPTERS_MAX:
        found.append(f"Il y a {len(chapters)} chapitres ; {CHAPTERS_MAX} au plus sont possibles.")
    return found


def advice(chapters: Sequence[Chapter]) -> list[str]:
    """Say in French what would make apps show these chapters better; nothing here is an error.

    Apple reads chapters from the notes when there are at least three and the first is at 0
    (https://podcasters.apple.com/support/5482).
    """
    if not chapters:
        return []
    found = []
    if len(chapters) < _APPLE_MINIMUM:
        found.append("Apple Podcasts ne montre les chapitres qu’à partir de trois.")
    if chapters[0].start != 0:
        found.append("Apple Podcasts et Spotify attendent un premier chapitre à 00:00:00.")
    return found


def ends(chapters: Sequence[Chapter], duration: float) -> list[float]:
    """Return where each chapter ends, in seconds: at the next one, the last with the episode."""
    return [*(chapter.start for chapter in chapters[1:]), duration][: len(chapters)]


def to_json(chapters: Sequence[Chapter]) -> bytes:
    """Return a podcast:chapters file (podcast namespace, JSON chapters 1.2.0).

    The same chapters always give the same bytes.
    """
    return json.dumps(
        {"version": "1.2.0", "chapters": [_json_chapter(chapter) for chapter in chapters]},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()


def _json_chapter(chapter: Chapter) -> dict[str, Any]:
    optional = {"url": chapter.url, "img": chapter.image}
    return {
        "startTime": round(float(chapter.start), 3),
        "title": chapter.title,
        **{name: value for name, value in optional.items() if value},
    }


def description_lines(chapters: Sequence[Chapter]) -> list[str]:
    """Return « 00:00:00 Titre » for each chapter: what Apple and Spotify read in the notes."""
    return [f"{format_timecode(int(chapter.start))} {chapter.title}" for chapter in chapters]
