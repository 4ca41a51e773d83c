"""Values written as RSS are read back equal, whatever they hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from publishing.podcast import (
    Channel,
    Enclosure,
    Item,
    Licence,
    Person,
    Soundbite,
    Transcript,
    podcast_guid,
)
from publishing.rss import NAMESPACES, render, rfc2822
from publishing.text import xml_safe

NS = NAMESPACES | {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
PARIS = timezone(timedelta(hours=2))
# st.text() leaves out lone surrogates: they are asked for by name.
ANY_TEXT = st.text(st.characters(codec=None), min_size=1)
HOSTILE = [
    "null \x00 bell \x07 escape \x1b",
    "]]> ]]]]>> <![CDATA[",
    "<script>alert(1)</script> & &amp; \"'",
    "😀 👩🏽‍🚀 é e\u0301 \u202f« » \u200b",
    "lone \ud800 surrogate \udfff \ufffe \uffff",
    "line\nline\ttab\r\nwindows\rmac",
    "a" * 5000,
]


def channel(**fields: object) -> Channel:
    return replace(
        Channel(
            address="https://media.exemple.invalid/podcasts/emission/feed.xml",
            title="Émission",
            link="https://exemple.invalid/emission/",
            description="Une émission d’exemple.",
            language="fr",
            image="https://media.exemple.invalid/podcasts/emission/artwork-1.jpg",
            author="Solutions solidaires",
            categories=(("Society & Culture", "Documentary"), ("News", "")),
            guid="917393e3-1b1e-5cef-ace4-edaa54e1f810",
            changed=datetime(2026, 3, 4, 5, 6, 7, tzinfo=PARIS),
        ),
        **fields,
    )


def item(nth: int = 1, **fields: object) -> Item:
    return replace(
        Item(
            guid=f"guid-{nth}",
            title=f"Question {nth}",
            link=f"https://exemple.invalid/emission/question-{nth}/",
            published=datetime(2026, 1, nth, 12, 0, tzinfo=PARIS),
            enclosure=Enclosure(
                url=f"https://media.exemple.invalid/episodes/{nth}/audio.mp3",
                length=123456,
                type="audio/mpeg",
            ),
            duration=61,
        ),
        **fields,
    )


def parse(*items: Item, **fields: object) -> etree._Element:
    """Return the channel as a strict parser reads it."""
    return etree.fromstring(render(channel(**fields), items)).find("channel")


def texts(element: etree._Element, path: str) -> list[str]:
    return [found.text or "" for found in element.findall(path, NS)]


def test_the_same_values_give_the_same_bytes() -> None:
    assert render(channel(), [item(2), item(1)]) == render(channel(), [item(2), item(1)])


def test_items_come_out_in_the_order_given() -> None:
    assert texts(parse(item(2), item(3), item(1)), "item/guid") == ["guid-2", "guid-3", "guid-1"]


def test_a_channel_says_who_it_is() -> None:
    found = parse(owner=("Anne", "anne@exemple.invalid"), hub="https://hub.exemple.invalid/")
    assert texts(found, "title") == ["Émission"]
    assert texts(found, "link") == ["https://exemple.invalid/emission/"]
    assert texts(found, "lastBuildDate") == ["Wed, 04 Mar 2026 05:06:07 +0200"]
    assert {link.get("rel"): link.get("href") for link in found.findall("atom:link", NS)} == {
        "self": channel().address,
        "hub": "https://hub.exemple.invalid/",
    }
    assert texts(found, "itunes:explicit") == ["false"]
    assert texts(found, "itunes:type") == ["episodic"]
    assert texts(found, "itunes:owner/itunes:email") == ["anne@exemple.invalid"]
    assert texts(found, "podcast:guid") == [channel().guid]
    assert texts(found, "podcast:locked") == ["yes"]
    assert texts(found, "podcast:medium") == ["podcast"]
    assert [
        (category.get("text"), [child.get("text") for child in category])
        for category in found.findall("itunes:category", NS)
    ] == [("Society & Culture", ["Documentary"]), ("News", [])]


def test_what_is_not_given_is_not_written() -> None:
    found = parse(item())
    for path in (
        "copyright", "itunes:owner", "itunes:new-feed-url", "itunes:complete", "podcast:funding",
        "podcast:license", "podcast:person", "podcast:txt", "podcast:updateFrequency",
        "item/itunes:image", "item/itunes:episode", "item/itunes:season", "item/podcast:chapters",
        "item/podcast:transcript", "item/podcast:soundbite", "item/content:encoded",
    ):  # fmt: skip
        assert found.find(path, NS) is None, path


def test_an_item_says_everything_that_apps_know() -> None:
    found = parse(
        item(
            number=3,
            season=2,
            season_name="Grand âge",
            image="https://media.exemple.invalid/a.jpg",
            type="bonus",
            explicit=True,
            persons=(Person(name="Anne", role="guest", group="cast", link="https://a.invalid/"),),
            transcripts=(Transcript(url="https://media.exemple.invalid/t.vtt", type="text/vtt"),),
            chapters="https://media.exemple.invalid/c.json",
            licence=Licence(code="cc-by-4.0", url="https://creativecommons.org/licenses/by/4.0/"),
            soundbite=Soundbite(start=60.5, duration=30, title="À retenir"),
        )
    ).find("item")
    enclosure = found.find("enclosure")
    assert dict(enclosure.attrib) == {
        "url": item().enclosure.url,
        "length": "123456",
        "type": "audio/mpeg",
    }
    assert found.find("guid").get("isPermaLink") == "false"
    assert texts(found, "pubDate") == ["Thu, 01 Jan 2026 12:00:00 +0200"]
    assert texts(found, "itunes:duration") == ["61"]
    assert texts(found, "itunes:explicit") == ["true"]
    assert texts(found, "itunes:episodeType") == ["bonus"]
    assert texts(found, "itunes:episode") == texts(found, "podcast:episode") == ["3"]
    assert texts(found, "itunes:season") == ["2"]
    assert found.find("podcast:season", NS).get("name") == "Grand âge"
    assert found.find("itunes:image", NS).get("href").endswith("/a.jpg")
    assert dict(found.find("podcast:person", NS).attrib) == {
        "role": "guest",
        "group": "cast",
        "href": "https://a.invalid/",
    }
    assert found.find("podcast:transcript", NS).get("type") == "text/vtt"
    assert found.find("podcast:chapters", NS).get("type") == "application/json+chapters"
    assert texts(found, "podcast:license") == ["cc-by-4.0"]
    soundbite = found.find("podcast:soundbite", NS)
    assert (soundbite.text, soundbite.get("startTime"), soundbite.get("duration")) == (
        "À retenir", "60.5", "30",
    )  # fmt: skip


def test_words_that_the_namespace_limits_are_cut_at_128_characters() -> None:
    found = parse(
        item(
            season=1,
            season_name="s" * 200,
            persons=(Person(name="p" * 200),),
            soundbite=Soundbite(start=0, duration=15, title="t" * 200),
        ),
        funding=("https://exemple.invalid/don", "f" * 200),
    )
    assert len(found.find("podcast:funding", NS).text) == 128
    assert len(found.find("item/podcast:person", NS).text) == 128
    assert len(found.find("item/podcast:season", NS).get("name")) == 128
    assert len(found.find("item/podcast:soundbite", NS).text) == 128


def everywhere(text: str) -> tuple[Channel, Item]:
    """Put a text wherever somebody may type or paste one."""
    return channel(
        title=text,
        description=text,
        copyright=text,
        author=text,
        owner=(text, text),
        funding=("https://exemple.invalid/don", text),
        licence=Licence(code=text, url=""),
        persons=(Person(name=text),),
        verifications=((text, text),),
        update_frequency=(text, "FREQ=WEEKLY"),
    ), item(
        guid=text,
        title=text,
        description=text,
        notes=f"<p>{text}</p>",
        season=1,
        season_name=text,
        persons=(Person(name=text),),
        licence=Licence(code=text, url=""),
        soundbite=Soundbite(start=0, duration=15, title=text),
    )


TEXT_PATHS = (
    "copyright", "itunes:author", "itunes:owner/itunes:name",
    "itunes:owner/itunes:email", "podcast:license", "podcast:txt", "image/title",
    "item/guid", "item/title", "item/itunes:title", "item/podcast:license",
)  # fmt: skip
CUT_TEXT_PATHS = (
    "podcast:funding", "podcast:person", "podcast:updateFrequency", "item/podcast:person",
    "item/podcast:soundbite",
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(ANY_TEXT)
@example(HOSTILE[0])
@example(HOSTILE[1])
@example(HOSTILE[2])
@example(HOSTILE[3])
@example(HOSTILE[4])
@example(HOSTILE[5])
@example(HOSTILE[6])
@example("\x1f")
def test_any_text_is_read_back_without_what_xml_forbids(text: str) -> None:
    show, episode = everywhere(text)
    found = etree.fromstring(render(show, [episode])).find("channel")
    safe = xml_safe(text)
    for path in ("title", "description"):
        assert texts(found, path) == [safe or show.link], path
    assert texts(found, "item/description") == [safe or episode.link]
    for path in TEXT_PATHS:
        assert (texts(found, path) or [""]) == [safe], path
    for path in CUT_TEXT_PATHS:
        assert (texts(found, path) or [""]) == [xml_safe(text[:128])], path
    assert found.find("podcast:txt", NS).get("purpose", "") == safe
    assert found.find("item/podcast:season", NS).get("name", "") == xml_safe(text[:128])
    # A CDATA section cannot escape a carriage return: XML §2.11 makes it a line feed.
    notes = f"<p>{safe}</p>".replace("\r\n", "\n").replace("\r", "\n")
    assert texts(found, "item/content:encoded") == [notes]


def test_one_bad_episode_leaves_the_others_in_the_feed() -> None:
    found = parse(item(1), item(2, notes="<p>\x00]]>\ud800</p>", title="\x00"), item(3))
    assert texts(found, "item/guid") == ["guid-1", "guid-2", "guid-3"]


def test_a_date_without_time_zone_is_refused() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        render(channel(), [item(published=naive)])
    with pytest.raises(ValueError, match="timezone"):
        render(channel(changed=naive), [])


@given(
    st.datetimes(
        min_value=datetime(1900, 1, 2),  # noqa: DTZ001
        timezones=st.sampled_from([UTC, PARIS, timezone(-timedelta(hours=9, minutes=30))]),
    )
)
def test_dates_are_read_back_to_the_second(moment: datetime) -> None:
    assert parsedate_to_datetime(rfc2822(moment)) == moment.replace(microsecond=0)


def test_the_guid_of_a_show_ignores_scheme_and_final_slash() -> None:
    """The example of the podcast namespace, tag guid."""
    expected = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    assert str(podcast_guid("https://mp3s.nashownotes.com/pc20rss.xml")) == expected
    assert str(podcast_guid("http://mp3s.nashownotes.com/pc20rss.xml/")) == expected
