"""ninjs 3.1 (reference/syndication.md §3 «To ninjs», §5, §9)."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.contracts.ninjs import problems
from tests.tribunes import items
from tests.tribunes.exports.hostile import hostile_items
from tribunes.exports.ninjs import ninjs
from tribunes.items import Item


@pytest.mark.parametrize("name", items.EVERY_KIND)
def test_every_kind_of_item_is_valid(name: str) -> None:
    assert problems(ninjs(items.EVERY_KIND[name])) == []


@settings(max_examples=50, deadline=None)
@given(hostile_items())
def test_no_text_makes_it_invalid(item: Item) -> None:
    pictures = tuple(replace(picture, href=items.SITE) for picture in item.pictures)
    assert problems(ninjs(replace(item, pictures=pictures))) == []


def test_identity_dates_and_status() -> None:
    data = ninjs(items.embargoed())
    assert data["uri"] == items.embargoed().id
    assert data["version"] == "1"
    assert data["firstCreated"] == "2026-11-10T09:00:00+01:00"
    assert data["contentCreated"] == "2026-11-18T07:00:00+01:00"
    assert data["embargoedUntil"] == "2026-12-01T06:30:00+00:00"
    assert data["pubStatus"] == "withheld"


def test_people_and_institutions() -> None:
    data = ninjs(items.usable(people=(items.AUTHOR, items.SIGNATORY, items.SIGNATORY)))
    assert [(one["name"], one["rel"]) for one in data["people"][:2]] == [
        ("Jeanne Martin", "author"),
        ("Nour Delmas", "signatory"),
    ]
    assert data["organisations"] == [
        {"name": "Département du Lot", "rel": "author"},
        {"name": "Mutuelle Exemple", "rel": "signatory"},
    ]


def test_bodies_hold_corrections_since_notes_are_read_at_the_desk_alone() -> None:
    data = ninjs(items.corrected())
    html, plain = (body["value"] for body in data["bodies"])
    for body in (html, plain, data["edNote"]):
        assert "Correction importante du 20\u00a0novembre 2026\u00a0: Le Lot compte" in body
    assert html.startswith("<p>Un texte <strong>fort</strong>")
    assert "<h2>Un intertitre</h2>" in html
    assert [body["contentType"] for body in data["bodies"]] == ["text/html", "text/plain"]


def test_an_answer_says_to_what_in_its_body() -> None:
    reply = items.answered().replies[0]
    assert reply.url in ninjs(items.usable(replies_to=reply))["bodies"][0]["value"]


def test_terms_are_odrl_and_pictures_have_theirs() -> None:
    data = ninjs(items.usable())
    assert data["rightsInfo"]["langId"] == "http://www.w3.org/ns/odrl/2/"
    assert json.loads(data["rightsInfo"]["encodedRights"])["uid"] == items.TERMS.url
    assert data["usageTerms"] == items.TERMS.usage
    assert data["copyrightHolder"] == "Jeanne Martin"
    picture, sound = data["associations"]
    assert picture["usageTerms"] == "CC BY 4.0, jusqu’au 31\u00a0décembre 2027"
    assert picture["copyrightHolder"] == "Ali Benali"
    assert picture["rightsInfo"] == {"linkedRights": items.OPENING.licence_url}
    assert picture["renditions"][0]["sizeInBytes"] == len(items.JPEG)
    assert sound["uri"] == items.SOUND.href
    assert sound["renditions"][0]["contentType"] == "audio/mpeg"
    assert "expires" not in picture  # it would mean editorial relevance


def test_an_unknown_size_is_not_told_as_none() -> None:
    picture = replace(items.OPENING, length=0)
    rendition = ninjs(items.usable(pictures=(picture,)))["associations"][0]["renditions"][0]
    assert "sizeInBytes" not in rendition


def test_an_original_is_a_rendition() -> None:
    original = replace(items.OPENING, original="https://prive.exemple.invalid/o.tif")
    picture = ninjs(items.usable(pictures=(original,)))["associations"][0]
    assert picture["renditions"][1] == {"name": "original", "href": original.original}


def test_a_withdrawn_item_is_canceled_and_empty() -> None:
    data = ninjs(items.withdrawn())
    assert data["pubStatus"] == "canceled"
    assert data["headlines"][0]["value"] == "[RETIRÉ] Une place pour chacun"
    assert {body["value"] for body in data["bodies"]} == {""}
    assert "dépubliez-le" in data["edNote"]
    assert not {"descriptions", "associations", "people", "rightsInfo"} & set(data)
