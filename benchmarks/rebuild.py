"""What is uploaded when nothing changed, and when one episode of 1,000 did."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.content import show_with
from benchmarks.measure import Line
from podcasts.querysets import EPISODE_LABEL, SHOW_LABEL
from publishing.services import publish
from publishing.storage import get_store
from tests.factories.podcasts import EpisodeFactory, republish

EPISODES = 1000
WRITES = ("PutObject", "CopyObject", "CompleteMultipartUpload")


def run() -> Iterator[Line]:
    """Publish an episode with a real sound among the others, then again, then changed."""
    show = show_with(EPISODES)
    episode = EpisodeFactory(parent=show)
    keys = [f"{EPISODE_LABEL}:{episode.pk}", f"{SHOW_LABEL}:{show.pk}"]

    def uploads() -> list[str]:
        with _written() as written:
            for key in keys:
                publish(key)
        return written

    first, again = uploads(), uploads()
    yield Line(
        what="episode and feed built again",
        found=_count(again),
        against=f"{_count(first)} at first",
        promise="0",
        kept=not again,
    )
    republish(episode, title="Qui répond à une question corrigée ?")
    changed = uploads()
    own = [key for key in changed if key.startswith(f"episodes/{episode.uuid}/")]
    yield Line(
        what="a title corrected",
        found=_count(changed),
        against=", ".join(key.rpartition("/")[2].partition("-")[0] for key in changed),
        promise="its own, 1 feed",
        kept=sorted([*own, show.feed_key]) == sorted(changed),
    )


def _count(keys: list[str]) -> str:
    return f"{len(keys)} uploads"


@contextmanager
def _written() -> Iterator[list[str]]:
    """Note the key of every object that the pipeline writes meanwhile."""
    keys: list[str] = []
    events = get_store()._client.meta.events

    def note(params: dict[str, Any], **rest: object) -> None:
        keys.append(params["Key"])

    for operation in WRITES:
        events.register(f"before-parameter-build.s3.{operation}", note)
    yield keys
    for operation in WRITES:
        events.unregister(f"before-parameter-build.s3.{operation}", note)
