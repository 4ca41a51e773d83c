"""Cursors are opaque, and only ours are read."""

from typing import Any

import pytest

from tribunes.journal.cursors import Cursor, MalformedCursor, read


@pytest.mark.parametrize("cursor", [Cursor(), Cursor(position=7), Cursor(position=3, pruned=9)])
def test_a_cursor_comes_back_as_it_went(cursor: Cursor) -> None:
    assert read(str(cursor)) == cursor
    assert str(cursor).replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("text", ["", "7", "é", "\0", "=", "a", "Ny4wOmFiYw", "x" * 300, "😀"])
def test_what_we_did_not_make_is_refused(text: str) -> None:
    with pytest.raises(MalformedCursor):
        read(text)


def test_a_cursor_of_another_position_cannot_be_made_up() -> None:
    one, other = str(Cursor(position=1)), str(Cursor(position=2))
    with pytest.raises(MalformedCursor):
        read(one[:4] + other[4:8] + one[8:])


def test_a_cursor_survives_a_new_key_of_the_site(settings: Any) -> None:
    text = str(Cursor(position=5))
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une-autre-clef"
    assert read(text).position == 5


def test_who_stopped_before_what_was_forgotten_must_start_anew() -> None:
    assert Cursor(position=3).has_expired(4)
    assert not Cursor(position=4).has_expired(4)


def test_who_started_anew_reads_old_entries_without_expiring() -> None:
    began = Cursor(pruned=10)
    assert not began.moved(2).has_expired(10)
    assert began.moved(2).has_expired(11)
    assert began.moved(10) == Cursor(position=10)
