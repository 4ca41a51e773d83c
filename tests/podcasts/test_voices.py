"""Who speaks when, in words and as a drawing."""

import pytest

from cms.transcripts import TranscriptRefused
from podcasts import roles, voices

TRANSCRIPT = """WEBVTT

00:00.000 --> 00:10.000
<v Ada>Qui ?

00:10.000 --> 00:20.000
<v Ada>Dites.

00:20.000 --> 00:25.000
<v Bob>Moi.

00:30.000 --> 00:35.000
<v Inconnu>Et moi.
"""
CAST = {"Ada": roles.HOST, "Bob": roles.EXPERT}


def test_a_turn_lasts_until_another_voice_and_has_its_role() -> None:
    turns = voices.turns(TRANSCRIPT, CAST)
    assert [(turn.start, turn.role, turn.text) for turn in turns] == [
        (0, roles.HOST, "Qui ? Dites."),
        (20, roles.EXPERT, "Moi."),
        (30, roles.OTHER, "Et moi."),
    ]


def test_an_episode_without_transcript_has_no_turns() -> None:
    assert voices.turns("", CAST) == []


def test_what_is_not_a_transcript_is_refused() -> None:
    with pytest.raises(TranscriptRefused):
        voices.turns("du texte", CAST)


def test_the_drawing_has_a_line_a_role_and_fills_the_episode() -> None:
    score = voices.score(voices.turns(TRANSCRIPT, CAST), 40)
    assert score.height == 3 * voices.LANE
    assert [(stroke.x, stroke.width, stroke.y) for stroke in score.strokes] == [
        ("0.00%", "50.00%", 0),
        ("50.00%", "25.00%", voices.LANE),
        ("75.00%", "25.00%", 2 * voices.LANE),
    ]


def test_a_transcript_longer_than_the_sound_draws_nothing_backwards() -> None:
    score = voices.score(voices.turns(TRANSCRIPT, CAST), 25)
    assert score.strokes[-1].width == "0.00%"


def test_one_voice_is_not_drawn() -> None:
    assert voices.score(voices.turns(TRANSCRIPT, CAST)[:1], 40) is None
    assert voices.score([], 40) is None
