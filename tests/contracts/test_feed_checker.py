"""The checker finds every fault, names it exactly, and has nothing against a good feed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .faults import ADDRESS, FAULTS, FIELD_FAULTS, GOOD, GUID, WARNINGS, broken
from .feed_checker import check
from .feed_checker.elements import ELEMENTS
from .feed_checker.problems import RULES

Fault = tuple[str, ...]
ALL = [*FIELD_FAULTS, *FAULTS, *WARNINGS]


def _place(where: str) -> str:
    return re.sub(r"\[\d+\]", "", where)


def test_the_good_feed_has_no_problem() -> None:
    assert check(GOOD.encode(), ADDRESS, podcast_guid=GUID) == []


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: f"{fault[0]} {fault[1]}")
def test_each_fault_is_found_alone_and_in_its_place(fault: Fault) -> None:
    rule, where, *replacements = fault
    (problem,) = check(broken(*replacements), ADDRESS)
    assert (problem.rule, problem.level) == (rule, "warning" if fault in WARNINGS else "error")
    assert f"/{_place(problem.where)}".endswith(f"/{where}")


def test_the_feed_must_be_the_one_stored() -> None:
    (problem,) = check(GOOD.encode(), ADDRESS, podcast_guid="9b024349-ccf0-5f69-a609-6b82873eab3c")
    assert problem.rule == "stored guid"


def test_a_problem_tells_which_of_several_elements_it_means() -> None:
    (problem,) = check(broken("<itunes:duration>750", "<itunes:duration>12:30"), ADDRESS)
    assert problem.where == "channel/item[2]/itunes:duration"
    assert str(problem).startswith("error [value] channel/item[2]/itunes:duration: «12:30» is")


def test_every_value_in_the_table_of_elements_has_a_fault() -> None:
    judged = {key.rpartition("/")[2] for key, element in ELEMENTS.items() if element.text}
    for key, element in ELEMENTS.items():
        rules = {**element.needs, **element.may}
        judged |= {f"{key}@{name}" for name, rule in rules.items() if rule.__name__ != "anything"}
    assert judged == {where.rpartition("/")[2] for rule, where, *_ in ALL if rule == "value"}


def test_the_34_faults_of_the_field_are_all_here() -> None:
    assert len(FIELD_FAULTS) == len({fault[2:] for fault in FIELD_FAULTS}) == 34


@pytest.mark.parametrize("length", range(0, len(GOOD.encode()) - 1, 401))
def test_a_feed_cut_anywhere_is_refused(length: int) -> None:
    assert check(GOOD.encode()[:length], ADDRESS)


@given(st.integers(0, len(GOOD.encode()) - 1), st.binary(max_size=4))
def test_hostile_bytes_never_stop_the_checker(position: int, bytes_: bytes) -> None:
    feed = bytearray(GOOD.encode())
    feed[position : position + len(bytes_)] = bytes_
    for problem in check(bytes(feed), ADDRESS):
        assert problem.rule in RULES


def test_an_entity_bomb_is_refused_at_once() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    feed = broken("<rss ", f'<!DOCTYPE rss [<!ENTITY e0 "x">{bomb}]><rss ', "bien", "&e11;")
    assert {problem.rule for problem in check(feed, ADDRESS)} <= {"doctype", "well-formed"}
