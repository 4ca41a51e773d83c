"""The item of the API: its groups of fields (reference/syndication.md §3 «Item fields», §5)."""

import hashlib
import json
from dataclasses import replace

import pytest

from tests.tribunes import items
from tests.tribunes.exports.links import LINKS
from tribunes.exports.json import as_json
from tribunes.items import Item

KEYS = {
    "id", "version", "type", "language", "url", "canonicalUrl", "checksum",
    "firstCreated", "firstPublished", "versionCreated", "embargoedUntil",
    "pubStatus", "representationType",
    "headline", "standfirst", "bodyHtml", "bodyText", "charCount", "wordCount", "editorialNote",
    "people", "territories", "focus", "subjects", "images", "withheldImages", "sounds", "terms",
    "corrections", "retraction", "rightOfReply", "rightOfReplyTo", "links",
}  # fmt: skip


def data(item: Item) -> dict:
    return json.loads(json.dumps(as_json(item, LINKS)))


@pytest.mark.parametrize("name", items.EVERY_KIND)
def test_every_key_is_always_there(name: str) -> None:
    assert set(data(items.EVERY_KIND[name])) == KEYS


def test_checksum_lets_partners_detect_drift() -> None:
    told = data(items.usable())
    assert told["checksum"] == hashlib.sha256(told["bodyHtml"].encode()).hexdigest()


def test_times_carry_their_offset() -> None:
    told = data(items.embargoed())
    assert told["firstCreated"] == "2026-11-10T09:00:00+01:00"
    assert told["firstPublished"] == told["versionCreated"] == "2026-11-18T07:00:00+01:00"
    assert told["embargoedUntil"] == "2026-12-01T06:30:00+00:00"
    assert told["pubStatus"] == "withheld"
    assert data(items.usable())["embargoedUntil"] is None


def test_people_are_in_order_with_what_ties_them() -> None:
    author, signatory = data(items.usable())["people"]
    assert author == {
        "id": items.AUTHOR.id,
        "name": "Jeanne Martin",
        "role": "author",
        "title": "présidente",
        "institution": "Département du Lot",
        "bioAtPublication": "Jeanne Martin est infirmière.",
        "interests": "Administratrice de la mutuelle Exemple.",
        "territory": "Lot",
        "partner": None,
    }
    assert (signatory["role"], signatory["partner"]) == ("signatory", "mutuelle-exemple")


def test_terms_are_data_and_a_sentence() -> None:
    assert data(items.usable())["terms"] == {
        "code": "tribune-integrale",
        "url": items.TERMS.url,
        "scope": ["web", "print"],
        "editing": "time-and-place",
        "commercial": False,
        "territories": "France",
        "expires": "2027-06-30",
        "creditLine": "Tribune publiée par Solutions solidaires.",
        "requiredLink": items.TERMS.required_link,
        "copyPolicy": "canonical",
        "tdm": "reserved",
        "usageTerms": items.TERMS.usage,
    }


def test_images_carry_their_provenance_and_those_withheld_are_counted() -> None:
    assert data(items.usable())["images"] == [
        {
            "href": items.OPENING.href,
            "width": 1600,
            "height": 1067,
            "alt": "Deux voisines au jardin",
            "caption": "Au jardin partagé",
            "credit": "Photo Ali Benali",
            "rightsHolder": "Ali Benali",
            "licence": {
                "code": "cc-by-4.0",
                "name": "CC BY 4.0",
                "url": "https://creativecommons.org/licenses/by/4.0/deed.fr",
            },
            "expires": "2027-12-31",
            "original": None,
        }
    ]
    told = data(items.without_pictures())
    assert (told["images"], told["withheldImages"]) == ([], 2)


def test_sounds_are_told() -> None:
    assert data(items.usable())["sounds"] == [
        {
            "title": "Un épisode d’exemple",
            "href": f"{items.MEDIA}/episode.mp3",
            "type": "audio/mpeg",
            "length": 123_456,
        }
    ]


def test_history_is_kept() -> None:
    reply = items.answered().replies[0]
    told = data(items.corrected(replies=(reply,), replies_to=reply))
    assert told["corrections"] == [
        {
            "version": 2,
            "date": "2026-11-20",
            "severity": "significant",
            "text": "Le Lot compte 173 000 habitants.",
        }
    ]
    assert told["rightOfReply"] == [{"id": reply.id, "href": reply.href, "url": reply.url}]
    assert told["rightOfReplyTo"] == {"id": reply.id, "href": reply.href, "url": reply.url}
    assert told["retraction"] is None


def test_a_withdrawn_item_is_canceled_and_emptied() -> None:
    told = data(items.withdrawn())
    assert told["pubStatus"] == "canceled"
    assert told["headline"] == "[RETIRÉ] Une place pour chacun"
    assert told["retraction"] == {
        "date": "2026-11-22T08:05:00+01:00",
        "reason": "Chiffres erronés.",
    }
    assert told["terms"] is None
    emptied = ("standfirst", "bodyHtml", "bodyText", "people", "images", "editorialNote")
    assert not any(told[key] for key in emptied)
    assert (told["charCount"], told["wordCount"]) == (0, 0)


def test_links_lead_to_formats_and_answers() -> None:
    assert list(data(items.usable())["links"]) == [
        "html", "text", "docx", "zip", "ninjs", "newsml", "publications", "ack",
    ]  # fmt: skip


def test_length_is_that_of_the_text_without_captions() -> None:
    figure = (
        "<figure><img src='https://a.invalid/b.jpg' alt=''><figcaption>Non</figcaption></figure>"
    )
    told = data(
        replace(items.usable(), html=f"<p>C’est l’été\u202f: 3 mots !</p>{figure}<p>Oui</p>")
    )
    assert told["charCount"] == len("C’est l’été\u202f: 3 mots !") + len("Oui")
    assert told["wordCount"] == 5
