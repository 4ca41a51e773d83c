"""Who speaks when: the transcript of an episode by turns of speech, and as a drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cms import transcripts
from podcasts import roles

LANE = 11
"""Pixels from one line of the drawing to the next."""


@dataclass(frozen=True, kw_only=True)
class SpokenTurn:
    """What one speaker says in a row, from ``start`` (seconds); ``role`` may be unknown."""

    start: float
    speaker: str
    role: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """A turn as a stroke of the drawing: ``x`` and ``width`` in percent, ``y`` in pixels."""

    x: str
    width: str
    y: int
    role: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """The drawing: its height in pixels and its strokes."""

    height: int
    strokes: tuple[Stroke, ...]


def turns(transcript: str, role_of: Mapping[str, str]) -> list[SpokenTurn]:
    """Return the turns of a WebVTT transcript; ``role_of`` gives roles by full name.

    Raises TranscriptRefused for a text that is not WebVTT.
    """
    if not transcript:
        return []
    return [
        SpokenTurn(
            start=turn.start,
            speaker=turn.speaker,
            role=role_of.get(turn.speaker, roles.OTHER),
            text=turn.text,
        )
        for turn in transcripts.turns(transcripts.parse(transcript.encode()))
    ]


def score(spoken: Sequence[SpokenTurn], seconds: float) -> Score | None:
    """Return the drawing of an episode of ``seconds``: a line a role, a stroke a turn.

    Nothing is drawn unless two voices are told apart.
    """
    if len({turn.speaker for turn in spoken}) < 2 or not seconds:
        return None
    present = {turn.role for turn in spoken}
    lines = {role: line for line, role in enumerate(r for r in roles.LABELS if r in present)}
    ends = [after.start for _, after in pairwise(spoken)] + [seconds]
    return Score(
        height=LANE * len(lines),
        strokes=tuple(
            Stroke(
                x=f"{100 * turn.start / seconds:.2f}%",
                width=f"{100 * max(end - turn.start, 0) / seconds:.2f}%",
                y=lines[turn.role] * LANE,
                role=turn.role,
            )
            for turn, end in zip(spoken, ends, strict=True)
        ),
    )
