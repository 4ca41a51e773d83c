"""Calls of footnotes lead to notes that exist, and back."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from cms.footnotes import link_calls


def linked(text: str, notes: int = 2) -> str:
    """Link the calls of one text."""
    return link_calls([text], notes)[0][0]


def test_a_call_leads_to_its_note_and_can_be_come_back_to() -> None:
    (text,), called = link_calls(["<p>Un fait[1].</p>"], 1)
    link = BeautifulSoup(text, "html.parser").select_one("sup a")
    assert (link["id"], link["href"], link.get_text()) == ("appel-1", "#note-1", "Note 1")
    assert called == {1}


def test_the_call_never_begins_a_line() -> None:
    assert "fait\u202f<sup" in linked("<p>Un fait [1].</p>")


@pytest.mark.parametrize("typed", ["[3]", "[0]", "[01]", "[-1]", "[1a]", "[ 1 ]", "[…]", "[1000]"])
def test_what_calls_no_note_stays_as_it_was_typed(typed: str) -> None:
    assert linked(f"<p>Un fait {typed}.</p>") == f"<p>Un fait {typed}.</p>"


def test_without_notes_nothing_is_linked() -> None:
    assert link_calls(["<p>[1]</p>"], 0) == (["<p>[1]</p>"], frozenset())


def test_a_note_called_twice_is_come_back_to_where_it_was_first() -> None:
    texts, called = link_calls(["<p>Un[2].</p>", "<p>Deux[2], trois[1].</p>"], 2)
    assert [text.count('id="appel-2"') for text in texts] == [1, 0]
    assert [text.count('href="#note-2"') for text in texts] == [1, 1]
    assert called == {1, 2}


def test_a_call_that_was_raised_by_hand_is_raised_once() -> None:
    assert linked("<p>Un fait<sup>[1]</sup>.</p>") == linked("<p>Un fait[1].</p>")


def test_links_and_tags_are_left_alone() -> None:
    text = '<p title="[1]"><a href="https://exemple.invalid/?[1]">le rapport [1]</a></p>'
    assert linked(text) == text


@given(st.text(alphabet="ab <>/[]12\u202f"), st.integers(min_value=0, max_value=3))
def test_no_character_of_a_text_is_lost(text: str, notes: int) -> None:
    html = f"<p>{text.replace('<', '&lt;').replace('>', '&gt;')}</p>"
    soup = BeautifulSoup(link_calls([html], notes)[0][0], "html.parser")
    for call in soup.select("sup.call"):
        call.replace_with(f"[{call.get_text().removeprefix('Note ')}]")
    before = BeautifulSoup(html, "html.parser").get_text()
    assert soup.get_text().replace("\u202f", " ") == before.replace("\u202f", " ")
