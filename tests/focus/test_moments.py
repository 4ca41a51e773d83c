"""Hours as French readers read them, in Paris, winter and summer."""

from datetime import UTC, datetime

import pytest

from focus.moments import day_and_hour, hour, occasion


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2026, 12, 3, 17, tzinfo=UTC), "18 h"),
        (datetime(2026, 7, 3, 17, 5, tzinfo=UTC), "19 h 05"),
        (datetime(2026, 12, 3, 23, tzinfo=UTC), "0 h"),
    ],
)
def test_an_hour_is_that_of_paris(moment: datetime, written: str) -> None:
    assert hour(moment).replace("\u00a0", " ") == written


def test_the_day_is_that_of_paris_too() -> None:
    late = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    assert day_and_hour(late).replace("\u00a0", " ") == "1er décembre 2026 à 0 h 30"


def test_an_occasion_has_its_weekday_and_both_its_hours() -> None:
    start, end = datetime(2026, 12, 3, 17, tzinfo=UTC), datetime(2026, 12, 3, 18, 30, tzinfo=UTC)
    written = occasion(start, end).replace("\u00a0", " ")
    assert written == "jeudi 3 décembre 2026, de 18 h à 19 h 30"
