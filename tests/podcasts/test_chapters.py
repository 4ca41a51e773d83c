"""Chapters: what editors type, what is wrong with it, what apps read."""

import json

import pytest

from podcasts.chapters import (
    CHAPTERS_MAX,
    Chapter,
    advice,
    description_lines,
    ends,
    problems,
    to_json,
)

GOOD = [
    Chapter(0, "Introduction"),
    Chapter(90.5, "La question", "https://example.org/", "https://example.org/image.jpg"),
    Chapter(3600, "Les réponses"),
]


def test_good_chapters_have_no_problem() -> None:
    assert problems(GOOD, 4000) == []
    assert advice(GOOD) == []


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ([Chapter(0, " ")], "Le chapitre de 00:00:00 n’a pas de titre."),
        (
            [Chapter(60, "A"), Chapter(30, "B")],
            "« B » (00:00:30) doit venir après « A » (00:01:00).",
        ),
        ([Chapter(60, "A"), Chapter(60, "B")], "doit venir après"),
        ([Chapter(100, "A")], "« A » commence à 00:01:40, hors de l’épisode, qui dure 00:01:40."),
        ([Chapter(-1, "A")], "hors de l’épisode"),
        ([Chapter(i / 10, "x") for i in range(CHAPTERS_MAX + 1)], "255 au plus"),
    ],
)
def test_each_problem_names_the_chapter(chapters: list[Chapter], said: str) -> None:
    found = problems(chapters, 100)
    assert len(found) == 1
    assert said in found[0].replace("\u202f", " ")


def test_apple_wants_three_chapters_from_the_start() -> None:
    assert len(advice(GOOD[:2])) == 1
    assert "trois" in advice(GOOD[:2])[0]
    assert "00:00:00" in advice(GOOD[1:] * 2)[0]
    assert advice([]) == []


def test_a_chapter_ends_where_the_next_begins() -> None:
    assert ends(GOOD, 4000) == [90.5, 3600, 4000]
    assert ends([], 4000) == []


def test_the_json_of_the_podcast_namespace() -> None:
    assert json.loads(to_json(GOOD)) == {
        "version": "1.2.0",
        "chapters": [
            {"startTime": 0.0, "title": "Introduction"},
            {
                "startTime": 90.5,
                "title": "La question",
                "url": "https://example.org/",
                "img": "https://example.org/image.jpg",
            },
            {"startTime": 3600.0, "title": "Les réponses"},
        ],
    }


def test_the_json_does_not_depend_on_how_a_number_was_stored() -> None:
    assert to_json([Chapter(60, "é")]) == to_json([Chapter(60.00000001, "é")])
    assert "é".encode() in to_json([Chapter(60, "é")])


def test_the_lines_that_apps_read_in_notes() -> None:
    assert description_lines(GOOD) == [
        "00:00:00 Introduction",
        "00:01:30 La question",
        "01:00:00 Les réponses",
    ]
