"""The checker of ninjs finds what the standard forbids."""

from typing import Any

import pytest

from tests.contracts.ninjs import problems

GOOD = {
    "uri": "urn:uuid:0190f3a0-0000-7000-8000-000000000001",
    "standard": {
        "name": "ninjs",
        "version": "3.1",
        "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
    },
    "type": "text",
    "version": "3",
    "pubStatus": "canceled",
    "bodies": [{"value": ""}],
}


def test_a_good_item_passes() -> None:
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    "fault",
    [
        {"version": 3},
        {"uri": "sans schéma"},
        {"pubStatus": "cancelled"},
        {"pubStatus": "killed"},
        {"unknown": 1},
        {"embargoedUntil": "2026-12-01"},
        {"embargoedUntil": "2026-12-01T07:30:00"},
        {"people": [{"name": "Nour Delmas", "biography": "…"}]},
        {"associations": [{"name": "image", "type": "picture"}]},
        {"associations": [{"uri": "https://a.invalid/b.jpg", "type": "picture"}]},
        {"bodies": [{"contentType": "text/html"}]},
        {"places": [{"geoJSON": {}}]},
        {"rightsInfo": {"langId": "http://www.w3.org/ns/odrl/2/"}},
        {"rightsInfo": {"linkedRights": "https://a.invalid/", "encodedRights": "{}"}},
    ],
)
def test_what_the_standard_forbids_is_found(fault: dict[str, Any]) -> None:
    assert problems({**GOOD, **fault})
