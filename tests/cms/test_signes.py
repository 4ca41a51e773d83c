"""Signes and feuillets: the server and the browser count the same."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cms.signes import count, count_html, feuillets, label, reading_minutes
from tests.cms.conftest import Script

VECTORS = json.loads((Path(__file__).parent / "signes_vectors.json").read_text())
FEATURES = ["bold", "italic", "link", "ul", "ol", "h2", "h3", "hr", "superscript", "image"]
EDITOR = ContentstateConverter(FEATURES)

# Unassigned characters and lone surrogates are left out: what they compose depends on the version
# of Unicode, and no database keeps the latter. The odd ones come often.
ODD = " \t\n\u00a0\u202f\u00ad\u200b\u200d\u2028\ufe0f\u0301\u0327eoè👍𝒜&<>\"'"
texts = st.text(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs", "Cn"]))
editor_texts = texts.map(lambda text: text.replace("\r", ""))  # as Draft.js does


def vectors(name: str) -> Any:
    """Give the vectors of one kind to a test, by their names."""
    return pytest.mark.parametrize(
        ("given_", "expected"),
        [pytest.param(*vector[1:], id=vector[0]) for vector in VECTORS[name]],
    )


@vectors("text")
def test_signes_of_a_text(given_: str, expected: int, script: Script) -> None:
    assert count(given_) == expected
    assert script("count", given_) == expected


@pytest.mark.django_db
@vectors("html")
def test_signes_of_a_rich_text(given_: str, expected: int, script: Script) -> None:
    assert count_html(given_) == expected
    assert script("countContent", EDITOR.from_database_format(given_)) == expected


@vectors("foreign_html")
def test_signes_of_html_that_the_editor_does_not_write(given_: str, expected: int) -> None:
    assert count_html(given_) == expected


@pytest.mark.parametrize(("signes", "target", "expected"), VECTORS["label"])
def test_words_of_a_length(signes: int, target: int | None, expected: str, script: Script) -> None:
    assert label(signes, target) == expected
    assert script("label", signes, target) == expected


@given(texts)
def test_both_sides_count_the_same(script: Script, text: str) -> None:
    assert count(text) == script("count", text)


@given(st.integers(0, 10**7), st.none() | st.integers(0, 10**7))
def test_both_sides_say_the_same(script: Script, signes: int, target: int | None) -> None:
    assert label(signes, target) == script("label", signes, target)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["unstyled", "unordered-list-item", "ordered-list-item", "header-two"]),
            editor_texts,
            st.integers(0, 3),
        )
    ),
    st.lists(st.tuples(st.integers(0, 20), st.sampled_from(["BOLD", "ITALIC", "SUPERSCRIPT"]))),
)
def test_what_is_typed_counts_the_same_once_saved(
    script: Script, blocks: list[tuple[str, str, int]], styles: list[tuple[int, str]]
) -> None:
    content = json.dumps(
        {
            "entityMap": {},
            "blocks": [
                {
                    "key": f"k{number}",
                    "type": kind,
                    "depth": depth,
                    "text": text,
                    "entityRanges": [],
                    "inlineStyleRanges": [
                        {"offset": offset, "length": 3, "style": style} for offset, style in styles
                    ],
                }
                for number, (kind, text, depth) in enumerate(blocks)
            ],
        }
    )
    saved = EDITOR.to_database_format(content)
    assert count_html(saved) == script("countContent", content)


def test_a_huge_text_is_counted(script: Script) -> None:
    text = "e\u0301👍\u00ad  " * 200_000
    assert count(text) == script("count", text) == 3 * 200_000 - 1
    assert count_html("<p>é&nbsp;</p>" * 200_000) == 2 * 200_000
    assert count_html("<a " * 20_000) == len("<a ") * 20_000 - 1


@pytest.mark.parametrize(
    ("signes", "expected"), [(0, 0), (74, 0), (75, 0.1), (1500, 1), (3524, 2.3), (3525, 2.4)]
)
def test_feuillets_to_the_nearest_tenth(signes: int, expected: float) -> None:
    assert feuillets(signes) == expected


@pytest.mark.parametrize(
    ("signes", "minutes"), [(0, 1), (1500, 1), (1801, 2), (4800, 4), (15000, 12)]
)
def test_minutes_of_reading(signes: int, minutes: int) -> None:
    assert reading_minutes(signes) == minutes
