"""French texts, dates, times and sizes."""

from datetime import date

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from cms.templatetags.french import (
    clock,
    day,
    duration,
    first_paragraph,
    french,
    headline,
    megabytes,
    seconds,
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui ? Nous !", "Qui\u202f? Nous\u202f!"),
        ("« Chacun sa clé »", "«\u202fChacun sa clé\u202f»"),
        ("L’élue : salarier ; soigner", "L’élue\u00a0: salarier\u202f; soigner"),
        ("à 10:30, http://exemple.fr/?a=1", "à 10:30, http://exemple.fr/?a=1"),
        ("Déjà\u00a0? Oui\u202f!", "Déjà\u202f? Oui\u202f!"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_french_spaces(typed: str, shown: str) -> None:
    assert french(typed) == shown


def test_tags_are_left_alone() -> None:
    html = mark_safe('<a href="/a ?b" title="« x »">Où ?</a>')
    assert french(html) == '<a href="/a ?b" title="« x »">Où\u202f?</a>'


@given(st.text("ab ?!;:«»<>&\u00a0\u202f-'\""))
def test_french_once_is_french_for_ever(text: str) -> None:
    once = french(text)
    assert french(once) == once


def test_a_headline_is_not_broken_inside_a_short_word() -> None:
    assert headline("Est-ce vieillir ? <b>") == (
        '<span class="unbroken">Est-ce</span> vieillir\u202f? &lt;b&gt;'
    )
    assert "unbroken" not in headline("Provence-Alpes")


def test_days() -> None:
    assert day(date(2026, 6, 1)) == "1er\u00a0juin 2026"
    assert day(date(2026, 6, 11)) == "11\u00a0juin 2026"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(43.6, "44 s"), (90, "2 min"), (2520, "42 min"), (3590, "1 h 00 min"), (3900, "1 h 05 min")],
)
def test_durations(value: float, shown: str) -> None:
    assert duration(value) == shown.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("value", "shown", "written"),
    [(7.5, "0:07", "7.5"), (750, "12:30", "750"), (3723.25, "1:02:03", "3723.25")],
)
def test_points_in_a_recording(value: float, shown: str, written: str) -> None:
    assert clock(value) == shown
    assert seconds(value) == written


def test_sizes() -> None:
    assert megabytes(12_345_678) == "12,3\u00a0Mo"
    assert megabytes(10) == "0,1\u00a0Mo"


def test_the_first_paragraph() -> None:
    assert first_paragraph("\nUn.\nDeux.\n\nTrois.") == "Un.\nDeux."
