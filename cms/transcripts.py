"""Transcripts with times: WebVTT and SubRip in, WebVTT, SubRip and turns of speech out.

WebVTT (https://www.w3.org/TR/webvtt1/) is the form that is kept. The line lengths are those of
the podcast namespace (https://podcastindex.org/namespace/1.0, transcript).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import groupby
from textwrap import wrap

from cms.timecodes import parse_timecode
from publishing.text import xml_safe

VTT_LINE = 65
SRT_LINE = 32
SRT_LINES = 2

_TIME = r"((?:\d{1,3}:)?[0-5]?\d:[0-5]\d[.,]\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?", re.ASCII)
_ASIDES = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_VOICE = re.compile(r"v(?:\.\S*)?\s+(.+)", re.DOTALL)
_SRT_MARKUP = re.compile(r"</?(?:[bius]|font)(?:\s[^>]*)?>|\{\\[^}]*\}", re.IGNORECASE)
_WORD = r"(?:[^\W\d_a-zà-ÿ][\w’'.·-]*|d[eu]s?|l[ae]s?|d’[\w-]+)"
_SRT_VOICE = re.compile(rf"(?=.{{1,60}}:)({_WORD}(?: {_WORD}){{0,5}})\s?:\s+(?=\S)")


class TranscriptRefused(Exception):
    """The transcript cannot be read; ``line`` is the line to look at (1 is the first).

    ``str()`` of it is a French sentence: what is wrong, how to mend it.
    """

    def __init__(self, message: str, line: int) -> None:
        """Put the line number in front of the message."""
        super().__init__(f"Ligne {line} : {message}")
        self.line = line


@dataclass(frozen=True)
class Cue:
    """What is said from ``start`` to ``end`` (seconds); ``speaker`` is empty when not named."""

    start: float
    end: float
    speaker: str
    text: str


@dataclass(frozen=True)
class Turn:
    """Everything that one speaker says before another one speaks."""

    start: float
    speaker: str
    text: str


def parse(data: bytes) -> list[Cue]:
    """Read a WebVTT or SubRip file; markup other than voices is dropped.

    Encodings: UTF-8, UTF-16 with its mark, Windows-1252. Raises TranscriptRefused, which names
    the line to mend.
    """
    lines = re.split("\r\n|\r|\n", xml_safe(_decode(data)))
    is_vtt = lines[0].startswith("WEBVTT")
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        if is_vtt and (number == 1 or _ASIDES.match(block[0])):
            continue
        times, text, number = _split(block, number)
        start, end = map(parse_timecode, times)
        _check_times(start, end, cues, number)
        said = _vtt_voices(text) if is_vtt else [("", _SRT_MARKUP.sub("", text))]
        pieces = [(_line(speaker), _line(words)) for speaker, words in said]
        cues += [Cue(start, end, speaker, words) for speaker, words in pieces if words]
    if not cues:
        raise TranscriptRefused(
            "aucune parole trouvée. Le fichier doit être au format WebVTT (.vtt) ou SubRip (.srt).",
            1,
        )
    return cues if is_vtt else _srt_voices(cues)


def to_vtt(cues: Sequence[Cue]) -> str:
    """Write WebVTT, each voice as ``<v Name>``, in lines of at most ``VTT_LINE`` characters."""
    blocks = ["WEBVTT"]
    for cue in cues:
        voice = f"<v {escape(cue.speaker, quote=False)}>" if cue.speaker else ""
        lines = _wrapped(escape(cue.text, quote=False), VTT_LINE, voice)
        times = f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}"
        blocks.append("\n".join([times, *lines]))
    return "\n\n".join(blocks) + "\n"


def to_srt(cues: Sequence[Cue]) -> str:
    """Write SubRip: at most ``SRT_LINES`` lines of ``SRT_LINE`` characters at a time.

    « Nom : » opens each turn of speech. A cue too long for one screen is cut, its time shared by
    the number of characters.
    """
    blocks = []
    previous = ""
    for cue in cues:
        voice = f"{cue.speaker}\u00a0: " if cue.speaker != previous else ""
        previous = cue.speaker
        for start, end, lines in _screens(cue, _wrapped(cue.text, SRT_LINE, voice)):
            times = f"{_clock(start, ',')} --> {_clock(end, ',')}"
            blocks.append("\n".join([str(len(blocks) + 1), times, *lines]))
    return "\n\n".join(blocks) + "\n"


def turns(cues: Sequence[Cue]) -> list[Turn]:
    """Group cues by turns of speech, for a page; texts are plain, the template escapes them."""
    grouped = (list(group) for _, group in groupby(cues, lambda cue: cue.speaker))
    return [
        Turn(said[0].start, said[0].speaker, " ".join(cue.text for cue in said)) for said in grouped
    ]


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TranscriptRefused("ce n’est pas du texte. Enregistrez le fichier en UTF-8.", 1)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield runs of lines that are not blank, each with the number of its first line."""
    numbered = enumerate(lines, 1)
    for filled, run in groupby(numbered, lambda item: bool(item[1].strip())):
        if filled:
            numbers, block = zip(*run, strict=True)
            yield numbers[0], list(block)


def _split(block: list[str], number: int) -> tuple[tuple[str, str], str, int]:
    """Return the two times of a block, its text and the line of its times."""
    for index, line in enumerate(block[:2]):
        if match := _TIMES.fullmatch(line):
            return match.groups(), "\n".join(block[index + 1 :]), number + index
    at = next((index for index, line in enumerate(block[:2]) if "-->" in line), 0)
    raise TranscriptRefused(
        f"« {block[at].strip()[:60]} » : une ligne de temps est attendue ici, "
        "comme « 00:01:02.500 --> 00:01:05.000 ».",
        number + at,
    )


def _check_times(start: float, end: float, cues: list[Cue], number: int) -> None:
    if end <= start:
        raise TranscriptRefused("la fin doit venir après le début.", number)
    if cues and start < cues[-1].start:
        raise TranscriptRefused(
            f"cette parole commence avant la précédente ({_clock(cues[-1].start, '.')}).", number
        )


def _vtt_voices(text: str) -> list[tuple[str, str]]:
    """Cut a cue at its voice tags; the other tags go (WebVTT §4.2.2)."""
    voices = [("", "")]
    for index, part in enumerate(re.split(r"<([^>]*)>", text)):
        if index % 2 == 0:
            speaker, said = voices[-1]
            voices[-1] = speaker, said + unescape(part)
        elif match := _VOICE.fullmatch(part):
            voices.append((unescape(match[1]), ""))
        elif part == "/v":
            voices.append(("", ""))
    return voices


def _srt_voices(cues: list[Cue]) -> list[Cue]:
    """Read « Nom : » at the start of a cue as its voice, which lasts until the next one.

    A file that does not name the first voice names none: a colon is then a mere colon.
    """
    if not _SRT_VOICE.match(cues[0].text):
        return cues
    named = []
    speaker = ""
    for cue in cues:
        text = cue.text
        if match := _SRT_VOICE.match(text):
            speaker, text = match[1], text[match.end() :]
        named.append(replace(cue, speaker=speaker, text=text))
    return named


def _screens(cue: Cue, lines: list[str]) -> Iterator[tuple[float, float, list[str]]]:
    """Share the time of a cue between its screens, by the number of characters."""
    total = sum(map(len, lines))
    start, shown = cue.start, 0
    for first in range(0, len(lines), SRT_LINES):
        screen = lines[first : first + SRT_LINES]
        shown += sum(map(len, screen))
        end = max(cue.start + (cue.end - cue.start) * shown / total, start + 0.001)
        yield start, end, screen
        start = end


def _wrapped(text: str, width: int, voice: str) -> list[str]:
    return wrap(text, width, initial_indent=voice, break_long_words=False, break_on_hyphens=False)


def _line(text: str) -> str:
    """Join lines and squeeze spaces; no-break spaces inside are typography and stay."""
    return re.sub(r"\s*[ \t\n\r]\s*", " ", text).strip()


def _clock(seconds: float, point: str) -> str:
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{point}{milliseconds:03}"
