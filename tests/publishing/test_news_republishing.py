"""What whoever republishes a text must know stands in RSS and in Atom."""

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from lxml import etree

from publishing import json_feed
from publishing.news import WITHDRAWN_NOTICE
from publishing.news_html import html_of
from publishing.rss import render_atom, render_news
from publishing.text import xml_safe
from tests.publishing.news import (
    ANSWER,
    PARIS,
    PICTURE,
    RESERVED,
    TERMS,
    WITHDRAWN_AT,
    everywhere,
    feed,
    item,
    republished_item,
    whole_item,
    withdrawn_item,
)
from tests.publishing.test_json_feed import check
from tests.publishing.test_news import (
    ANY_TEXT,
    HOSTILE,
    NS,
    RENDERERS,
    atom,
    links,
    rss,
    texts,
    unescape_once,
)

AT = "{http://purl.org/atompub/tombstones/1.0}"
THR = "{http://purl.org/syndication/thread/1.0}"
WRITERS = [*RENDERERS, json_feed.render]
SECRETS = [
    "Un chapô", "la suite", "Delmas", "Belhadj", "Martin", "photo.jpg", "Carcassonne", "13.",
    "maire", "Aude", "Agence", "CC BY-ND", "journal.exemple", "Reprise libre",
]  # fmt: skip


def test_terms_are_said_in_words_and_by_a_link() -> None:
    """syndication.md §5: usage sentence as rights, link rel=license, Creative Commons as such."""
    (found,) = rss(republished_item()).findall("item")
    assert texts(found, "dc:rights") == [TERMS.usage]
    assert texts(found, "cc:license") == [whole_item().licence.url]
    assert ("license", whole_item().licence.url) in links(found)
    (found,) = atom(republished_item()).findall("a:entry", NS)
    assert texts(found, "a:rights") == [TERMS.usage]
    assert ("license", whole_item().licence.url) in links(found)


def test_terms_of_our_own_do_not_pass_for_creative_commons() -> None:
    (found,) = rss(republished_item(licence=RESERVED)).findall("item")
    assert texts(found, "cc:license") == []
    assert texts(found, "dc:rights") == [TERMS.usage]
    assert ("license", RESERVED.url) in links(found)


def test_the_full_text_stands_in_rss() -> None:
    """syndication.md §9: a description, then content:encoded."""
    (found,) = rss(republished_item()).findall("item")
    assert texts(found, "content:encoded") == [html_of(republished_item())]


@pytest.mark.parametrize(
    ("holder", "licence", "words"),
    [
        ("Agence Exemple", PICTURE.licence, "Agence Exemple · CC BY-ND"),
        ("Agence Exemple", None, "Agence Exemple"),
        ("", PICTURE.licence, "CC BY-ND"),
    ],
)
def test_a_picture_names_its_author_and_who_holds_its_rights(
    holder: str, licence: object, words: str
) -> None:
    picture = replace(PICTURE, rights_holder=holder, licence=licence)
    for found in (rss(item(picture=picture)), atom(item(picture=picture))):
        (content,) = found.iterfind(".//media:content", NS)
        assert texts(content, "media:credit") == ["Jeanne Martin / Exemple"]
        assert texts(content, "media:copyright") == [words]


def test_a_right_of_reply_is_linked_both_ways() -> None:
    """syndication.md §6 «Right of reply»; RFC 4685."""
    answered, answer = item(1, replies=(ANSWER,)), item(2, replies_to=ANSWER)
    for found, path in ((rss(answered, answer), "item"), (atom(answered, answer), "a:entry")):
        first, second = found.findall(path, NS)
        assert ("replies", ANSWER.link) in links(first)
        assert ("related", ANSWER.link) in links(second)
    (found,) = second.findall(THR + "in-reply-to")
    assert dict(found.attrib) == {"ref": ANSWER.id, "href": ANSWER.link, "type": "text/html"}
    assert first.findall(THR + "in-reply-to") == []


def test_a_withdrawn_value_keeps_nothing_that_a_copy_could_be_made_of() -> None:
    found = withdrawn_item()
    assert found == withdrawn_item(content="<p>Tout autre chose</p>", authors=(), licence=RESERVED)
    assert (found.title, found.updated) == ("[RETIRÉ] Texte 1", WITHDRAWN_AT)
    assert found.summary == f"{WITHDRAWN_NOTICE} Motif\u00a0: chiffres faux."
    assert replace(found) == found, "withdrawn once, marked once"
    assert withdrawn_item(title="").title == f"[RETIRÉ] {found.link}"
    assert withdrawn_item(withdrawal_reason="").summary == WITHDRAWN_NOTICE


@pytest.mark.parametrize("render", WRITERS)
def test_nothing_of_a_withdrawn_text_is_written(render: object) -> None:
    """syndication.md §2.4: the emptied entry, in each format."""
    before = render(feed(), [republished_item()]).decode()
    after = render(feed(), [withdrawn_item()]).decode()
    shown = [secret for secret in SECRETS if secret in before]
    assert set(shown) >= {"la suite", "Delmas", "photo.jpg", "13.", "maire"}
    assert [secret for secret in shown if secret in after] == []
    assert "[RETIRÉ] Texte 1" in after
    assert "chiffres faux" in after


def test_a_withdrawn_text_is_an_emptied_item_in_rss() -> None:
    (found,) = rss(withdrawn_item()).findall("item")
    assert texts(found, "title") == ["[RETIRÉ] Texte 1"]
    assert texts(found, "guid") == [item().id]
    assert texts(found, "pubDate") == ["Sun, 01 Mar 2026 12:00:00 +0100"]
    assert texts(found, "dcterms:modified") == ["2026-05-06T07:08:09+01:00"]
    assert [unescape_once(text) for text in texts(found, "description")] == [
        withdrawn_item().summary
    ]
    assert texts(found, "content:encoded") == [html_of(withdrawn_item())]


def test_a_withdrawn_text_is_an_emptied_entry_and_a_tombstone_in_atom() -> None:
    """syndication.md §6 «feeds»; RFC 6721 §3."""
    root = atom(item(2), withdrawn_item())
    _, found = root.findall("a:entry", NS)
    assert {etree.QName(child).localname for child in found} == {
        "id", "title", "updated", "published", "link", "summary", "content",
    }  # fmt: skip
    assert texts(found, "a:updated") == ["2026-05-06T07:08:09+01:00"]
    (stone,) = root.findall(AT + "deleted-entry")
    assert dict(stone.attrib) == {"ref": item().id, "when": "2026-05-06T07:08:09+01:00"}
    assert texts(stone, "{*}comment") == [withdrawn_item().summary]
    assert [child.tag for child in root].index(stone.tag) < [child.tag for child in root].index(
        found.tag
    )


def test_no_namespace_is_declared_for_nothing() -> None:
    prefixes = {"at", "fh", "thr"}
    assert (
        prefixes & set(etree.fromstring(render_atom(feed(), [republished_item()])).nsmap) == set()
    )
    every = render_atom(feed(complete=True), [withdrawn_item(), item(2, replies_to=ANSWER)])
    assert prefixes <= set(etree.fromstring(every).nsmap)


def test_a_withdrawal_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        withdrawn_item(withdrawn=WITHDRAWN_AT.replace(tzinfo=None))
    assert withdrawn_item().withdrawn.tzinfo == PARIS


@settings(max_examples=40, deadline=None)
@given(ANY_TEXT)
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[2])
@example(HOSTILE[5])
@example(HOSTILE[6])
def test_any_text_can_be_withdrawn_and_answered(text: str) -> None:
    collection, whole = everywhere(text)
    withdrawn = replace(whole, withdrawn=WITHDRAWN_AT, withdrawal_reason=text)
    root = etree.fromstring(render_atom(collection, [whole, withdrawn]))
    assert texts(root, "{*}deleted-entry/{*}comment") == [withdrawn.summary]
    assert root.find(".//" + THR + "in-reply-to").get("ref") == xml_safe(f"urn:{text}")
    assert texts(root, "a:entry/a:title")[1] == withdrawn.title
    (channel,) = etree.fromstring(render_news(collection, [withdrawn]))
    assert [unescape_once(each) for each in texts(channel, "item/description")] == [
        withdrawn.summary
    ]
    found = json.loads(json_feed.render(collection, [whole, withdrawn]))
    check(found)
    assert found["items"][1]["summary"] == withdrawn.summary
