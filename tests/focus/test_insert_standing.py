"""Which version of a page readers may see, for every order of events that counts."""

from datetime import UTC, datetime, timedelta

import pytest

from focus.insert_standing import Candidate, standing

HOUR = datetime(2026, 12, 3, 5, tzinfo=UTC)
BEFORE, AFTER = HOUR - timedelta(minutes=1), HOUR + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("newest_first", "shown"),
    [
        ([], None),
        ([(BEFORE, False)], None),
        ([(BEFORE, True)], 0),
        ([(AFTER, True)], 0),
        ([(BEFORE, True), (BEFORE, False)], 0),
        # A correction that was to be printed and that nobody signed: the old page is wrong.
        ([(BEFORE, False), (BEFORE, True)], None),
        # A correction after the paper went out takes nothing away before it is signed.
        ([(AFTER, False), (BEFORE, True)], 1),
        ([(AFTER, False), (AFTER, False), (AFTER, True), (BEFORE, True)], 2),
        ([(AFTER, False), (BEFORE, False), (BEFORE, True)], None),
        ([(AFTER, False)], None),
        ([(HOUR, False), (BEFORE, True)], 1),
    ],
)
def test_what_is_shown_is_signed_and_never_older_than_what_was_printed(
    newest_first: list[tuple[datetime, bool]], shown: int | None
) -> None:
    candidates = [Candidate(*candidate) for candidate in newest_first]
    assert standing(candidates, HOUR) == shown
