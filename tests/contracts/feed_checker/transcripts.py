"""Transcripts and chapters as files: they parse, are in order and lie inside the episode.

Formats: WebVTT (W3C), SubRip, the JSON transcript and JSON chapters of the podcast namespace.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from .problems import Problem, error, warning
from .values import url

_VTT_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_SRT_TIME = r"(\d{2,}):([0-5]\d):([0-5]\d),(\d{3})"
_TIMINGS = {
    "text/vtt": re.compile(rf"{_VTT_TIME} +--> +{_VTT_TIME}(?: .*)?"),
    "application/x-subrip": re.compile(rf"{_SRT_TIME} --> {_SRT_TIME}"),
}
_WIDTHS = {"text/vtt": (None, 65), "application/x-subrip": (2, 32)}
_SLACK = 1.0
"""Seconds: the feed gives the duration in whole seconds."""


class Cue(NamedTuple):
    """One timed passage: start and end in seconds, its lines without markup."""

    start: float
    end: float
    lines: list[str]


def check_transcript(
    body: bytes, media_type: str, duration: float, where: str
) -> Iterator[Problem]:
    """Check a transcript against its format and the episode's `duration` in seconds."""
    try:
        cues = _READERS[media_type](body.decode("utf-8"))
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        yield error("transcript", where, f"does not parse as {media_type}: {failure!r}")
        return
    if any(earlier.start > later.start for earlier, later in pairwise(cues)):
        yield error("transcript", where, "the passages are not in order")
    if late := [cue for cue in cues if not cue.start < cue.end <= duration + _SLACK]:
        yield error("transcript", where, f"{late[0]} ends before it starts or after {duration:g} s")
    most, width = _WIDTHS.get(media_type, (None, None))
    for cue in cues:
        if most and len(cue.lines) > most:
            yield warning("transcript", where, f"more than {most} lines at {cue.start:g} s")
        if width and (long := [line for line in cue.lines if len(line) > width]):
            yield warning("transcript", where, f"«{long[0]}» is longer than {width} characters")


def check_chapters(body: bytes, duration: float, where: str) -> Iterator[Problem]:
    """Check a chapters file and its order against the episode's `duration` in seconds."""
    try:
        document = json.loads(body.decode("utf-8"))
        version, chapters = document["version"], document["chapters"]
        starts = [float(chapter["startTime"]) for chapter in chapters]
        ends = [float(chapter["endTime"]) for chapter in chapters if "endTime" in chapter]
        named = all(chapter.get("title") or chapter.get("toc") is False for chapter in chapters)
        links = [chapter[key] for chapter in chapters for key in ("url", "img") if key in chapter]
    except (ValueError, KeyError, TypeError, AttributeError) as failure:
        yield error("chapters", where, f"do not parse: {failure!r}")
        return
    if version != "1.2.0":
        yield error("chapters", where, f"version «{version}» is not 1.2.0")
    if not chapters or not named:
        yield error("chapters", where, "no chapter, or one without title")
    if any(earlier >= later for earlier, later in pairwise(starts)):
        yield error("chapters", where, "are not in ascending order")
    if any(not 0 <= start < duration for start in starts) or any(
        end > duration + _SLACK for end in ends
    ):
        yield error("chapters", where, f"lie outside the episode ({duration:g} s)")
    for message in filter(None, map(url, links)):
        yield error("chapters", where, message)


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _cue(lines: list[str], media_type: str) -> Cue:
    timing = _TIMINGS[media_type].fullmatch(lines[0]) if lines else None
    if not timing or not lines[1:]:
        raise ValueError(f"no timing and text in {lines}")
    parts = timing.groups()
    text = [re.sub(r"<[^>]*>", "", line) for line in lines[1:]]
    return Cue(_seconds(parts[:4]), _seconds(parts[4:]), text)


def _blocks(text: str) -> list[list[str]]:
    return [block.splitlines() for block in re.split(r"(?:\r?\n){2,}", text.strip()) if block]


def _vtt(text: str) -> list[Cue]:
    header, *blocks = _blocks(text)
    if not re.match(r"WEBVTT(?:[ \t]|$)", header[0]):
        raise ValueError("the first line is not WEBVTT")
    passages = [
        block for block in blocks if block[0].split(" ")[0] not in ("NOTE", "STYLE", "REGION")
    ]
    return _filled(
        [_cue(block if "-->" in block[0] else block[1:], "text/vtt") for block in passages]
    )


def _srt(text: str) -> list[Cue]:
    blocks = _blocks(text)
    if [block[0] for block in blocks] != [str(number + 1) for number in range(len(blocks))]:
        raise ValueError("the passages are not numbered 1, 2, 3…")
    return _filled([_cue(block[1:], "application/x-subrip") for block in blocks])


def _json(text: str) -> list[Cue]:
    document: dict[str, Any] = json.loads(text)
    if document["version"] != "1.0.0":
        raise ValueError("the version is not 1.0.0")
    return _filled(
        [
            Cue(float(part["startTime"]), float(part["endTime"]), [str(part["body"])])
            for part in document["segments"]
        ]
    )


def _untimed(text: str) -> list[Cue]:
    if not text.strip():
        raise ValueError("is empty")
    return []


def _filled(cues: list[Cue]) -> list[Cue]:
    if not cues:
        raise ValueError("holds no passage")
    return cues


_READERS = {
    "text/vtt": _vtt,
    "application/x-subrip": _srt,
    "application/json": _json,
    "text/html": _untimed,
    "text/plain": _untimed,
}
