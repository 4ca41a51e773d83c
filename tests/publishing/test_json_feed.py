"""Texts written as JSON Feed 1.1 follow its specification, whatever they hold."""

import json
import re
from typing import Any

from hypothesis import example, given, settings

from publishing.json_feed import render
from publishing.news_html import html_of
from publishing.plain_text import text_of
from publishing.text import xml_safe
from tests.publishing.news import (
    ANSWER,
    CC_BY_ND,
    GRAVE,
    PICTURE,
    TERMS,
    everywhere,
    feed,
    item,
    republished_item,
    whole_item,
    withdrawn_item,
)
from tests.publishing.test_news import ANY_TEXT, HOSTILE

FEED_KEYS = {
    "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url",
    "icon", "favicon", "authors", "language", "expired", "hubs", "items",
}  # fmt: skip
ITEM_KEYS = {
    "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
    "banner_image", "date_published", "date_modified", "authors", "tags", "language",
    "attachments",
}  # fmt: skip
ATTACHMENT_KEYS = {"url", "mime_type", "title", "size_in_bytes", "duration_in_seconds"}
RFC_3339 = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)"


def check(value: dict[str, Any]) -> None:
    """Check what the specification says of names, of what is mandatory, and of extensions."""
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    assert value["title"]
    declared = named(value, FEED_KEYS)
    assert all(isinstance(value[name]["about"], str) for name in declared)
    for each in value["items"]:
        assert isinstance(each["id"], str)
        assert "content_html" in each or "content_text" in each
        assert len(set(each.get("tags", []))) == len(each.get("tags", []))
        for name in ("date_published", "date_modified"):
            assert re.fullmatch(RFC_3339, each[name])
        assert named(each, ITEM_KEYS) <= declared
        for author in each.get("authors", []):
            assert named(author, {"name", "url", "avatar"}) <= declared
        for attachment in each.get("attachments", []):
            assert attachment["url"]
            assert attachment["mime_type"]
            assert named(attachment, ATTACHMENT_KEYS) <= declared


def named(value: dict[str, Any], known: set[str]) -> set[str]:
    """Return the names of extensions; any other unknown name is a mistake."""
    extensions = {name for name in value if re.fullmatch(r"_[A-Za-z][^.]+", name)}
    assert set(value) - extensions <= known
    return extensions


def read(*items: object, **fields: object) -> dict[str, Any]:
    value = json.loads(render(feed(**fields), items))
    check(value)
    return value


def test_the_same_values_give_the_same_bytes() -> None:
    assert render(feed(), [whole_item()]) == render(feed(), [whole_item()])


def test_a_feed_says_what_it_is() -> None:
    found = read(
        hub="https://hub.exemple.invalid/",
        image="https://media.exemple.invalid/cover.jpg",
    )
    assert found["home_page_url"] == feed().link
    assert found["feed_url"] == feed().json_address
    assert found["description"] == feed().subtitle
    assert found["language"] == "fr"
    assert found["authors"] == [{"name": "Solutions solidaires"}]
    assert found["hubs"] == [{"type": "WebSub", "url": "https://hub.exemple.invalid/"}]
    assert found["icon"] == "https://media.exemple.invalid/cover.jpg"
    assert found["items"] == []


def test_an_item_says_everything() -> None:
    licence = {"code": CC_BY_ND.code, "url": CC_BY_ND.url, "name": CC_BY_ND.name}
    assert read(whole_item())["items"] == [
        {
            "id": whole_item().id,
            "url": whole_item().link,
            "external_url": whole_item().elsewhere,
            "title": "Texte 1",
            "content_html": html_of(whole_item()),
            "content_text": text_of(html_of(whole_item())),
            "summary": whole_item().summary,
            "image": PICTURE.url,
            "date_published": "2026-03-01T12:00:00+01:00",
            "date_modified": "2026-03-01T18:30:00+01:00",
            "authors": [
                {
                    "name": "Nour Delmas",
                    "_byline": {"role": "présidente", "organisation": "Département d’exemple"},
                },
                {"name": "Karim Belhadj"},
            ],
            "tags": ["Grand âge", "Aude (11)"],
            "attachments": [
                {
                    "url": PICTURE.url,
                    "mime_type": "image/jpeg",
                    "size_in_bytes": 45678,
                    "_credit": {
                        "credit": PICTURE.credit,
                        "caption": PICTURE.caption,
                        "alt": PICTURE.alt,
                    },
                    "_licence": licence,
                }
            ],
            "_licence": licence,
        }
    ]


def test_what_may_not_travel_whole_travels_as_its_summary() -> None:
    (found,) = read(item(summary="Chapô"))["items"]
    assert set(found) == {
        "id", "url", "title", "content_text", "summary", "date_published", "date_modified",
    }  # fmt: skip
    assert found["content_text"] == "Chapô"


def test_a_text_comes_as_html_and_as_words() -> None:
    """syndication.md §9, JSON Feed 1.1: ``content_html`` and ``content_text``, the same text."""
    (found,) = read(item(content="<p>L’été\u202f: <em>deux</em> fois.</p><ul><li>Un</li></ul>"))[
        "items"
    ]
    assert found["content_html"] == "<p>L’été\u202f: <em>deux</em> fois.</p><ul><li>Un</li></ul>"
    assert found["content_text"] == "L’été\u202f: deux fois.\n\n– Un"


def test_terms_corrections_and_answers_stand_under_one_declared_extension() -> None:
    """syndication.md §5 «Per item», §9: ``_solidaires`` with ``about``; nothing without value."""
    whole = read(republished_item())
    assert whole["_solidaires"]["about"]
    (found,) = whole["items"]
    assert found["_solidaires"] == {
        "version": 3,
        "usageTerms": "Reprise libre sur le web et en imprimé, en France, sans modification.",
        "terms": {
            "scope": ["web", "print"],
            "editing": "time-and-place",
            "commercial": False,
            "territories": "France",
            "expires": "2027-03-01",
            "creditLine": "Nour Delmas et Karim Belhadj, Solutions solidaires",
            "requiredLink": "https://exemple.invalid/focus/vieillir/texte-1/",
            "copyPolicy": "canonical",
            "tdm": "reserved",
        },
        "corrections": [
            {
                "version": 3,
                "date": "2026-03-04",
                "severity": "high",
                "text": "Correction du 4 mars 2026\u00a0: l’étude dit le contraire.",
            }
        ],
        "rightOfReply": [{"id": ANSWER.id, "href": ANSWER.link, "title": ANSWER.title}],
        "withheldImages": 1,
    }
    assert found["content_html"] == html_of(republished_item())
    for said in ("Le texte & la suite.", GRAVE.words, TERMS.credit_line):
        assert said in found["content_text"]
    assert found["attachments"][0]["_credit"] == {
        "credit": PICTURE.credit,
        "caption": PICTURE.caption,
        "alt": PICTURE.alt,
        "rightsHolder": "Agence Exemple",
        "expires": "2027-01-01",
    }


def test_a_right_of_reply_names_its_text() -> None:
    (found,) = read(item(replies_to=ANSWER))["items"]
    assert found["_solidaires"] == {
        "replyTo": {"id": ANSWER.id, "href": ANSWER.link, "title": ANSWER.title}
    }


def test_a_withdrawn_text_is_emptied_and_says_so() -> None:
    """syndication.md §2.4, §6: what was written of it before is written no more."""
    whole = withdrawn_item()
    assert read(whole)["items"] == [
        {
            "id": whole.id,
            "url": whole.link,
            "title": "[RETIRÉ] Texte 1",
            "content_html": html_of(whole),
            "content_text": text_of(html_of(whole)),
            "summary": whole.summary,
            "date_published": "2026-03-01T12:00:00+01:00",
            "date_modified": "2026-05-06T07:08:09+01:00",
            "_solidaires": {
                "status": "retracted",
                "version": 3,
                "retraction": {"date": "2026-05-06T07:08:09+01:00", "reason": "chiffres faux."},
            },
        }
    ]


def test_a_feed_that_has_nothing_to_declare_declares_nothing() -> None:
    assert "_solidaires" not in read(whole_item())


@settings(max_examples=40, deadline=None)
@given(ANY_TEXT)
@example(HOSTILE[0])
@example(HOSTILE[2])
@example(HOSTILE[5])
@example(HOSTILE[7])
@example(HOSTILE[8])
def test_any_text_is_read_back_without_what_xml_forbids(text: str) -> None:
    collection, whole = everywhere(text)
    found = json.loads(render(collection, [whole]))
    check(found)
    (each,) = found["items"]
    assert each.get("title", "") == xml_safe(text)
    assert each["content_html"] == xml_safe(html_of(whole))
