"""The database is asked as often for a long feed as for a short one."""

import pytest
from django.core.cache import cache
from wagtail.models import Page, PageViewRestriction

from benchmarks.content import CHAPTERS, make_show
from benchmarks.measure import queries
from cms.selectors import unrestricted
from podcasts import feeds
from podcasts.artifacts import build_episode, build_show
from podcasts.chapters import description_lines
from podcasts.models import EpisodePage, EpisodeParticipant, ShowPage
from publishing.models import PublishedObject
from publishing.podcast import Channel, Item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def describe(show: ShowPage) -> tuple[Channel, list[Item]]:
    """Describe a show as it is in the database."""
    return feeds.describe(ShowPage.objects.get(pk=show.pk), "artwork.jpg", [], {})


def item_of(show: ShowPage) -> Item:
    """Describe the only episode of a show."""
    (item,) = describe(show)[1]
    return item


def test_thirty_episodes_cost_no_more_queries_than_three() -> None:
    counts = []
    for episodes in (3, 30):
        show = make_show(episodes)
        build_show(show.pk)  # makes the smaller covers, once for all
        counts.append(queries(lambda pk=show.pk: build_show(pk)))
        assert len(describe(show)[1]) == episodes
    assert counts[0] == counts[1] <= 10


def test_nothing_remembered_is_needed_to_stay_within_ten_queries() -> None:
    show = make_show(3)
    cache.clear()
    assert queries(lambda: describe(show)) <= 10


@pytest.mark.parametrize("restricted", [None, "home", "show", "episode"])
def test_pages_under_a_restriction_are_those_of_wagtail(restricted: str | None) -> None:
    show = make_show(2)
    episode = EpisodePage.objects.child_of(show).first()
    pages = {"home": show.get_parent(), "show": show, "episode": episode}
    if restricted:
        PageViewRestriction.objects.create(page=pages[restricted])
    allowed = set(unrestricted(Page.objects.all()))
    assert allowed == set(Page.objects.public())
    assert (episode.page_ptr in allowed) is (restricted is None)


def test_rows_say_what_models_say() -> None:
    show = make_show(1)
    episode = EpisodePage.objects.child_of(show).get()
    voices = EpisodeParticipant.objects.filter(episode=episode).order_by("sort_order")
    item = item_of(show)
    assert item.published == episode.published_on
    assert [person.name for person in item.persons] == [v.person.full_name for v in voices]
    assert all(str(v.person.uuid) in p.image for v, p in zip(voices, item.persons, strict=True))


def test_the_lines_of_chapters_travel_with_their_object() -> None:
    show = make_show(1)
    desired = build_episode(EpisodePage.objects.child_of(show).get().pk)
    (chapters,) = [artifact for artifact in desired.artifacts if artifact.role == "chapters"]
    assert chapters.facts == {"lines": description_lines(CHAPTERS)}
    assert all(f"<p>{line}</p>" in item_of(show).notes for line in chapters.facts["lines"])


def test_an_episode_enters_the_feed_with_its_sound() -> None:
    show = make_show(2)
    PublishedObject.objects.filter(role="audio").first().delete()
    assert len(describe(show)[1]) == 1


def test_an_item_names_only_what_is_in_the_bucket() -> None:
    show = make_show(1)
    PublishedObject.objects.exclude(role="audio").update(state=PublishedObject.State.RETIRED)
    item = item_of(show)
    assert (item.image, item.chapters, item.transcripts) == ("", "", ())
    assert {person.image for person in item.persons} == {""}
    assert "00:00:00" not in item.notes


def test_the_feed_changed_when_an_episode_in_it_did() -> None:
    show = make_show(2)
    *_, last = EpisodePage.objects.child_of(show).order_by("number")
    after = show.last_published_at.replace(year=2100)
    Page.objects.filter(pk=last.pk).update(last_published_at=after)
    assert describe(show)[0].changed == after
    PublishedObject.objects.filter(role="audio").delete()
    assert describe(show)[0].changed == show.last_published_at
