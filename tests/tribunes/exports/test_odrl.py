"""Terms as an ODRL policy (reference/syndication.md §5)."""

import json
from dataclasses import replace
from typing import Any

from tests.tribunes import items
from tribunes.exports.odrl import policy


def told(**changes: Any) -> dict[str, Any]:
    return json.loads(policy(items.usable(), replace(items.TERMS, **changes)))


def test_what_is_permitted_has_its_limits_and_its_duty() -> None:
    (permission,) = told()["permission"]
    assert permission == {
        "action": "reproduce",
        "constraint": [
            {"leftOperand": "media", "operator": "isAnyOf", "rightOperand": ["web", "print"]},
            {"leftOperand": "spatial", "operator": "eq", "rightOperand": "France"},
            {
                "leftOperand": "dateTime",
                "operator": "lteq",
                "rightOperand": {"@value": "2027-06-30", "@type": "xsd:date"},
            },
        ],
        "duty": [{"action": "attribute"}],
    }


def test_extracts_are_a_permission_of_their_own() -> None:
    permissions = told(scope=("extract",), expires=None, territories="")["permission"]
    assert permissions == [
        {"action": "extract", "constraint": [], "duty": [{"action": "attribute"}]}
    ]


def test_default_is_no_derivative_no_trade_no_mining() -> None:
    actions = [one["action"] for one in told(editing="none")["prohibition"]]
    assert actions == ["modify", "commercialize", "http://www.w3.org/ns/tdmrep/mine"]


def test_what_is_allowed_is_not_forbidden() -> None:
    free = told(editing="with-approval", commercial=True, tdm="allowed")
    assert free["prohibition"] == []
    consent = {"action": "modify", "duty": [{"action": "obtainConsent"}]}
    assert consent in free["permission"]


def test_a_policy_names_its_item_and_its_terms() -> None:
    assert (told()["target"], told()["uid"]) == (items.usable().id, items.TERMS.url)
