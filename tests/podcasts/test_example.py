"""The example show: loaded once, whole, quickly."""

import time

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import models

from cms.models import Image, Organisation, Person
from podcasts import example
from podcasts.models import Audio, EpisodePage, ShowPage
from podcasts.roles import REQUIRED
from tests.factories.cms import HomePageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def counts() -> dict[type[models.Model], int]:
    """Count everything that loading creates."""
    kinds = (Audio, EpisodePage, ShowPage, Image, Person, Organisation)
    return {kind: kind.objects.count() for kind in kinds}


def test_the_example_is_loaded_once_whole_and_quickly() -> None:
    HomePageFactory()
    ContentType.objects.clear_cache()
    start = time.monotonic()
    feeds = example.load()
    assert time.monotonic() - start < 10
    show = ShowPage.objects.live().get()
    assert feeds == {"podcasts": [show.feed_url]}
    episodes = EpisodePage.objects.child_of(show).live()
    assert sorted(e.episode_type for e in episodes) == ["full", "full", "full", "trailer"]
    for episode in episodes:
        assert episode.publishing_problems() == {}
        assert episode.audio.is_ready
        assert episode.transcript
        assert not episode.incomplete_reason
        if episode.episode_type == "full":
            assert {row.role for row in episode.participants.all()} >= set(REQUIRED)
            assert episode.chapter_marks
    before = counts()
    EpisodePage.objects.filter(pk=episodes[0].pk).update(title="Titre changé")
    assert example.load() == feeds
    assert counts() == before
    assert EpisodePage.objects.filter(title="Titre changé").exists()


def test_an_example_that_stopped_half_way_leaves_nothing_and_is_loaded_the_next_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    HomePageFactory()
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/bin/false")
    before = counts()
    with pytest.raises(Exception, match="ffmpeg"):
        example.load()
    assert counts() == before
