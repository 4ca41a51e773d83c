"""Transcripts: two forms in, two forms out, and a line number for every refusal."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.transcripts import (
    SRT_LINE,
    SRT_LINES,
    VTT_LINE,
    Cue,
    TranscriptRefused,
    Turn,
    parse,
    to_srt,
    to_vtt,
    turns,
)
from tests.media import ffmpeg

VTT = """\
WEBVTT - Exemple
Kind: captions

NOTE
Une note, puis un style.

STYLE
::cue { color: red }

intro
00:00:01.000 --> 00:00:03.500 align:start line:90%
<v Nora Delmas>Bonjour, <i>et bienvenue</i> &amp; merci.

00:04.000 --> 00:06.000
<v.loud Awa Tandia>Bonjour !
<v Nora Delmas>On commence.</v>

01:00:06.250 --> 01:00:07.000
Sans nom, 3 &lt; 4, <00:00:06.500><c.x>karaoké</c>.
"""

SRT = """\
1
00:00:01,000 --> 00:00:03,500
Nora Delmas : Bonjour,
et bienvenue.

2
00:00:04,000 --> 00:00:06,000 X1:0 X2:9
<font color="red">Comment</font> faire {\\an8}? Ainsi : voilà.

3
00:00:06,000 --> 00:00:08,000
Jean-Luc de La Motte : Je ne sais pas.
"""


def test_webvtt_is_read() -> None:
    assert parse(VTT.encode()) == [
        Cue(1, 3.5, "Nora Delmas", "Bonjour, et bienvenue & merci."),
        Cue(4, 6, "Awa Tandia", "Bonjour !"),
        Cue(4, 6, "Nora Delmas", "On commence."),
        Cue(3606.25, 3607, "", "Sans nom, 3 < 4, karaoké."),
    ]


def test_subrip_is_read_and_a_voice_lasts_until_the_next() -> None:
    assert parse(SRT.encode()) == [
        Cue(1, 3.5, "Nora Delmas", "Bonjour, et bienvenue."),
        Cue(4, 6, "Nora Delmas", "Comment faire ? Ainsi : voilà."),
        Cue(6, 8, "Jean-Luc de La Motte", "Je ne sais pas."),
    ]


def test_in_a_subrip_file_that_names_nobody_a_colon_is_a_colon() -> None:
    data = SRT.replace("Nora Delmas : ", "").replace("Jean-Luc de La Motte", "Question")
    assert [cue.speaker for cue in parse(data.encode())] == ["", "", ""]
    assert parse(data.encode())[2].text == "Question : Je ne sais pas."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding: str, newline: str) -> None:
    data = SRT.replace("Bonjour", "« Été, œuvre »").replace("\n", newline).encode(encoding)
    assert parse(data)[0].text == "« Été, œuvre », et bienvenue."


def test_french_spaces_are_kept() -> None:
    data = "WEBVTT\n\n00:01.000 --> 00:02.000\nQui paie\u202f?  Nous\u00a0: tous.\n"
    assert parse(data.encode())[0].text == "Qui paie\u202f? Nous\u00a0: tous."


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "aucune parole"),
        ("WEBVTT\n", 1, "aucune parole"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>\n", 1, "aucune parole"),
        ("Bonjour à tous.\n", 1, "une ligne de temps est attendue"),
        ("WEBVTT\n\n\n00:01.000 -> 00:02.000\nA\n", 4, "« 00:01.000 -> 00:02.000 »"),
        ("WEBVTT\n\nintro\n0:1 --> 00:02.000\nA\n", 4, "« 0:1 --> 00:02.000 »"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nA\n\nperdu\n", 6, "« perdu »"),
        ("1\n00:00:02,000 --> 00:00:01,000\nA\n", 2, "la fin doit venir après le début"),
        ("1\n00:00:02,000 --> 00:00:02,000\nA\n", 2, "la fin doit venir après le début"),
        (
            "WEBVTT\n\n00:05.000 --> 00:06.000\nA\n\n00:01.000 --> 00:02.000\nB\n",
            6,
            "commence avant la précédente (00:00:05.000)",
        ),
        ("WEBVTT\n\n00:01.000 --> 00:61.000\nA\n", 3, "00:61.000"),
    ],
)
def test_a_refusal_names_the_line(text: str, line: int, said: str) -> None:
    with pytest.raises(TranscriptRefused) as refused:
        parse(text.encode())
    assert refused.value.line == line
    message = str(refused.value).replace("\u202f", " ").replace("\u00a0", " ")
    assert message.startswith(f"Ligne {line} : ")
    assert said in message


@pytest.mark.parametrize("start", ["", "WEBVTT\n\n00:01.000 --> 00:02.000\n", SRT])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(start: str, data: bytes) -> None:
    try:
        cues = parse(start.encode() + data)
    except TranscriptRefused:
        return
    assert all(cue.text for cue in cues)


def test_webvtt_is_escaped() -> None:
    hostile = Cue(1, 2, 'A <b> & "B"', "3 --> 4 <script>alert(1)</script> &amp;")
    written = to_vtt([hostile])
    assert "<script" not in written
    assert written.count("-->") == 1
    assert parse(written.encode()) == [hostile]


def test_lines_of_webvtt_are_short() -> None:
    written = to_vtt([Cue(0, 9, "Nora Delmas", "mot " * 50)])
    lines = written.splitlines()[3:]
    assert lines[0].startswith("<v Nora Delmas>mot")
    assert len(lines) > 2
    assert all(len(line) <= VTT_LINE for line in lines)


def test_screens_of_subrip_are_small_and_share_the_time() -> None:
    text = " ".join(f"mot{number}" for number in range(60))
    written = to_srt([Cue(10, 20, "Nora Delmas", text)])
    screens = [block.splitlines() for block in written.split("\n\n")]
    assert len(screens) > 3
    assert [screen[0] for screen in screens] == [str(n + 1) for n in range(len(screens))]
    assert all(len(screen) <= 2 + SRT_LINES for screen in screens)
    assert all(len(line) <= SRT_LINE for screen in screens for line in screen[2:])
    assert screens[0][2].startswith("Nora Delmas\u00a0: mot0")
    times = [screen[1].split(" --> ") for screen in screens]
    assert times[0][0] == "00:00:10,000"
    assert times[-1][1] == "00:00:20,000"
    assert all(before[1] == after[0] for before, after in pairwise(times))
    read = parse(written.encode())
    assert " ".join(cue.text for cue in read) == text
    assert {cue.speaker for cue in read} == {"Nora Delmas"}


def test_subrip_names_a_voice_when_it_changes() -> None:
    cues = [Cue(0, 1, "Nora", "A"), Cue(1, 2, "Nora", "B"), Cue(2, 3, "Awa", "C")]
    assert re.findall(r"(\w+)\u00a0:", to_srt(cues)) == ["Nora", "Awa"]
    assert parse(to_srt(cues).encode()) == cues


def test_foreign_programs_read_both_forms(tmp_path: Path) -> None:
    cues = [
        Cue(1, 2.5, "Nora Delmas", "Qui paie ?"),
        Cue(3, 4, "Awa Tandia", "Nous & eux."),
    ]
    vtt, srt = tmp_path / "t.vtt", tmp_path / "t.srt"
    vtt.write_text(to_vtt(cues))
    srt.write_text(to_srt(cues))
    assert ffmpeg("-i", vtt, "-f", "srt", "-").decode().split("\n")[:3] == [
        *("1", "00:00:01,000 --> 00:00:02,500", "Qui paie ?")
    ]
    assert ffmpeg("-i", srt, "-f", "webvtt", "-").decode().split("\n")[2:4] == [
        *("00:01.000 --> 00:02.500", "Nora Delmas\u00a0: Qui paie ?")
    ]


def test_turns_of_speech() -> None:
    cues = [
        Cue(0, 1, "Nora", "A"),
        Cue(1, 2, "Nora", "B"),
        Cue(2, 3, "", "<C>"),
        Cue(3, 4, "Nora", "D"),
    ]
    assert turns(cues) == [Turn(0, "Nora", "A B"), Turn(2, "", "<C>"), Turn(3, "Nora", "D")]
    assert turns([]) == []


WORDS = st.lists(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=70),
    min_size=1,
    max_size=12,
).map(" ".join)
NAMES = st.sampled_from(["", "Nora Delmas", "Jean-Luc de La Motte", "A & <B>"])


@st.composite
def transcript(
    draw: st.DrawFn, words: st.SearchStrategy[str], names: st.SearchStrategy[str]
) -> list[Cue]:
    """Draw cues that follow one another, to the millisecond."""
    cues = []
    now = 0
    for _ in range(draw(st.integers(1, 6))):
        start = now + draw(st.integers(0, 4_000_000))
        end = start + draw(st.integers(1, 60_000))
        cues.append(Cue(start / 1000, end / 1000, draw(names), draw(words)))
        now = start
    return cues


@given(transcript(WORDS, NAMES))
def test_webvtt_is_read_back_as_it_was(cues: list[Cue]) -> None:
    assert parse(to_vtt(cues).encode()) == cues


SAID = st.text("abé ’,?…1\u00a0", min_size=1, max_size=200).map(
    lambda text: re.sub(r"\s* \s*", " ", "x" + text).strip()
)


@given(transcript(SAID, st.sampled_from(["Nora Delmas", "Awa"])))
def test_subrip_is_read_back_word_for_word(cues: list[Cue]) -> None:
    read = parse(to_srt(cues).encode())
    assert " ".join(cue.text for cue in read) == " ".join(cue.text for cue in cues)
    assert read[0].start == cues[0].start
    assert {cue.speaker for cue in read} == {cue.speaker for cue in cues}
