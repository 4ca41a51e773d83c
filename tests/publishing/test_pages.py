"""What pages have in the public bucket: all of it for those that anybody may see, else nothing."""

import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from podcasts.models import EpisodePage, ShowPage
from publishing.reconcile import Summary, publish_everything
from tests.factories.podcasts import (
    AudioFactory,
    EpisodeFactory,
    ShowFactory,
    publish,
    republish,
)
from tests.publishing.agreement import agree, etags
from tests.publishing.shows import entries, episode_of, keys_of, settle, titles
from tests.services import S3

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # the worker takes part


def unpublish(episode: EpisodePage) -> None:
    episode.unpublish()


def delete(episode: EpisodePage) -> None:
    Page.objects.get(pk=episode.pk).delete()


def restrict(episode: EpisodePage) -> None:
    PageViewRestriction.objects.create(
        page=episode, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )


def expire(episode: EpisodePage) -> None:
    EpisodePage.objects.filter(pk=episode.pk).update(expire_at=timezone.now())
    call_command("publish_scheduled")


def test_withdrawn_episodes_leave_feed_and_bucket(show: ShowPage, s3: S3) -> None:
    acts = (unpublish, delete, restrict, expire)
    episodes = [episode_of(show, title=act.__name__) for act in acts]
    hidden = episode_of(show, title="unpublished then deleted")
    settle()
    assert len(titles(s3, show)) == 6
    for act, episode in zip(acts, episodes, strict=True):
        act(episode)
    unpublish(hidden)
    settle()
    delete(hidden)
    settle()
    assert titles(s3, show) == ["Celui qui reste"]
    for episode in (*episodes, hidden):
        assert keys_of(s3, episode) == [], episode.title
    agree(s3)


def test_what_nobody_may_hear_yet_never_enters_the_bucket(show: ShowPage, s3: S3) -> None:
    draft, scheduled, restricted, silent = (
        episode_of(show, title=title, published=False)
        for title in ("draft", "scheduled", "restricted", "silent")
    )
    republish(scheduled, go_live_at=timezone.now() + timedelta(hours=1))
    restrict(restricted)
    publish(restricted)
    silent.audio = AudioFactory(examined=False)
    silent.live = True
    silent.save(clean=False)
    settle()
    list(publish_everything(Summary()))
    assert titles(s3, show) == ["Celui qui reste"]
    for episode in (draft, scheduled, restricted, silent):
        assert keys_of(s3, episode) == [], episode.title
    agree(s3)


def test_a_draft_of_a_published_episode_stays_private(
    episode: EpisodePage, show: ShowPage, s3: S3
) -> None:
    before = etags(s3)
    episode.title = "Brouillon"
    episode.save_revision()
    list(publish_everything(Summary()))
    assert etags(s3) == before


def test_a_scheduled_episode_appears_at_its_hour(show: ShowPage, s3: S3) -> None:
    episode = episode_of(show, published=False)
    hour = timezone.now() + timedelta(seconds=2)
    republish(episode, go_live_at=hour)
    call_command("publish_scheduled")
    settle()
    assert titles(s3, show) == ["Celui qui reste"]
    time.sleep(max(0, (hour - timezone.now()).total_seconds()))
    call_command("publish_scheduled")
    settle()
    assert episode.title in titles(s3, show)
    agree(s3)


def test_an_episode_that_comes_back_is_the_same_to_subscribers(
    episode: EpisodePage, show: ShowPage, s3: S3
) -> None:
    def known() -> dict[str, str]:
        return {entry.id: entry.enclosures[0].href for entry in entries(s3, show)}

    before = known()
    episode.unpublish()
    settle()
    publish(EpisodePage.objects.get(pk=episode.pk))
    settle()
    assert known() == before
    restrict(episode)
    settle()
    assert known() != before
    PageViewRestriction.objects.get().delete()
    settle()
    assert known() == before
    agree(s3)


def hide_by_unpublishing(show: ShowPage) -> None:
    for page in show.get_descendants(inclusive=True).specific():
        page.unpublish()


def hide_by_restricting(show: ShowPage) -> None:
    PageViewRestriction.objects.create(page=show, restriction_type=PageViewRestriction.LOGIN)


def hide_by_deleting(show: ShowPage) -> None:
    Page.objects.get(pk=show.pk).delete()


def test_shows_that_are_withdrawn_take_everything_away(show: ShowPage, s3: S3) -> None:
    acts = (hide_by_unpublishing, hide_by_restricting, hide_by_deleting)
    for act in acts:
        other = ShowFactory(title=act.__name__, artwork=show.artwork)
        EpisodeFactory(parent=other, audio=EpisodePage.objects.child_of(show)[0].audio)
    settle()
    before = s3.keys()
    for act in acts:
        act(ShowPage.objects.get(title=act.__name__))
    settle()
    folders = {key.rpartition("/")[0] for key in etags(s3)}
    (staying,) = EpisodePage.objects.child_of(show)
    assert folders == {f"podcasts/{show.feed_slug}", f"episodes/{staying.uuid}"}
    assert len(before) == 4 * len(s3.keys())
    agree(s3)


def test_a_whole_site_that_becomes_private_and_public_again(
    episode: EpisodePage, show: ShowPage, s3: S3
) -> None:
    before = etags(s3)
    hide_by_restricting(show.get_parent())
    settle()
    assert s3.keys() == []
    PageViewRestriction.objects.get().delete()
    settle()
    assert set(etags(s3)) == set(before)
    agree(s3)


def test_a_show_unpublished_alone_has_no_feed(episode: EpisodePage, show: ShowPage, s3: S3) -> None:
    """Its episodes are still pages of the site, which play their sound."""
    show.unpublish()
    settle()
    assert s3.get(show.feed_key).status_code == 404
    assert keys_of(s3, episode)
    agree(s3)
