"""The feed of the example show, as programs that we did not write read it."""

import hashlib
from pathlib import Path

import pytest
import requests
from lxml import etree
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cms.services import set_up_site
from podcasts import example
from podcasts.models import EpisodePage, ShowPage
from podcasts.roles import TAXONOMY
from tests.conftest import Worker
from tests.contracts.feed_checker import check, check_objects
from tests.contracts.readers import (
    Gpo,
    read_with_feedparser,
    read_with_feedsmith,
    read_with_partytime,
    read_with_podcastparser,
)
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=False)


@pytest.fixture
def show(s3: S3, worker: Worker, live_server: LiveServer, settings: Settings) -> ShowPage:
    """Publish the example show to the bucket; its pages answer, too."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    set_up_site()
    example.load()
    worker.drain()
    return ShowPage.objects.get()


@pytest.fixture
def xml(show: ShowPage, s3: S3) -> bytes:
    """Fetch its feed as an app does."""
    answer = requests.get(show.feed_url, timeout=20)
    answer.raise_for_status()
    return answer.content


def test_our_checker_finds_nothing_neither_in_the_feed_nor_in_what_it_names(
    show: ShowPage, xml: bytes
) -> None:
    assert check(xml, show.feed_url, podcast_guid=str(show.guid)) == []
    assert check_objects(xml) == []


def test_foreign_readers_read_back_every_field_that_is_stored(show: ShowPage, xml: bytes) -> None:
    assert set(etree.fromstring(xml).nsmap) == {"atom", "content", "itunes", "podcast"}
    general_readers_agree(show, xml)
    partytime_agrees(show, xml)
    feedsmith_agrees(show, xml)


def general_readers_agree(show: ShowPage, xml: bytes) -> None:
    """Compare what feedparser and podcastparser read with what is stored."""
    stored = {page.guid: page for page in EpisodePage.objects.select_related("audio")}
    lenient, strict = read_with_feedparser(xml), read_with_podcastparser(xml, show.feed_url)
    assert strict["title"] == lenient.feed.title == show.title
    assert strict["description"].split() == show.description.split()
    assert strict["language"] == "fr"
    assert strict["itunes_author"] == show.author
    assert {entry.id for entry in lenient.entries} == set(stored)
    for episode in strict["episodes"]:
        page = stored[episode["guid"]]
        assert episode["title"].split() == page.title.split()  # it turns thin spaces into spaces
        assert episode["link"] == page.full_url
        assert episode["description"].split() == page.summary.split()
        assert episode["published"] == int(page.published_on.timestamp())
        assert episode["total_time"] == round(page.audio.duration)
        assert episode.get("number") == page.number
        (enclosure,) = episode["enclosures"]
        head = requests.head(enclosure["url"], timeout=20)
        assert (enclosure["file_size"], enclosure["mime_type"]) == (
            int(head.headers["Content-Length"]),
            head.headers["Content-Type"],
        )


def partytime_agrees(show: ShowPage, xml: bytes) -> None:
    """Compare persons, transcripts, chapters, seasons and licences."""
    feed = read_with_partytime(xml)
    assert feed["guid"] == str(show.guid)
    assert feed["locked"] is True
    assert feed["license"]["identifier"] == "cc-by-nd-4.0"
    assert feed["podcastFunding"] == [{"message": show.funding_text, "url": show.funding_url}]
    items = {item["guid"]: item for item in feed["items"]}
    for page in EpisodePage.objects.all():
        item = items[page.guid]
        voices = [
            (voice.person.full_name, *TAXONOMY[voice.role]) for voice in page.participants.all()
        ]
        people = item["podcastPeople"]
        assert [(p["name"], p["role"].lower(), p["group"].lower()) for p in people] == voices
        assert {t["type"] for t in item["podcastTranscripts"]} == {
            "text/vtt",
            "application/srt",  # its word for application/x-subrip
        }
        assert item["podcastSeason"] == {"number": 1, "name": "Tenir ensemble"}
        assert item["license"]["identifier"] == page.licence.code
        if page.chapters.exists():
            chapters = requests.get(item["podcastChapters"]["url"], timeout=20).json()["chapters"]
            assert [(c["startTime"], c["title"]) for c in chapters] == [
                (chapter.start, chapter.title) for chapter in page.chapters.all()
            ]
        if page.soundbite_start is not None:
            (bite,) = item["podcastSoundbites"]
            assert (bite["startTime"], bite["duration"], bite["title"]) == (
                page.soundbite_start,
                page.soundbite_duration,
                page.soundbite_title,
            )


def feedsmith_agrees(show: ShowPage, xml: bytes) -> None:
    """Compare what the show says of itself."""
    feed = read_with_feedsmith(xml)
    podcast, itunes = feed["podcast"], feed["itunes"]
    assert podcast["guid"] == str(show.guid)
    assert podcast["medium"] == "podcast"
    assert [person["display"] for person in podcast["persons"]] == ["Nora Delmas"]
    assert itunes["categories"] == [
        {"text": "Society & Culture", "categories": [{"text": "Documentary"}]},
        {"text": "News", "categories": [{"text": "Politics"}]},
    ]
    assert itunes["explicit"] is False
    assert itunes["type"] == show.show_type
    assert feed["atom"]["links"][0]["href"] == show.feed_url
    assert len(feed["items"]) == EpisodePage.objects.live().count()


def test_gpodder_subscribes_downloads_and_then_hears_not_modified(
    show: ShowPage, xml: bytes, tmp_path: Path
) -> None:
    client = Gpo(tmp_path)
    client.subscribe(show.feed_url)
    client.update()
    client.download()
    stored = {page.guid: page for page in EpisodePage.objects.all()}
    episodes = client.episodes()
    assert [episode["guid"] for episode in episodes] == [
        page.guid for page in sorted(stored.values(), key=lambda p: p.published_on, reverse=True)
    ]
    downloaded = {hashlib.sha256(path.read_bytes()).digest() for path in client.files()}
    published = {
        hashlib.sha256(requests.get(episode["url"], timeout=20).content).digest()
        for episode in episodes
    }
    assert downloaded == published
    etag = client.podcasts()[0]["http_etag"]
    again = requests.get(show.feed_url, headers={"If-None-Match": etag}, timeout=20)
    assert again.status_code == 304
    client.update()
    assert len(client.episodes()) == len(episodes)
