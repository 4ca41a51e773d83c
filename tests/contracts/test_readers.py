"""Foreign readers find in the good feed what we put there."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.components import NODE_MODULES

from .faults import ADDRESS, GOOD, GUID, broken
from .good_site import FEED, noise, publish_good_feed
from .readers import (
    Gpo,
    read_with_feedparser,
    read_with_feedsmith,
    read_with_partytime,
    read_with_podcastparser,
)
from .server import Site, serving

EPISODE = "299efbfc-813a-4fe8-9f76-43ca7143cf42"
TITLE = "Comment bien vieillir chez soi\u202f?"
SHOW = "Une question de solidarité (exemple)"
BASE = f"https://media.solutions.example/episodes/{EPISODE}"
AUDIO = f"{BASE}/audio-9f8e7d6c5b4a3921.mp3"
LENGTHS = [14501888, 12004321, 480653]
PERSONS = [
    ("Nour Delmas", "host", "cast"),
    ("Jeanne Astier", "guest", "cast"),
    ("Karim Belhadj", "guest", "cast"),
    ("Maud Le Goff", "guest", "cast"),
    ("Inès Carrère", "translator", "writing"),
]
TRANSCRIPTS = [f"{BASE}/transcript-3c5e7092a4b6d8f0.vtt", f"{BASE}/transcript-4d6f80a2b4c6e8f1.srt"]
CHAPTERS = {
    "url": f"{BASE}/chapters-5e7092b4d6f81a3c.json",
    "type": "application/json+chapters",
}
LICENCE = "https://creativecommons.org/licenses/by/4.0/deed.fr"
NOTES_END = "[[exemple]]> &amp; merci 💛</p>"


def words(text: str) -> str:
    """Return a text with plain spaces: some readers replace the French ones."""
    return re.sub(r"\s", " ", text)


def test_feedparser_reads_the_feed() -> None:
    feed = read_with_feedparser(GOOD.encode())
    episode = feed.entries[0]
    assert (feed.feed.title, feed.feed.language, len(feed.entries)) == (SHOW, "fr", 3)
    assert (feed.feed.podcast_guid, feed.feed.podcast_medium) == (GUID, "podcast")
    assert feed.feed.publisher_detail.email == "podcast@solutions.example"
    assert [tag.term for tag in feed.feed.tags][:2] == ["Society & Culture", "Documentary"]
    assert (episode.id, episode.guidislink, episode.title) == (EPISODE, False, TITLE)
    assert (episode.enclosures[0].href, episode.enclosures[0].type) == (AUDIO, "audio/mpeg")
    assert int(episode.enclosures[0].length) == LENGTHS[0]
    assert (episode.itunes_duration, episode.itunes_season, episode.itunes_episode) == (
        ("906", "1", "2")
    )
    assert episode.published_parsed[:5] == (2025, 10, 14, 4, 0)
    assert episode.podcast_chapters == CHAPTERS
    assert episode.podcast_license == {"url": LICENCE}
    assert episode.content[0].value.endswith(NOTES_END)


def test_podcastparser_reads_the_feed() -> None:
    feed = read_with_podcastparser(GOOD.encode(), ADDRESS)
    episode = feed["episodes"][0]
    assert (feed["title"], feed["type"], feed["explicit"]) == (SHOW, "episodic", False)
    assert feed["itunes_categories"] == [
        ["Society & Culture", "Documentary"],
        ["News", "Politics"],
        ["Government"],
    ]
    assert (feed["new_url"], feed["cover_url"][-4:]) == (ADDRESS, ".jpg")
    assert (episode["guid"], episode["title"]) == (EPISODE, words(TITLE))
    assert episode["enclosures"] == [
        {"url": AUDIO, "file_size": LENGTHS[0], "mime_type": "audio/mpeg"}
    ]
    assert (episode["total_time"], episode["season"], episode["number"]) == (906, 1, 2)
    assert [each["type"] for each in feed["episodes"]] == ["full", "full", "trailer"]
    assert episode["description_html"].endswith(NOTES_END)


def test_partytime_reads_the_podcast_namespace() -> None:
    feed = read_with_partytime(GOOD.encode())
    episode = feed["items"][0]
    assert (feed["title"], feed["guid"], feed["medium"]) == (SHOW, GUID, "podcast")
    assert (feed["locked"], feed["podcastOwner"]) == (True, "podcast@solutions.example")
    assert feed["podcastFunding"][0]["message"] == "Soutenir l’émission"
    assert feed["license"]["identifier"] == "cc-by-nc-nd-4.0"
    assert feed["pubsub"]["self"] == ADDRESS
    assert (episode["guid"], episode["title"]) == (EPISODE, TITLE)
    assert episode["enclosure"] == {"url": AUDIO, "length": LENGTHS[0], "type": "audio/mpeg"}
    assert [
        (person["name"], person["role"].lower(), person["group"].lower())
        for person in episode["podcastPeople"]
    ] == PERSONS
    assert [each["url"] for each in episode["podcastTranscripts"]] == TRANSCRIPTS
    assert {each["rel"] for each in episode["podcastTranscripts"]} == {"captions"}
    assert episode["podcastChapters"] == CHAPTERS
    assert episode["podcastSeason"] == {"number": 1, "name": "Vivre ici"}
    assert episode["podcastEpisode"] == {"number": 2, "display": "Épisode 2"}
    assert episode["license"] == {"identifier": "cc-by-4.0", "url": LICENCE}
    assert episode["podcastSoundbites"][0]["startTime"] == 62.5


def test_feedsmith_reads_every_element() -> None:
    feed = read_with_feedsmith(GOOD.encode())
    podcast, episode = feed["podcast"], feed["items"][0]
    assert (feed["title"], podcast["guid"]) == (SHOW, GUID)
    assert [txt.get("purpose") for txt in podcast["txts"]] == ["applepodcastsverify", None]
    assert podcast["txts"][0]["display"] == "05124"
    assert podcast["updateFrequency"]["rrule"] == "FREQ=MONTHLY;INTERVAL=6"
    assert feed["itunes"]["complete"] is True
    assert feed["itunes"]["explicit"] is episode["itunes"]["explicit"] is False
    assert (episode["guid"]["value"], episode["guid"]["isPermaLink"]) == (EPISODE, False)
    assert episode["enclosures"] == [{"url": AUDIO, "length": LENGTHS[0], "type": "audio/mpeg"}]
    item: dict[str, Any] = episode["podcast"]
    assert [
        (person["display"], person["role"], person["group"]) for person in item["persons"]
    ] == PERSONS
    assert [each["url"] for each in item["transcripts"]] == TRANSCRIPTS
    assert item["chapters"] == CHAPTERS
    assert item["season"] == {"number": 1, "name": "Vivre ici"}
    assert item["license"] == {"display": "cc-by-4.0", "url": LICENCE}
    assert item["soundbites"][0]["duration"] == 28
    assert episode["content"]["encoded"].endswith(NOTES_END)


@pytest.mark.parametrize(
    "read",
    [
        read_with_feedparser,
        lambda xml: read_with_podcastparser(xml, ADDRESS),
        read_with_partytime,
        read_with_feedsmith,
    ],
    ids=["feedparser", "podcastparser", "partytime", "feedsmith"],
)
def test_a_reader_that_refuses_a_feed_says_so(read: Any) -> None:
    with pytest.raises(Exception, match=r".+"):
        read(broken("<rss ", "<html ", "</rss>", ""))


@pytest.fixture
def site() -> Iterator[Site]:
    """Run a server with the good feed and all it names."""
    with serving() as site:
        publish_good_feed(site)
        yield site


def test_gpodder_subscribes_downloads_and_asks_with_validators(site: Site, tmp_path: Path) -> None:
    gpo = Gpo(tmp_path)
    gpo.subscribe(site.base + FEED)
    gpo.update()
    assert site.requests == [("GET", FEED, 200), ("GET", FEED, 304)]
    (podcast,), episodes = gpo.podcasts(), gpo.episodes()
    assert podcast["title"] == SHOW
    assert [episode["file_size"] for episode in episodes] == LENGTHS
    assert (episodes[0]["guid"], episodes[0]["total_time"]) == (EPISODE, 906)
    gpo.download()
    assert [path.read_bytes() for path in gpo.files()] == [noise(length) for length in LENGTHS]


def test_gpodder_takes_a_new_title_without_a_second_episode(site: Site, tmp_path: Path) -> None:
    gpo = Gpo(tmp_path)
    gpo.subscribe(site.base + FEED)
    feed = site.resources[FEED]
    feed.body = feed.body.replace(b"bien vieillir", b"vivre vieux")
    gpo.update()
    assert [episode["guid"] for episode in gpo.episodes()].count(EPISODE) == 1
    assert "vivre vieux" in gpo.episodes()[0]["title"]


def test_the_npm_packages_are_pinned_without_naming_a_registry() -> None:
    folder = NODE_MODULES.parent
    pins = json.loads((folder / "package.json").read_text())["dependencies"]
    lock = json.loads((folder / "package-lock.json").read_text())["packages"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", pin) for pin in pins.values())
    assert not any("resolved" in package for package in lock.values())
    assert all("integrity" in package for name, package in lock.items() if name)
