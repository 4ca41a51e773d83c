"""Chapters of an episode: checks, and the forms in which apps read them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cms.timecodes import format_timecode

CHAPTERS_MAX = 255
"""An ID3 table of contents counts its chapters in one byte (ID3v2 Chapter Frame Addendum, §3.2)."""

_APPLE_MINIMUM = 3


@dataclass(frozen=True)
class Chapter:
    """From ``start`` (seconds) on, the episode speaks of ``title``."""

    start: float
    title: str
    url: str = ""
    image: str = ""


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
