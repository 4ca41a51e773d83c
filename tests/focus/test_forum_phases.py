"""Before, during, after: the clock decides."""

from datetime import UTC, datetime, timedelta

import pytest

from focus.forum_phases import OVERRUN, Phase, doors_are_open, phase

START = datetime(2026, 12, 3, 17, tzinfo=UTC)
END = START + timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("now", "without_replay", "with_replay"),
    [
        (START - SECOND, Phase.BEFORE, Phase.BEFORE),
        (START, Phase.DURING, Phase.DURING),
        (END - SECOND, Phase.DURING, Phase.DURING),
        (END, Phase.DURING, Phase.AFTER),
        (END + OVERRUN - SECOND, Phase.DURING, Phase.AFTER),
        (END + OVERRUN, Phase.AFTER, Phase.AFTER),
    ],
)
def test_a_live_that_lasts_longer_is_not_cut_unless_its_replay_is_there(
    now: datetime, without_replay: Phase, with_replay: Phase
) -> None:
    assert phase(START, END, now, has_replay=False) is without_replay
    assert phase(START, END, now, has_replay=True) is with_replay


def test_without_an_hour_a_forum_is_yet_to_come() -> None:
    assert phase(None, None, START, has_replay=True) is Phase.BEFORE
    assert not doors_are_open(None, START)


def test_the_doors_open_a_quarter_of_an_hour_early() -> None:
    assert not doors_are_open(START, START - timedelta(minutes=15, seconds=1))
    assert doors_are_open(START, START - timedelta(minutes=15))
