"""What happens when the rights of a picture end."""

from datetime import date

import feedparser
import pytest

from cms import pictures
from cms.models import Image
from podcasts.artifacts import build_show
from tests.conftest import Worker
from tests.factories.podcasts import EpisodeFactory
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_cover_whose_rights_ended_leaves_and_the_show_keeps_its_feed(
    s3: S3, worker: Worker
) -> None:
    episode = EpisodeFactory()
    worker.drain()
    show = episode.show
    covers = [key for key in s3.keys() if "artwork" in key]
    assert covers

    cover = Image.objects.get(pk=show.artwork_id)
    cover.rights_expire_on = date(2020, 1, 1)
    cover.save()
    worker.drain()

    assert [key for key in s3.keys() if "artwork" in key] == []
    feed = feedparser.parse(s3.get(show.feed_key).content)
    assert [entry.title for entry in feed.entries] == [episode.title]
    assert "image" not in feed.feed


def test_the_last_day_of_a_cover_is_known_in_advance(s3: S3) -> None:
    episode = EpisodeFactory()
    Image.objects.filter(pk=episode.show.artwork_id).update(rights_expire_on=date(2099, 12, 31))
    valid_until = build_show(episode.show.pk).valid_until
    assert valid_until is not None
    assert valid_until.isoformat() == "2100-01-01T00:00:00+01:00"


def test_rights_that_ended_already_do_not_make_the_publication_stale_for_ever(s3: S3) -> None:
    show = EpisodeFactory().show
    Image.objects.filter(pk=show.artwork_id).update(rights_expire_on=date(2020, 1, 1))
    assert pictures.rights_end([Image.objects.get(pk=show.artwork_id)]) is None
