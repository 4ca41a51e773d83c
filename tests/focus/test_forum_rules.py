"""What editors are told of the addresses and times of a forum."""

import pytest

from focus.forum_rules import address_problem, order_problems, start_problem


@pytest.mark.parametrize("address", ["", "https://tube.exemple.invalid/w/1"])
def test_secure_addresses_pass_and_none_is_asked_for(address: str) -> None:
    assert address_problem(address) == ""


@pytest.mark.parametrize("address", ["http://tube.exemple.invalid/", "ftp://exemple.invalid/"])
def test_other_addresses_are_refused_with_the_way_to_mend_them(address: str) -> None:
    assert "https://" in address_problem(address)


@pytest.mark.parametrize(("text", "fine"), [("", True), ("20:15", True), ("vingt", False)])
def test_a_start_is_a_timecode(text: str, fine: bool) -> None:
    assert (start_problem(text) == "") is fine


def test_parts_follow_one_another_those_without_a_start_aside() -> None:
    assert order_problems([("A", "0:00"), ("B", ""), ("C", "20:15"), ("D", "1:02:00")]) == []


def test_a_part_that_does_not_come_after_the_one_before_is_named() -> None:
    (problem,) = order_problems([("A", "20:00"), ("B", ""), ("C", "20:00"), ("D", "40:00")])
    assert problem == (
        "«\u202fC\u202f» (00:20:00) doit venir après"
        " «\u202fA\u202f» (00:20:00) dans la rediffusion."
    )
