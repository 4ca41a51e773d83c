"""What anyone may have of a tribune: the one function that every door asks."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tribunes.access import ANYONE, JOURNAL, Facts, Reader, Standing, decide, is_public

AT = datetime(2026, 11, 24, 9, tzinfo=timezone.get_fixed_timezone(60))
LATER, BEFORE = AT + timedelta(hours=1), AT - timedelta(hours=1)
TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)

OUT = Facts(live=True, licence_code="cc-by-nd-4.0", released=True, focus_id=7,
            themes=frozenset({1}))  # fmt: skip
PARTNER = Reader(partner_id=1)
SWORN = replace(PARTNER, embargoed=True)

STATES = {
    "draft": replace(OUT, live=False, released=False),
    "scheduled": replace(OUT, live=False, released=False),
    "embargoed": replace(OUT, embargoed_until=LATER, released=False),
    "embargoed after it was out": replace(OUT, embargoed_until=LATER),
    "embargo over": replace(OUT, embargoed_until=BEFORE),
    "live": OUT,
    "licence of its last day": replace(OUT, licence_expires_on=TODAY),
    "licence expired": replace(OUT, licence_expires_on=YESTERDAY),
    "no licence": replace(OUT, licence_code=""),
    "all rights reserved": replace(OUT, licence_code="arr"),
    "not for the web": replace(OUT, for_web=False),
    "private": replace(OUT, restricted=True),
    "private from the first day": replace(OUT, restricted=True, released=False),
    "withdrawn": replace(OUT, live=False, withdrawn_at=BEFORE),
    "withdrawn under embargo": replace(
        OUT, live=False, withdrawn_at=BEFORE, embargoed_until=LATER, released=False
    ),
    "deleted": Facts(released=True),
    "unpublished": replace(OUT, live=False),
}
S = Standing
EXPECTED = {
    # state: (anyone, partner, partner who undertook to respect embargoes)
    "draft": (S.HIDDEN, S.HIDDEN, S.UNPUBLISHED),
    "scheduled": (S.HIDDEN, S.HIDDEN, S.UNPUBLISHED),
    "embargoed": (S.HIDDEN, S.HIDDEN, S.WITHHELD),
    "embargoed after it was out": (S.UNPUBLISHED, S.UNPUBLISHED, S.WITHHELD),
    "embargo over": (S.USABLE, S.USABLE, S.USABLE),
    "live": (S.USABLE, S.USABLE, S.USABLE),
    "licence of its last day": (S.USABLE, S.USABLE, S.USABLE),
    "licence expired": (S.EXPIRED, S.EXPIRED, S.EXPIRED),
    "no licence": (S.RIGHTS, S.RIGHTS, S.RIGHTS),
    "all rights reserved": (S.RIGHTS, S.USABLE, S.USABLE),
    "not for the web": (S.RIGHTS, S.USABLE, S.USABLE),
    "private": (S.UNPUBLISHED, S.UNPUBLISHED, S.UNPUBLISHED),
    "private from the first day": (S.HIDDEN, S.HIDDEN, S.UNPUBLISHED),
    "withdrawn": (S.CANCELED, S.CANCELED, S.CANCELED),
    "withdrawn under embargo": (S.HIDDEN, S.HIDDEN, S.CANCELED),
    "deleted": (S.UNPUBLISHED, S.UNPUBLISHED, S.UNPUBLISHED),
    "unpublished": (S.UNPUBLISHED, S.UNPUBLISHED, S.UNPUBLISHED),
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_something_to_every_reader(state: str) -> None:
    found = tuple(decide(STATES[state], reader, AT) for reader in (ANYONE, PARTNER, SWORN))
    assert found == EXPECTED[state]


def test_the_public_reads_what_is_live_open_and_not_held() -> None:
    readable = {state for state, facts in STATES.items() if is_public(facts, AT)}
    assert readable == {
        "embargo over", "live", "licence of its last day", "licence expired", "no licence",
        "all rights reserved", "not for the web",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("contract", "covered"),
    [
        ({}, True),
        ({"texts": False}, False),
        ({"focuses": frozenset({7, 8})}, True),
        ({"focuses": frozenset({8})}, False),
        ({"themes": frozenset({1, 2})}, True),
        ({"themes": frozenset({2})}, False),
        ({"kinds": frozenset({"tribune"})}, True),
        ({"kinds": frozenset({"collective"})}, False),
        ({"focuses": frozenset({7}), "themes": frozenset({2})}, False),
        ({"contract_from": TODAY, "contract_until": TODAY}, True),
        ({"contract_until": YESTERDAY}, False),
        ({"contract_from": TODAY + timedelta(days=1)}, False),
    ],
)
def test_a_contract_covers_its_catalogue_while_it_runs(contract: dict, covered: bool) -> None:
    expected = Standing.USABLE if covered else Standing.RIGHTS
    assert decide(OUT, replace(PARTNER, **contract), AT) == expected


def test_what_was_never_out_is_not_told_to_those_who_are_not_concerned() -> None:
    elsewhere = replace(PARTNER, focuses=frozenset({8}))
    assert decide(STATES["embargoed"], elsewhere, AT) == Standing.HIDDEN


@pytest.mark.parametrize(
    ("reader", "republication", "shown"),
    [
        (ANYONE, "yes", True),
        (ANYONE, "ask", False),
        (ANYONE, "no", False),
        (PARTNER, "ask", False),
        (replace(PARTNER, granted=frozenset({5})), "ask", True),
        (replace(PARTNER, granted=frozenset({6})), "ask", False),
        (replace(PARTNER, granted=frozenset({5})), "no", False),
        (replace(PARTNER, images=False, granted=frozenset({5})), "yes", False),
        (replace(PARTNER, images=False, granted=frozenset({5})), "ask", False),
        (JOURNAL, "no", False),
    ],
)
def test_a_picture_travels_when_it_is_said_that_it_may(
    reader: Reader, republication: str, shown: bool
) -> None:
    assert reader.may_show(5, republication) is shown


@given(
    facts=st.builds(
        Facts,
        live=st.booleans(),
        restricted=st.booleans(),
        embargoed_until=st.sampled_from([None, BEFORE, LATER]),
        withdrawn_at=st.sampled_from([None, BEFORE]),
        licence_code=st.sampled_from(["", "arr", "cc-by-4.0"]),
        licence_expires_on=st.sampled_from([None, TODAY, YESTERDAY]),
        for_web=st.booleans(),
        released=st.booleans(),
    ),
    reader=st.builds(
        Reader,
        partner_id=st.sampled_from([None, 1]),
        texts=st.booleans(),
        embargoed=st.booleans(),
        contract_until=st.sampled_from([None, YESTERDAY]),
    ),
)
def test_a_text_leaves_only_live_licensed_and_free_of_embargo_or_sworn(
    facts: Facts, reader: Reader
) -> None:
    standing = decide(facts, reader, AT)
    if standing.has_text:
        assert facts.live
        assert not facts.restricted
        assert facts.withdrawn_at is None
        assert facts.licence_code
        assert facts.licence_expires_on != YESTERDAY
        assert reader.texts
        assert (standing == Standing.WITHHELD) is facts.is_embargoed(AT)
        assert reader.embargoed or not facts.is_embargoed(AT)
        assert reader.contract_until is None
    if not facts.released and not reader.embargoed and not facts.live:
        assert standing == Standing.HIDDEN
