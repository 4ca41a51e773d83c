"""What changes around an episode reaches its subscribers, and they notice nothing else."""

from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.utils import timezone
from wagtail.models import Site

from podcasts.models import EpisodePage, ShowPage
from publishing.models import Publication
from publishing.reconcile import Summary, publish_everything
from tests.conftest import Worker
from tests.factories.cms import ImageFactory, LicenceFactory, PersonFactory
from tests.factories.podcasts import (
    OTHER_SPEECH,
    AudioFactory,
    CoverFactory,
    EpisodeFactory,
    ShowFactory,
    publish,
    republish,
)
from tests.publishing.agreement import agree, etags
from tests.publishing.relay import Relay
from tests.publishing.shows import entries, keys_of, settle, titles
from tests.services import S3

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # the worker takes part


def test_an_episode_that_moves_is_listed_by_its_new_show_only(
    episode: EpisodePage, show: ShowPage, s3: S3
) -> None:
    other = ShowFactory(title="Autre", artwork=show.artwork)
    settle()
    files = keys_of(s3, episode)
    episode.move(other, pos="last-child")
    settle()
    assert titles(s3, show) == ["Celui qui reste"]
    (moved,) = entries(s3, other)
    assert moved.id == episode.guid
    assert keys_of(s3, episode) == files
    agree(s3)


def test_a_new_slug_changes_links_and_nothing_that_subscribers_know(
    episode: EpisodePage, show: ShowPage, s3: S3, django_capture_on_commit_callbacks: Any
) -> None:
    keys = s3.keys()
    guids = {entry.id for entry in entries(s3, show)}
    with django_capture_on_commit_callbacks(execute=True):
        republish(show, slug="nouvelle-adresse")
        republish(EpisodePage.objects.get(pk=episode.pk), slug="nouvelle-question")
    settle()
    assert s3.keys() == keys
    assert {entry.id for entry in entries(s3, show)} == guids
    links = {entry.link for entry in entries(s3, show)}
    assert all("/nouvelle-adresse/" in link for link in links)
    assert any(link.endswith("/nouvelle-question/") for link in links)
    agree(s3)


def test_a_site_that_changes_its_host_changes_the_links(
    episode: EpisodePage, show: ShowPage, s3: S3
) -> None:
    keys = s3.keys()
    site = Site.objects.get()
    site.hostname = "solutions.exemple.invalid"
    site.save()
    settle()
    feed = feedparser.parse(s3.get(show.feed_key).content)
    for link in (feed.feed.link, *(entry.link for entry in feed.entries)):
        assert link.startswith("http://solutions.exemple.invalid/")
    assert s3.keys() == keys
    agree(s3)


def test_a_copy_is_another_episode_and_both_are_listed(
    episode: EpisodePage, show: ShowPage, s3: S3
) -> None:
    copy = episode.copy(update_attrs={"slug": "copie", "title": "Copie", "number": None})
    settle()
    assert sorted(titles(s3, show)) == ["Celui qui reste", "Copie", "Question"]
    assert copy.guid != episode.guid
    assert len({entry.enclosures[0].href for entry in entries(s3, show)}) == 3
    agree(s3)


def test_an_episode_that_changes_costs_its_objects_and_one_feed(
    episode: EpisodePage, show: ShowPage, relay: Relay, s3: S3
) -> None:
    republish(episode, summary="Un autre résumé.")
    settle()
    assert relay.puts() == [show.feed_key]
    relay.seen.clear()
    republish(episode, transcript="WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour.\n")
    settle()
    assert len(relay.puts()) == 3
    assert relay.puts()[-1] == show.feed_key
    assert all(f"/{episode.uuid}/transcript-" in key for key in relay.puts()[:2])
    agree(s3)


def test_a_new_sound_replaces_the_old_one(episode: EpisodePage, show: ShowPage, s3: S3) -> None:
    before = keys_of(s3, episode)
    republish(episode, audio=AudioFactory(path=OTHER_SPEECH))
    settle()
    assert len(keys_of(s3, episode)) == len(before)
    assert keys_of(s3, episode) != before
    agree(s3)


def test_everything_twice_uploads_nothing(
    episode: EpisodePage, show: ShowPage, relay: Relay, s3: S3
) -> None:
    list(publish_everything(Summary()))
    relay.seen.clear()
    list(publish_everything(Summary()))
    assert relay.puts() == []


@committed
def test_several_episodes_in_a_row_make_one_feed(relay: Relay, s3: S3, worker: Worker) -> None:
    show = ShowFactory()
    worker.drain()
    relay.seen.clear()
    audio = AudioFactory()
    for _ in range(3):
        EpisodeFactory(parent=show, audio=audio)
    worker.drain()
    assert relay.puts().count(show.feed_key) == 1
    assert len(titles(s3, show)) == 3
    agree(s3)


@committed
def test_the_feed_follows_what_its_episodes_refer_to(s3: S3, worker: Worker) -> None:
    show = ShowFactory()
    portrait, cover = ImageFactory(), CoverFactory()
    licence = LicenceFactory(code="cc-by-sa-4.0")
    guest = PersonFactory(first_name="Anne", last_name="Avant", portrait=portrait)
    episode = EpisodeFactory(parent=show, artwork=cover, licence=licence, published=False)
    episode.participants.create(person=guest, role="other")
    publish(episode)
    worker.drain()
    feed = s3.get(show.feed_key).text
    assert "Anne Avant" in feed
    assert f"people/{guest.uuid}/portrait-" in feed
    agree(s3)

    guest.last_name = "Après"
    guest.save()
    licence.code, licence.url = "maison", "https://exemple.invalid/maison"
    licence.save()
    worker.drain()
    feed = s3.get(show.feed_key).text
    assert "Anne Après" in feed
    assert "Anne Avant" not in feed
    assert "https://exemple.invalid/maison" in feed
    agree(s3)


@committed
def test_a_portrait_that_is_deleted_leaves_feed_and_bucket(s3: S3, worker: Worker) -> None:
    show = ShowFactory()
    portrait = ImageFactory()
    episode = EpisodeFactory(parent=show, published=False)
    guest = PersonFactory(portrait=portrait)
    episode.participants.create(person=guest, role="other")
    publish(episode)
    worker.drain()
    assert f"people/{guest.uuid}/portrait-" in s3.get(show.feed_key).text
    portrait.delete()
    worker.drain()
    assert "portrait-" not in s3.get(show.feed_key).text
    assert not [key for key in etags(s3) if "/portrait-" in key]
    agree(s3)


def test_a_picture_leaves_the_day_after_its_rights_end(show: ShowPage, s3: S3) -> None:
    cover = CoverFactory(rights_expire_on=timezone.localdate())
    episode = EpisodeFactory(parent=show, artwork=cover)
    settle()
    assert any("/artwork-" in key for key in keys_of(s3, episode))
    publication = Publication.objects.get(key=f"podcasts.episode:{episode.pk}")
    assert timezone.localtime(publication.rebuild_at).date() > timezone.localdate()
    # A night passes.
    yesterday = timezone.localdate() - timedelta(days=1)
    type(cover).objects.filter(pk=cover.pk).update(rights_expire_on=yesterday)
    Publication.objects.filter(pk=publication.pk).update(rebuild_at=timezone.now())
    settle()
    assert not any("/artwork-" in key for key in keys_of(s3, episode))
    assert f"episodes/{episode.uuid}/artwork" not in s3.get(show.feed_key).text
    agree(s3)
