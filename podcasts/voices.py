"""Who speaks when: the transcript of an episode by turns of speech, and as a drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from podcasts import roles, transcripts

LANE_HEIGHT = 10
"""Pixels from one role to the next in the drawing."""

_LANES = {role: lane for lane, role in enumerate(roles.LABELS)}


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


def score(spoken: Sequence[SpokenTurn], seconds: float) -> list[Stroke]:
    """Return a stroke for each turn of an episode of ``seconds``, a line for each role.

    Nothing is drawn unless two voices are told apart.
    """
    if len({turn.speaker for turn in spoken}) < 2 or not seconds:
        return []
    ends = [after.start for _, after in pairwise(spoken)] + [seconds]
    return [
        Stroke(
            x=f"{100 * turn.start / seconds:.2f}%",
            width=f"{100 * max(end - turn.start, 0) / seconds:.2f}%",
            y=_LANES[turn.role] * LANE_HEIGHT,
            role=turn.role,
        )
        for turn, end in zip(spoken, ends, strict=True)
    ]
