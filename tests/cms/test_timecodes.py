"""Points in a recording: what editors type, and how it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.timecodes import format_timecode, parse_timecode


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("0:00", 0),
        ("00:00:00", 0),
        ("3:25", 205),
        ("62:03", 3723),
        ("1:02:03.5", 3723.5),
        (" 01:02:03,500 ", 3723.5),
        ("100:00:00.001", 360000.001),
        ("90", 90),
        ("4200", 4200),
        ("90,25", 90.25),
    ],
)
def test_times_are_read_as_people_write_them(typed: str, seconds: float) -> None:
    assert parse_timecode(typed) == seconds


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "midi",
        "-1:00",
        "1:60",
        "1:2:60",
        "1:60:00",
        "12:345",
        "1:00:00:00",
        "1:00.0001",
        "٣:٢٥",
        "1:",
    ],
)
def test_other_times_are_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValueError, match=r"n’est pas un temps.*12:30"):
        parse_timecode(typed)


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(0, "00:00:00"), (3723.5, "01:02:03.5"), (59.9996, "00:01:00"), (0.001, "00:00:00.001")],
)
def test_times_are_written_in_one_way(seconds: float, written: str) -> None:
    assert format_timecode(seconds) == written


@given(st.integers(0, 999 * 3600 * 1000))
def test_what_is_written_is_read_back(milliseconds: int) -> None:
    assert parse_timecode(format_timecode(milliseconds / 1000)) == milliseconds / 1000
