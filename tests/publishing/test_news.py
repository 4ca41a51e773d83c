"""Texts written as RSS and as Atom are read back equal, whatever they hold."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from publishing.news_html import html_of
from publishing.rss import render_atom, render_news
from publishing.text import xml_safe
from tests.publishing.news import PARIS, PICTURE, RESERVED, everywhere, feed, item, whole_item

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "cc": "http://backend.userland.com/creativeCommonsRssModule",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}
RENDERERS = [render_news, render_atom]
# st.text() leaves out lone surrogates: they are asked for by name.
ANY_TEXT = st.text(st.characters(codec=None))
HOSTILE = [
    "",
    "null \x00 bell \x07 escape \x1b",
    "]]> ]]]]>> <![CDATA[",
    "<script>alert(1)</script> & &amp; \"'",
    "😀 👩🏽‍🚀 é e\u0301 \u202f« » \u200b",
    "lone \ud800 surrogate \udfff \ufffe \uffff",
    "line\nline\ttab\r\nwindows\rmac",
    "\x1f",
    "a" * 100_000,
]


def rss(*items: object, **fields: object) -> etree._Element:
    return etree.fromstring(render_news(feed(**fields), items)).find("channel")


def atom(*items: object, **fields: object) -> etree._Element:
    return etree.fromstring(render_atom(feed(**fields), items))


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path, NS)]


def links(element: etree._Element) -> set[tuple[str, str]]:
    """Return relations and addresses; without a word of it, a link is an alternate (RFC 4287)."""
    found = element.findall("a:link", NS)
    return {(link.get("rel", "alternate"), link.get("href")) for link in found}


@pytest.mark.parametrize("render", RENDERERS)
def test_the_same_values_give_the_same_bytes(render: Callable) -> None:
    assert render(feed(), [whole_item()]) == render(feed(), [whole_item()])


def test_items_come_out_in_the_order_given() -> None:
    order = [item(2), item(3), item(1)]
    ids = [each.id for each in order]
    assert texts(rss(*order), "item/guid") == texts(atom(*order), "a:entry/a:id") == ids


def test_items_come_after_everything_else() -> None:
    """RFC 4287 leaves the order free; readers that stream expect it."""
    hub = {"hub": "https://hub.exemple.invalid/"}
    for root in (rss(item(1), item(2), **hub), atom(item(1), item(2), **hub)):
        names = [etree.QName(child).localname for child in root]
        assert names[-2:] in (["item", "item"], ["entry", "entry"])
        assert len(set(names[:-2]) & {"item", "entry"}) == 0


def test_an_rss_channel_says_what_it_is() -> None:
    found = rss(
        hub="https://hub.exemple.invalid/",
        rights="© Exemple",
        image="https://media.exemple.invalid/cover.jpg",
    )
    assert texts(found, "title") == ["Vieillir chez soi"]
    assert texts(found, "description") == ["Les textes du focus d’exemple."]
    assert texts(found, "link") == [feed().link]
    assert texts(found, "language") == ["fr"]
    assert texts(found, "lastBuildDate") == ["Wed, 04 Mar 2026 05:06:07 +0100"]
    assert texts(found, "copyright") == ["© Exemple"]
    assert texts(found, "dc:publisher") == ["Solutions solidaires"]
    assert texts(found, "image/link") == [feed().link]
    assert links(found) == {
        ("self", feed().rss_address),
        ("hub", "https://hub.exemple.invalid/"),
    }


def test_an_atom_feed_says_what_it_is() -> None:
    found = atom(
        hub="https://hub.exemple.invalid/",
        rights="© Exemple",
        image="https://media.exemple.invalid/cover.jpg",
    )
    assert found.tag == "{http://www.w3.org/2005/Atom}feed"
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert texts(found, "a:id") == [feed().id]
    assert texts(found, "a:title") == ["Vieillir chez soi"]
    assert texts(found, "a:subtitle") == ["Les textes du focus d’exemple."]
    assert texts(found, "a:updated") == ["2026-03-04T05:06:07+01:00"]
    assert texts(found, "a:author/a:name") == ["Solutions solidaires"]
    assert texts(found, "a:rights") == ["© Exemple"]
    assert texts(found, "a:logo") == ["https://media.exemple.invalid/cover.jpg"]
    assert links(found) == {
        ("self", feed().atom_address),
        ("alternate", feed().link),
        ("hub", "https://hub.exemple.invalid/"),
    }


def test_an_rss_item_says_everything() -> None:
    (found,) = rss(whole_item()).findall("item")
    assert found.find("guid").get("isPermaLink") == "false"
    assert texts(found, "guid") == [whole_item().id]
    assert texts(found, "link") == [whole_item().link]
    assert texts(found, "pubDate") == ["Sun, 01 Mar 2026 12:00:00 +0100"]
    assert texts(found, "dcterms:modified") == ["2026-03-01T18:30:00+01:00"]
    assert texts(found, "dc:creator") == ["Nour Delmas", "Karim Belhadj"]
    assert [unescape(text) for text in texts(found, "description")] == [whole_item().summary]
    assert texts(found, "content:encoded") == [html_of(whole_item())]
    assert texts(found, "category") == ["Grand âge", "Aude (11)"]
    assert texts(found, "cc:license") == [whole_item().licence.url]
    assert texts(found, "dc:rights") == ["CC BY-ND"]
    assert links(found) == {("canonical", whole_item().canonical), ("via", whole_item().elsewhere)}
    assert dict(found.find("media:content", NS).attrib) == {
        "url": PICTURE.url,
        "type": "image/jpeg",
        "medium": "image",
        "fileSize": "45678",
    }
    assert texts(found, "media:content/media:credit") == [PICTURE.credit]
    assert texts(found, "media:content/media:description") == [PICTURE.alt]
    assert found.find("media:content/media:copyright", NS).get("url") == PICTURE.licence.url


def test_an_atom_entry_says_everything() -> None:
    (found,) = atom(whole_item()).findall("a:entry", NS)
    assert texts(found, "a:id") == [whole_item().id]
    assert texts(found, "a:published") == ["2026-03-01T12:00:00+01:00"]
    assert texts(found, "a:updated") == ["2026-03-01T18:30:00+01:00"]
    assert texts(found, "a:author/a:name") == ["Nour Delmas", "Karim Belhadj"]
    assert texts(found, "a:summary") == [whole_item().summary]
    assert texts(found, "a:content") == [html_of(whole_item())]
    assert found.find("a:content", NS).get("type") == "html"
    assert texts(found, "a:rights") == ["CC BY-ND"]
    assert [tag.get("term") for tag in found.findall("a:category", NS)] == [
        "Grand âge",
        "Aude (11)",
    ]
    assert links(found) == {
        ("alternate", whole_item().link),
        ("license", whole_item().licence.url),
        ("canonical", whole_item().canonical),
        ("via", whole_item().elsewhere),
    }
    assert texts(found, "media:content/media:credit") == [PICTURE.credit]


def test_what_is_not_given_is_not_written() -> None:
    found = rss(item())
    assert {each.tag for each in found} == {
        "title", "link", f"{{{NS['a']}}}link", "description", "docs", "generator", "language",
        "lastBuildDate", f"{{{NS['dc']}}}publisher", "item",
    }  # fmt: skip
    assert {each.tag for each in found.find("item")} == {
        "title", "link", "guid", "pubDate", "description", f"{{{NS['dcterms']}}}modified",
    }  # fmt: skip
    found = atom(item())
    assert {etree.QName(each).localname for each in found.find("a:entry", NS)} == {
        "id", "title", "updated", "published", "link",
    }  # fmt: skip


def test_terms_that_are_not_creative_commons_do_not_pass_for_it() -> None:
    (found,) = rss(item(licence=RESERVED)).findall("item")
    assert texts(found, "cc:license") == []
    assert texts(found, "dc:rights") == ["Tous droits réservés"]


@settings(max_examples=40, deadline=None)
@given(ANY_TEXT)
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[2])
@example(HOSTILE[3])
@example(HOSTILE[4])
@example(HOSTILE[5])
@example(HOSTILE[6])
@example(HOSTILE[7])
@example(HOSTILE[8])
def test_any_text_is_read_back_without_what_xml_forbids(text: str) -> None:
    collection, whole = everywhere(text)
    safe, html = xml_safe(text), xml_safe(html_of(whole))
    found = etree.fromstring(render_news(collection, [whole])).find("channel")
    assert texts(found, "title") == [safe or collection.link]
    assert texts(found, "item/title") == [safe or whole.link]
    assert [unescape_once(each) for each in texts(found, "item/description")] == [
        safe or whole.link
    ]
    assert texts(found, "item/dc:creator") == [safe]
    assert (texts(found, "item/dc:rights") or [""]) == [safe]
    # A CDATA section cannot escape a carriage return: XML §2.11 makes it a line feed.
    assert texts(found, "item/content:encoded") == [re.sub("\r\n?", "\n", html)]
    found = etree.fromstring(render_atom(collection, [whole]))
    assert texts(found, "a:title") == [safe or collection.link]
    assert texts(found, "a:entry/a:title") == [safe or whole.link]
    assert texts(found, "a:entry/a:content") == [html]
    assert (texts(found, "a:entry/a:summary") or [""]) == [safe]
    assert (texts(found, "a:entry/media:content/media:credit") or [""]) == [safe]


def unescape_once(text: str) -> str:
    """Undo what html.escape does, and no other character reference."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize("render", RENDERERS)
def test_one_bad_text_leaves_the_others_in_the_feed(render: Callable) -> None:
    bad = item(2, title="\x00", link="https://exemple.invalid/\x00", content="\x00]]>\ud800")
    written = render(feed(), [item(1), bad, item(3)])
    assert [title.text for title in etree.fromstring(written).iter("{*}title")][1:] == [
        "Texte 1",
        "https://exemple.invalid/",
        "Texte 3",
    ]


@pytest.mark.parametrize(
    ("make", "field"), [(item, "published"), (item, "updated"), (feed, "changed")]
)
def test_a_date_without_time_zone_is_refused(make: Callable, field: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        make(**{field: datetime(2026, 1, 1)})  # noqa: DTZ001


def test_dates_keep_their_zone() -> None:
    moment = datetime(2026, 7, 1, 8, 0, 0, 999, tzinfo=PARIS)
    assert texts(atom(item(published=moment)), "a:entry/a:published") == [
        "2026-07-01T08:00:00+01:00"
    ]
