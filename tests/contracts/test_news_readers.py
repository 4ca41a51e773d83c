"""Foreign readers find in our feeds of texts what we put there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from publishing import json_feed
from publishing.news_archives import documents
from publishing.news_html import html_of
from publishing.rss import render_atom, render_news
from tests.contracts.readers import read_with_feedparser, read_with_feedsmith
from tests.publishing.news import (
    ANSWER,
    PICTURE,
    TERMS,
    feed,
    item,
    republished_item,
    whole_item,
    withdrawn_item,
)

HUB = "https://hub.exemple.invalid/"
ITEMS = [whole_item(), item(2, summary="Chapô seul")]
RSS = render_news(feed(hub=HUB, rights="© Exemple"), ITEMS)
ATOM = render_atom(feed(hub=HUB, rights="© Exemple"), ITEMS)
JSON = json_feed.render(feed(hub=HUB), ITEMS)
NEWS = [item(9, replies_to=ANSWER), republished_item(), withdrawn_item(id="urn:x:withdrawn")]
WITHDRAWN = NEWS[2]


@pytest.mark.parametrize("xml", [RSS, ATOM], ids=["rss", "atom"])
def test_feedparser_reads_the_feed(xml: bytes) -> None:
    found = read_with_feedparser(xml)
    whole, short = found.entries
    assert (found.feed.title, found.feed.subtitle) == (feed().title, feed().subtitle)
    assert (found.feed.link, found.feed.rights) == (feed().link, "© Exemple")
    assert {(link.rel, link.href) for link in found.feed.links} >= {("hub", HUB)}
    assert [entry.id for entry in found.entries] == [each.id for each in ITEMS]
    assert (whole.title, whole.link) == (ITEMS[0].title, ITEMS[0].link)
    assert [author.name for author in whole.authors] == [a.name for a in ITEMS[0].authors]
    assert whole.published_parsed[:5] == (2026, 3, 1, 11, 0)
    assert whole.updated_parsed[:5] == (2026, 3, 1, 17, 30)
    assert whole.content[0].value.startswith("<p><strong>Un chapô &lt; &amp; d’exemple.")
    assert PICTURE.credit in whole.content[0].value
    assert [tag.term for tag in whole.tags] == ["Grand âge", "Aude (11)"]
    assert whole.media_content[0]["url"] == PICTURE.url
    assert whole.media_credit[0]["content"] == PICTURE.credit
    assert {link.rel for link in whole.links} >= {"alternate", "canonical", "via", "license"}
    assert (short.summary, "content" in short) == ("Chapô seul", False)


def test_feedsmith_reads_rss() -> None:
    found = read_with_feedsmith(RSS)
    whole, short = found["items"]
    assert (found["title"], found["link"]) == (feed().title, feed().link)
    assert {(link["rel"], link["href"]) for link in found["atom"]["links"]} == {
        ("self", feed().rss_address),
        ("hub", HUB),
    }
    assert whole["guid"] == {"value": ITEMS[0].id, "isPermaLink": False}
    assert whole["dc"]["creators"] == [author.name for author in ITEMS[0].authors]
    assert whole["content"]["encoded"] == html_of(ITEMS[0])
    assert moment(whole["dcterms"]["modified"][0]) == ITEMS[0].updated
    assert whole["creativeCommons"]["licenses"] == [ITEMS[0].licence.url]
    picture_agrees(whole["media"])
    assert short["description"] == "Chapô seul"
    assert "content" not in short


def test_feedsmith_reads_atom() -> None:
    found = read_with_feedsmith(ATOM)
    whole, short = found["entries"]
    assert (found["id"], found["title"], found["subtitle"]) == (
        feed().id,
        {"value": feed().title},
        {"value": feed().subtitle},
    )
    assert (whole["id"], whole["title"]["value"]) == (ITEMS[0].id, ITEMS[0].title)
    assert whole["content"] == {"value": html_of(ITEMS[0]), "type": "html"}
    assert whole["summary"] == {"value": ITEMS[0].summary}
    assert [author["name"] for author in whole["authors"]] == [a.name for a in ITEMS[0].authors]
    assert (moment(whole["published"]), moment(whole["updated"])) == (
        ITEMS[0].published, ITEMS[0].updated,
    )  # fmt: skip
    assert {link.get("rel") for link in whole["links"]} == {None, "license", "canonical", "via"}
    picture_agrees(whole["media"])
    assert short["summary"]["value"] == "Chapô seul"


def picture_agrees(media: dict[str, Any]) -> None:
    (content,) = media["contents"]
    assert (content["url"], content["fileSize"], content["type"], content["medium"]) == (
        PICTURE.url, PICTURE.length, PICTURE.type, "image",
    )  # fmt: skip
    assert content["credits"][0]["value"] == PICTURE.credit
    assert content["description"]["value"] == PICTURE.alt
    assert content["copyright"]["url"] == PICTURE.licence.url


def test_feedsmith_reads_json_feed() -> None:
    found = read_with_feedsmith(JSON)
    whole, short = found["items"]
    assert (found["title"], found["feed_url"]) == (feed().title, feed().json_address)
    assert found["hubs"] == [{"type": "WebSub", "url": HUB}]
    assert whole["content_html"] == html_of(ITEMS[0])
    assert moment(whole["date_published"]) == ITEMS[0].published
    assert whole["attachments"][0]["mime_type"] == "image/jpeg"
    assert short["content_text"] == "Chapô seul"


@pytest.mark.parametrize("render", [render_news, render_atom])
def test_feedparser_reads_terms_answers_and_withdrawals(render: Callable) -> None:
    """syndication.md §2.4: a reader that ignores tombstones finds the emptied entry."""
    answer, whole, gone = read_with_feedparser(render(feed(), NEWS)).entries
    assert {(link.rel, link.href) for link in answer.links} >= {("related", ANSWER.link)}
    assert {(link.rel, link.href) for link in whole.links} >= {("replies", ANSWER.link)}
    assert whole.rights == TERMS.usage
    assert (gone.id, gone.title, gone.link) == (WITHDRAWN.id, WITHDRAWN.title, WITHDRAWN.link)
    assert gone.summary == WITHDRAWN.summary
    assert gone.updated_parsed[:5] == (2026, 5, 6, 6, 8)
    assert gone.content[0].value == html_of(WITHDRAWN)
    assert not {"authors", "tags", "rights", "media_content"} & set(gone)


def test_feedsmith_reads_terms_answers_and_withdrawals() -> None:
    answer, whole, gone = read_with_feedsmith(render_atom(feed(), NEWS))["entries"]
    assert answer["thr"]["inReplyTos"] == [
        {"ref": ANSWER.id, "href": ANSWER.link, "type": "text/html"}
    ]
    assert whole["rights"] == {"value": TERMS.usage}
    assert whole["media"]["contents"][0]["copyright"]["value"] == "Agence Exemple · CC BY-ND"
    assert set(gone) == {"id", "title", "links", "published", "updated", "summary", "content"}
    assert gone["content"]["value"] == html_of(WITHDRAWN)
    *_, gone = read_with_feedsmith(render_news(feed(), NEWS))["items"]
    assert gone["content"]["encoded"] == html_of(WITHDRAWN)
    assert "dc" not in gone
    *_, gone = read_with_feedsmith(json_feed.render(feed(), NEWS))["items"]
    assert gone["content_html"] == html_of(WITHDRAWN)


def test_a_reader_walks_from_the_current_document_to_the_oldest_archive() -> None:
    """RFC 5005 §4, as a client does it: nothing but the links is known."""
    items = [item(nth) for nth in range(9, 0, -1)]
    cut = documents(feed(), items, 2, lambda nth: f"https://media.exemple.invalid/{nth}.xml")
    served = {each.feed.atom_address: render_atom(each.feed, each.items) for each in cut}
    address, found = feed().atom_address, []
    while address:
        read = read_with_feedparser(served[address])
        found += [entry.id for entry in read.entries]
        links = {link.rel: link.href for link in read.feed.links}
        assert links["self"] == address
        assert ("fh_archive" in read.feed) == (address != feed().atom_address)
        address = links.get("prev-archive", "")
    assert found == [each.id for each in items]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
