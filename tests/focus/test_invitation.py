"""The calendar file, read back by a program that did not write it."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import dateutil.tz
import pytest

from focus.invitation import Invitation, write

INVITATION = Invitation(
    uid="9c9de5e8-0a1e-484a-b099-e80766180a6d",
    title="Le forum\u202f: logement, santé; «\u202fdirect\u202f»",
    starts_at=datetime(2026, 12, 3, 17, tzinfo=UTC),
    ends_at=datetime(2026, 12, 3, 18, tzinfo=UTC),
    published_at=datetime(2026, 11, 20, 9, 30, 12, 345, tzinfo=UTC),
    url="https://exemple.invalid/forum/",
    description="Une heure, trois parties.\r\n\r\nBEGIN:VEVENT\n" + "été " * 40,
    place="Paris, 2, rue d’Exemple",
    reminder="Préparez vos questions.",
)


def lines(data: bytes) -> list[str]:
    """Unfold the lines of a file as RFC 5545, §3.1 says."""
    text = data.decode()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    return text.replace("\r\n ", "").split("\r\n")


def value(data: bytes, name: str) -> str:
    """Return the value of the property that begins so, of the event rather than of the zone."""
    event = lines(data)[lines(data).index("BEGIN:VEVENT") :]
    return next(line.split(":", 1)[1] for line in event if re.match(rf"{name}[:;]", line))


def test_it_says_when_where_and_what() -> None:
    data = write(INVITATION)
    assert value(data, "UID") == INVITATION.uid
    assert value(data, "SUMMARY") == "Le forum\u202f: logement\\, santé\\; «\u202fdirect\u202f»"
    assert value(data, "LOCATION") == "Paris\\, 2\\, rue d’Exemple"
    assert value(data, "URL") == INVITATION.url
    assert value(data, "DTSTART") == "20261203T180000"
    assert value(data, "DTEND") == "20261203T190000"
    assert "DTSTART;TZID=Europe/Paris:20261203T180000" in lines(data)


def test_what_is_typed_never_becomes_a_line_of_its_own() -> None:
    assert lines(write(INVITATION)).count("BEGIN:VEVENT") == 1
    assert value(write(INVITATION), "DESCRIPTION").startswith(
        "Une heure\\, trois parties.\\n\\nBEGIN:VEVENT\\nété été"
    )


@pytest.mark.parametrize(
    "starts_at",
    [
        datetime(2026, 1, 1, 0, 30, tzinfo=UTC),
        datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
        datetime(2026, 7, 1, 17, tzinfo=UTC),
        datetime(2026, 10, 25, 3, tzinfo=UTC),
        datetime(2026, 12, 31, 22, 30, tzinfo=UTC),
    ],
)
def test_a_program_that_knows_no_zone_finds_the_hour(starts_at: datetime) -> None:
    data = write(replace(INVITATION, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)))
    text = data.decode()
    zone = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE") + 13]
    # dateutil wants its rules complete: one date a line.
    zone = re.sub(
        r"RDATE:(.*)\r\n", lambda m: "".join(f"RDATE:{d}\r\n" for d in m[1].split(",")), zone
    )
    paris = dateutil.tz.tzical(StringIO(zone.replace("\r\n", "\n"))).get("Europe/Paris")
    local = datetime.strptime(value(data, "DTSTART"), "%Y%m%dT%H%M%S").replace(tzinfo=paris)
    assert local.astimezone(UTC) == starts_at


def test_it_rings_half_an_hour_before_with_the_reminder_or_the_title() -> None:
    rung = lines(write(INVITATION))
    assert {"BEGIN:VALARM", "TRIGGER:-PT30M", "DESCRIPTION:Préparez vos questions."} <= set(rung)
    assert rung.count("ACTION:DISPLAY") == 1
    mute = lines(write(replace(INVITATION, reminder="")))
    assert f"DESCRIPTION:{value(write(INVITATION), 'SUMMARY')}" in mute


def test_the_same_invitation_gives_the_same_bytes_and_a_later_one_a_greater_number() -> None:
    assert write(INVITATION) == write(replace(INVITATION))
    later = replace(INVITATION, published_at=INVITATION.published_at + timedelta(minutes=1))
    assert value(write(later), "DTSTAMP") == "20261120T093112Z"
    before, after = (int(value(write(i), "SEQUENCE")) for i in (INVITATION, later))
    assert before < after < 2**31


def test_what_is_not_known_is_left_out() -> None:
    bare = lines(write(replace(INVITATION, place="", description="", reminder="")))
    assert not [line for line in bare if line.startswith("LOCATION")]
    assert len([line for line in bare if line.startswith("DESCRIPTION")]) == 1  # of the alarm
