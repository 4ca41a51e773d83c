"""What an editor does marks what it changes, in the editor's transaction, at a small price."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageViewRestriction, Site

from cms.models import Image, Licence, Organisation, Person
from podcasts.models import Audio, EpisodePage, ShowPage
from publishing import registry
from publishing.models import Publication
from publishing.signal_handlers import page_changed
from tests.conftest import Worker
from tests.factories.cms import ImageFactory, PersonFactory
from tests.factories.podcasts import (
    AudioFactory,
    CoverFactory,
    EpisodeFactory,
    ShowFactory,
    publish,
)
from tests.services import S3

pytestmark = pytest.mark.django_db


@contextmanager
def marks(*expected: Page) -> Iterator[None]:
    """Check that exactly these pages are marked stale within the block."""
    Publication.objects.update(generation=0, published_generation=0)
    yield
    marked = Publication.objects.filter(generation__gt=F("published_generation"))
    assert {publication.key for publication in marked} == {
        registry.key_for(page) for page in expected
    }


@pytest.fixture
def show(s3: S3) -> ShowPage:
    """Give a published show."""
    return ShowFactory(title="Émission")


@pytest.fixture
def episode(show: ShowPage) -> EpisodePage:
    """Give its published episode."""
    return EpisodeFactory(parent=show)


def test_saving_a_draft_marks_nothing(episode: EpisodePage) -> None:
    with marks():
        episode.title = "Brouillon"
        episode.save_revision()
        EpisodeFactory(parent=episode.show, audio=episode.audio, published=False)


def test_publishing_and_unpublishing_mark_the_page(episode: EpisodePage) -> None:
    with marks(episode):
        publish(episode)
    with marks(episode):
        episode.unpublish()


def test_deleting_marks_the_page_online_or_not(episode: EpisodePage) -> None:
    hidden = EpisodeFactory(parent=episode.show, audio=episode.audio)
    hidden.unpublish()
    with marks(hidden):
        Page.objects.get(pk=hidden.pk).delete()
    with marks(episode):
        Page.objects.get(pk=episode.pk).delete()


def test_deleting_a_show_marks_all_its_episodes(episode: EpisodePage) -> None:
    show = episode.show
    with marks(show, episode):
        Page.objects.get(pk=show.pk).delete()


def test_unpublishing_a_show_with_all_below_marks_all(episode: EpisodePage) -> None:
    show = episode.show
    with marks(show, episode):
        for page in (show, episode):
            page.unpublish()


def test_a_restriction_marks_all_below_when_it_comes_and_when_it_goes(
    episode: EpisodePage,
) -> None:
    show = episode.show
    with marks(show, episode):
        restriction = PageViewRestriction.objects.create(
            page=show, restriction_type=PageViewRestriction.LOGIN
        )
    with marks(show, episode):
        restriction.restriction_type = PageViewRestriction.PASSWORD
        restriction.save()
    with marks(show, episode):
        restriction.delete()
    PageViewRestriction.objects.create(page=episode, restriction_type=PageViewRestriction.LOGIN)
    with marks(episode):
        episode.delete()


def test_a_move_marks_the_page_and_both_parents(episode: EpisodePage) -> None:
    other = ShowFactory(title="Autre", artwork=episode.show.artwork)
    with marks(episode, episode.show, other):
        episode.move(other, pos="last-child")


def test_a_copy_marks_the_new_page(episode: EpisodePage) -> None:
    with marks():
        changes = {"slug": "copie", "title": "Copie", "number": None}
        copy = episode.copy(update_attrs=changes, keep_live=False)
    with marks(copy):
        publish(copy)
    with marks(EpisodePage(pk=copy.pk + 1)):
        live = episode.copy(update_attrs={**changes, "slug": "copie-2"})
    assert live.live


def test_a_new_address_marks_all_below(
    episode: EpisodePage, django_capture_on_commit_callbacks: Any
) -> None:
    show = episode.show
    with marks(show, episode), django_capture_on_commit_callbacks(execute=True):
        show.slug = "nouvelle-adresse"
        publish(show)
    home = show.get_parent().specific
    with marks(show, episode), django_capture_on_commit_callbacks(execute=True):
        home.slug = "nouvel-accueil"
        home.save()


def test_a_new_host_marks_everything(episode: EpisodePage) -> None:
    with marks(episode, episode.show):
        site = Site.objects.get()
        site.hostname = "exemple.invalid"
        site.save()


def test_a_page_that_is_not_published_anywhere_marks_nothing(show: ShowPage) -> None:
    with marks():
        publish(show.get_parent().specific)


# What pages refer to. The index of references is written by the worker.


@pytest.mark.django_db(transaction=True)
def test_what_a_published_page_refers_to_marks_it(s3: S3, worker: Worker) -> None:
    portrait, logo, cover = ImageFactory(), ImageFactory(), CoverFactory()
    guest = PersonFactory(portrait=portrait, organisation__logo=logo)
    host = PersonFactory()
    show = ShowFactory(published=False)
    show.hosts.create(person=host)
    publish(show)
    episode = EpisodeFactory(parent=show, artwork=cover, published=False)
    episode.participants.create(person=guest, role="other")
    publish(episode)
    stranger, unused = PersonFactory(), ImageFactory()
    worker.drain()
    expected: list[tuple[Any, set[Page]]] = [
        (guest, {episode}),
        (guest.organisation, {episode}),
        (portrait, {episode}),
        (logo, {episode}),
        (cover, {episode}),
        (episode.audio, {episode}),
        (host, {show}),
        (show.artwork, {show}),
        (show.licence, {show}),
        (portrait.licence, {show, episode}),  # the licence of every picture
        (stranger, set()),
        (unused, set()),
    ]
    for found, pages in expected:
        with marks(*pages):
            found.save()


@pytest.mark.django_db(transaction=True)
def test_finding_who_refers_costs_the_same_for_one_and_for_many(
    s3: S3, worker: Worker, django_assert_max_num_queries: Any
) -> None:
    show = ShowFactory()
    audio = AudioFactory()
    person = PersonFactory()

    def price(limit: int) -> int:
        worker.drain()
        with transaction.atomic(), django_assert_max_num_queries(limit) as queries:
            person.organisation.save()
        return len(queries)

    def speak() -> None:
        episode = EpisodeFactory(parent=show, audio=audio, published=False)
        episode.participants.create(person=person, role="other")
        publish(episode)

    speak()
    price(50)  # fills the cache of content types
    one = price(50)
    for _ in range(3):
        speak()
    price(one)


# The price


def test_publishing_costs_the_editor_the_same_whatever_the_show_holds(
    episode: EpisodePage, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        EpisodeFactory(parent=episode.show, audio=episode.audio)
    for page in (episode, episode.show):
        with django_assert_max_num_queries(7):
            page_changed(instance=page)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [publish, EpisodePage.unpublish, EpisodePage.delete])
def test_what_is_rolled_back_leaves_neither_mark_nor_task(
    s3: S3, act: Callable[[EpisodePage], None]
) -> None:
    episode = EpisodeFactory(parent__published=False)
    DBTaskResult.objects.all().delete()
    with marks(), transaction.atomic():
        act(episode)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.filter(task_path__startswith="publishing.").exists()


def test_every_model_that_feeds_tell_of_is_watched() -> None:
    assert registry.watched() == {Person, Organisation, Licence, Image, Audio}
