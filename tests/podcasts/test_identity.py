"""What apps know episodes and shows by never changes, and is never given twice (DESIGN §6)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from podcasts.models import EpisodePage, ShowPage
from publishing.podcast import podcast_guid
from tests.factories.cms import HomePageFactory
from tests.factories.podcasts import (
    OTHER_SPEECH,
    AudioFactory,
    EpisodeFactory,
    ShowFactory,
    publish,
    republish,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def identity(page: Any) -> dict[str, Any]:
    """Return what the database knows of the page's identity."""
    stored = type(page).objects.get(pk=page.pk)
    return {name: getattr(stored, name) for name in page.identity_fields}


def differs(page: Any, other: Any) -> bool:
    """Whether two pages have no identifier in common."""
    one, two = identity(page), identity(other)
    return all(one[name] != two[name] for name in one)


def change_title(episode: EpisodePage) -> None:
    republish(episode, title="Une autre question ?")


def change_slug(episode: EpisodePage) -> None:
    republish(episode, slug="autre-adresse")


def change_sound(episode: EpisodePage) -> None:
    republish(episode, audio=AudioFactory(path=OTHER_SPEECH))


def move_to_another_show(episode: EpisodePage) -> None:
    episode.move(ShowFactory(), pos="last-child")


def unpublish_and_publish(episode: EpisodePage) -> None:
    episode.unpublish()
    publish(EpisodePage.objects.get(pk=episode.pk))


def revert_to_a_revision_that_says_otherwise(episode: EpisodePage) -> None:
    first = episode.revisions.earliest("created_at")
    first.content |= {"guid": "celui-d-un-autre", "uuid": str(uuid4())}
    first.save()
    first.publish()


@pytest.mark.parametrize(
    "change",
    [
        change_title,
        change_slug,
        change_sound,
        move_to_another_show,
        unpublish_and_publish,
        revert_to_a_revision_that_says_otherwise,
    ],
)
def test_an_episode_keeps_its_identity(change: Callable[[EpisodePage], None]) -> None:
    episode = EpisodeFactory()
    before = identity(episode)
    assert UUID(before["guid"])
    change(episode)
    assert identity(episode) == before


def test_a_copied_episode_is_another_episode_and_so_are_its_old_revisions() -> None:
    episode = EpisodeFactory()
    republish(episode, title="Une autre question ?")
    copy = episode.copy(to=ShowFactory(), copy_revisions=True)
    assert differs(copy, episode)
    born = identity(copy)
    copy.revisions.earliest("created_at").publish()
    assert identity(copy) == born
    assert differs(copy, episode)
    assert {row.person for row in copy.participants.all()} == {
        row.person for row in episode.participants.all()
    }


def test_an_alias_is_another_episode_and_stays_it_when_the_original_changes() -> None:
    episode = EpisodeFactory()
    alias = episode.create_alias(parent=ShowFactory())
    assert differs(alias, episode)
    born = identity(alias)
    republish(episode, title="Une autre question ?")
    alias = EpisodePage.objects.get(pk=alias.pk)
    assert alias.title == "Une autre question ?"
    assert identity(alias) == born
    assert [row.role for row in alias.participants.all()] == [
        row.role for row in episode.participants.all()
    ]


def test_an_imported_episode_keeps_the_guid_that_apps_know() -> None:
    episode = EpisodeFactory(guid="https://ancien.exemple.invalid/?p=12")
    republish(episode, title="Une autre question ?")
    assert identity(episode)["guid"] == "https://ancien.exemple.invalid/?p=12"


@pytest.mark.parametrize(("factory", "fields"), [
    (EpisodeFactory, ("guid", "uuid")),
    (ShowFactory, ("guid", "feed_slug")),
])  # fmt: skip
def test_the_database_refuses_to_give_an_identity_twice(
    factory: Any, fields: tuple[str, ...]
) -> None:
    taken, other = factory(published=False), factory(published=False)
    for field in fields:
        with pytest.raises(IntegrityError), transaction.atomic():
            type(other).objects.filter(pk=other.pk).update(**{field: getattr(taken, field)})


def test_the_guid_of_a_show_is_that_of_its_first_feed_address() -> None:
    show = ShowFactory(title="Trois voix")
    assert show.feed_key == "podcasts/trois-voix/feed.xml"
    assert show.guid == podcast_guid(show.feed_url)


def test_a_show_keeps_its_feed_address_and_guid_whatever_its_title_slug_or_place() -> None:
    show = ShowFactory()
    before = identity(show)
    republish(show, title="Un tout autre titre", slug="une-tout-autre-adresse")
    show.move(HomePageFactory(slug="ailleurs"), pos="last-child")
    show = ShowPage.objects.get(pk=show.pk)
    show.unpublish()
    publish(ShowPage.objects.get(pk=show.pk))
    assert identity(show) == before


def test_a_copied_show_has_its_own_feed_and_its_own_episodes() -> None:
    episode = EpisodeFactory()
    show = episode.show
    copy = show.copy(recursive=True, update_attrs={"slug": "copie", "title": "Copie"})
    assert differs(copy, show)
    assert copy.feed_key == "podcasts/copie/feed.xml"
    assert copy.guid == podcast_guid(copy.feed_url)
    assert differs(EpisodePage.objects.child_of(copy).get(), episode)


def test_an_alias_of_a_show_has_its_own_feed() -> None:
    episode = EpisodeFactory()
    alias = episode.show.create_alias(recursive=True, update_slug="alias")
    assert differs(alias, episode.show)
    assert differs(EpisodePage.objects.child_of(alias).get(), episode)


def test_two_shows_with_the_same_name_have_two_feed_addresses() -> None:
    first = ShowFactory(title="Trois voix")
    other_home = HomePageFactory(slug="ailleurs")
    second = ShowFactory(title="Trois voix", parent=other_home)
    assert first.slug == second.slug
    assert second.feed_key == "podcasts/trois-voix-2/feed.xml"
    assert differs(first, second)
