"""Shows and episodes that go online without a worker, and what a listener finds of them."""

from typing import Any

import feedparser

from podcasts.models import EpisodePage, ShowPage
from publishing.reconcile import Summary, publish_stale
from tests.factories.podcasts import EpisodeFactory
from tests.publishing.agreement import etags
from tests.services import S3


def settle() -> None:
    """Run what ``publish --stale`` runs."""
    summary = Summary()
    list(publish_stale(summary))
    assert summary.complete


def entries(s3: S3, show: ShowPage) -> list[Any]:
    """Return the items of the feed in the bucket."""
    return feedparser.parse(s3.get(show.feed_key).content).entries


def titles(s3: S3, show: ShowPage) -> list[str]:
    """Return their titles."""
    return [entry.title for entry in entries(s3, show)]


def keys_of(s3: S3, episode: EpisodePage) -> list[str]:
    """Return what the bucket holds of an episode."""
    return [key for key in etags(s3) if key.startswith(f"episodes/{episode.uuid}/")]


def episode_of(show: ShowPage, **fields: Any) -> EpisodePage:
    """Make one more episode with the sound of the first."""
    audio = EpisodePage.objects.child_of(show)[0].audio
    return EpisodeFactory(parent=show, **{"audio": audio} | fields)
