"""From «Publier» to the bucket, without a browser."""

import feedparser
import pytest

from tests.factories.podcasts import EpisodeFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_published_episode_reaches_the_feed_in_the_bucket(s3, worker):
    episode = EpisodeFactory()
    worker.drain()
    answer = s3.get(episode.show.feed_key)
    feed = feedparser.parse(answer.content)
    assert answer.headers["Content-Type"].startswith("application/rss+xml")
    assert [entry.title for entry in feed.entries] == [episode.title]
    enclosure = feed.entries[0].enclosures[0]
    audio = s3.get(enclosure.href.partition("solutions-public/")[2])
    assert audio.status_code == 200
    assert len(audio.content) == int(enclosure.length)
