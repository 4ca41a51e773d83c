"""Reference/syndication.md §7 «Schedule»: ten tries in about 76 hours, never in step."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tribunes.webhooks.schedule import (
    LONGEST,
    PAUSES,
    SPARED,
    TRIES,
    parse_retry_after,
    pause,
    spared,
)

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_the_steps_are_those_of_the_contract() -> None:
    hours = [pause.total_seconds() / 3600 for pause in PAUSES[3:]]
    assert [pause.total_seconds() for pause in PAUSES[:3]] == [5, 300, 1800]
    assert hours == [2, 5, 10, 14, 20, 24]
    assert TRIES == 10
    assert 75 < sum(PAUSES, timedelta()) / timedelta(hours=1) < 76


@pytest.mark.parametrize("tries", range(1, TRIES))
def test_chance_moves_a_pause_by_a_tenth_at_most(tries: int) -> None:
    drawn = [pause(tries, 500, None) / PAUSES[tries - 1] for _ in range(300)]
    assert all(0.9 <= share <= 1.1 for share in drawn)
    assert min(drawn) < 0.95
    assert max(drawn) > 1.05


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_server_in_trouble_is_left_in_peace(status: int) -> None:
    assert pause(1, status, None) >= SPARED == spared(status, None)
    assert pause(5, status, None) >= PAUSES[4] * 0.9


def test_other_failures_spare_nobody() -> None:
    assert spared(500, None) == timedelta()


def test_a_server_that_is_away_is_asked_by_one_message_only() -> None:
    assert spared(None, None) == SPARED
    assert pause(1, None, None) <= PAUSES[0] * 1.1


def test_retry_after_is_obeyed_within_a_day() -> None:
    asked = timedelta(hours=3)
    assert pause(1, 429, asked) == spared(429, asked) == asked
    assert pause(1, 500, asked) == spared(500, asked) == asked
    assert pause(1, 503, timedelta(days=400)) == LONGEST == timedelta(hours=24)
    assert pause(6, 503, timedelta(seconds=1)) >= PAUSES[5] * 0.9


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        (" 120 ", 120),
        ("Tue, 24 Nov 2026 12:10:00 GMT", 600),
        ("Tue, 24 Nov 2026 13:10:00 +0100", 600),
        ("Tuesday, 24-Nov-26 12:10:00 GMT", 600),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("9999999999999", None),
        ("demain", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str, seconds: int | None) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert parse_retry_after(value, NOW) == expected


@given(st.text(max_size=60))
def test_whatever_a_server_asks_is_survived(value: str) -> None:
    wait = parse_retry_after(value, NOW)
    assert timedelta() <= pause(1, 503, wait) <= LONGEST
