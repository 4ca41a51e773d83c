"""Nothing is public that should not be: states of an episode against the doors that lead to it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

from podcasts.models import Audio, EpisodePage, ShowPage
from tests.factories.cms import ImageFactory
from tests.factories.podcasts import (
    OTHER_SPEECH,
    AudioFactory,
    EpisodeFactory,
    publish,
    republish,
)
from tests.services import S3

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode() -> EpisodePage:
    """An episode that has everything, ready to be published."""
    episode = EpisodeFactory(
        title="Une question confidentielle",
        summary="Ce que personne ne doit lire.",
        rich=True,
        published=False,
        chapters=(0, 5),
    )
    person = episode.participants.first().person
    person.portrait = ImageFactory(file__color="navy")
    person.save()
    return episode


# States


def online(episode: EpisodePage) -> None:
    publish(episode)
    call_command("publish", stale=True, verbosity=0)
    # What the task queue does a little later, so that images and sounds know their pages.
    for known in (episode, *(row.person for row in episode.participants.all())):
        ReferenceIndex.create_or_update_for_object(known)


def draft(episode: EpisodePage) -> None:
    episode.save_revision()


def scheduled(episode: EpisodePage) -> None:
    episode.go_live_at = timezone.now() + timedelta(minutes=1)
    episode.save_revision().publish()


def unpublished(episode: EpisodePage) -> None:
    online(episode)
    EpisodePage.objects.get().unpublish()


def deleted(episode: EpisodePage) -> None:
    online(episode)
    EpisodePage.objects.get().delete()


def deleted_with_its_show(episode: EpisodePage) -> None:
    online(episode)
    ShowPage.objects.get().delete()


def deleted_as_a_draft(episode: EpisodePage) -> None:
    unpublished(episode)
    EpisodePage.objects.get().delete()


def restricted(kind: str, place: Callable[[], Page], episode: EpisodePage) -> None:
    online(episode)
    restriction = PageViewRestriction(page=place(), restriction_type=kind, password="mot")
    restriction.save()
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.create(name="Essai"))


def born_restricted(episode: EpisodePage) -> None:
    PageViewRestriction.objects.create(page=ShowPage.objects.get(), restriction_type="login")
    online(episode)


def with_a_sound_that_is(state: str, episode: EpisodePage) -> None:
    online(episode)
    audio = Audio.objects.get()
    audio.state = state
    audio.save()


def with_cover(episode: EpisodePage, **rights: Any) -> None:
    online(episode)
    for name, value in rights.items():
        setattr(episode.artwork, name, value)
    episode.artwork.save()


def with_portrait(episode: EpisodePage, **rights: Any) -> None:
    online(episode)
    portrait = episode.participants.first().person.portrait
    for name, value in rights.items():
        setattr(portrait, name, value)
    portrait.save()


# Doors


def in_the_feed(s3: S3, episode: EpisodePage) -> bool:
    feed = feedparser.parse(s3.get(f"podcasts/{episode.parent_slug}/feed.xml").content)
    return episode.guid in {entry.id for entry in feed.entries}


def has_object(name: str, s3: S3, episode: EpisodePage) -> bool:
    return any(key.startswith(f"episodes/{episode.uuid}/{name}-") for key in s3.keys())


def has_portrait(s3: S3, episode: EpisodePage) -> bool:
    return any(key.startswith("people/") for key in s3.keys())


def on_its_page(s3: S3, episode: EpisodePage) -> bool:
    answer = Client().get(episode.address)
    return answer.status_code == 200 and episode.summary in answer.content.decode()


def on_the_home_page(s3: S3, episode: EpisodePage) -> bool:
    return episode.title in Client().get("/").content.decode()


def on_the_page_of_its_show(s3: S3, episode: EpisodePage) -> bool:
    answer = Client().get(f"/{episode.parent_slug}/")
    return episode.title in answer.content.decode()


SITE = {
    "page": on_its_page,
    "home": on_the_home_page,
    "show": on_the_page_of_its_show,
}
BUCKET = {
    "feed": in_the_feed,
    "audio": partial(has_object, "audio"),
    "artwork": partial(has_object, "artwork"),
    "transcript": partial(has_object, "transcript"),
    "chapters": partial(has_object, "chapters"),
    "portrait": has_portrait,
}
DOORS = SITE | BUCKET

ITSELF, ABOVE = EpisodePage.objects.get, ShowPage.objects.get
EXPIRED, UNKNOWN = {"rights_expire_on": date(2020, 1, 1)}, {"licence": None}

OPEN: dict[str, tuple[Callable[[EpisodePage], None], set[str]]] = {
    "published": (online, set(DOORS)),
    "draft": (draft, set()),
    "scheduled": (scheduled, set()),
    "unpublished": (unpublished, set()),
    "deleted": (deleted, set()),
    "deleted with its show": (deleted_with_its_show, set()),
    "unpublished, then deleted": (deleted_as_a_draft, set()),
    "for those who log in": (partial(restricted, "login", ITSELF), set()),
    "for those with a password": (partial(restricted, "password", ITSELF), set()),
    "for a group": (partial(restricted, "groups", ITSELF), set()),
    "its show for those who log in": (partial(restricted, "login", ABOVE), set()),
    "its show for those with a password": (partial(restricted, "password", ABOVE), set()),
    "its show for a group": (partial(restricted, "groups", ABOVE), set()),
    "its show restricted before": (born_restricted, set()),
    "sound pending": (partial(with_a_sound_that_is, "pending"), set(SITE)),
    "sound refused": (partial(with_a_sound_that_is, "refused"), set(SITE)),
    "cover expired": (partial(with_cover, **EXPIRED), set(DOORS) - {"artwork"}),
    "cover without licence": (partial(with_cover, **UNKNOWN), set(DOORS) - {"artwork"}),
    "portrait expired": (partial(with_portrait, **EXPIRED), set(DOORS) - {"portrait"}),
    "portrait without licence": (partial(with_portrait, **UNKNOWN), set(DOORS) - {"portrait"}),
}


@pytest.mark.parametrize("state", OPEN)
def test_the_doors_of_an_episode(state: str, episode: EpisodePage, s3: S3) -> None:
    episode.address, episode.parent_slug = episode.url, episode.show.slug
    bring_to, expected = OPEN[state]
    bring_to(episode)
    call_command("publish", stale=True, verbosity=0)
    assert {name for name, is_open in DOORS.items() if is_open(s3, episode)} == expected
    if not expected:
        named = (str(episode.uuid), str(episode.guid), "people/")
        assert not [key for key in s3.keys() if any(name in key for name in named)]


def test_the_feed_follows_a_show_that_is_hidden_and_shown_again(
    episode: EpisodePage, s3: S3
) -> None:
    restricted("login", ABOVE, episode)
    call_command("publish", stale=True, verbosity=0)
    assert s3.keys() == []
    PageViewRestriction.objects.get().delete()
    call_command("publish", stale=True, verbosity=0)
    episode.parent_slug = ShowPage.objects.get().slug
    assert in_the_feed(s3, episode)


def test_nothing_is_published_before_somebody_publishes(episode: EpisodePage, s3: S3) -> None:
    call_command("publish", all=True, verbosity=0)
    assert [key for key in s3.keys() if key.startswith(("episodes/", "people/"))] == []


def sound_key(s3: S3, episode: EpisodePage) -> str:
    """Return the key of the one sound in the bucket, which is the one in the feed."""
    [key] = [key for key in s3.keys() if "/audio-" in key]
    feed = feedparser.parse(s3.get(episode.show.feed_key).content)
    assert [entry.enclosures[0].href for entry in feed.entries] == [s3.url(key)]
    return key


def test_another_sound_has_another_address_and_another_title_has_not(
    episode: EpisodePage, s3: S3
) -> None:
    online(episode)
    first = sound_key(s3, episode)
    republish(EpisodePage.objects.get(), title="Une autre question", slug="autre-adresse")
    call_command("publish", stale=True, verbosity=0)
    assert sound_key(s3, episode) == first
    republish(EpisodePage.objects.get(), audio=AudioFactory(path=OTHER_SPEECH))
    call_command("publish", stale=True, verbosity=0)
    assert sound_key(s3, episode) != first
