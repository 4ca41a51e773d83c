"""Publishing a feed of 500 kB, from the database to the verified object."""

from collections.abc import Iterator
from itertools import count

from benchmarks.bare import client
from benchmarks.content import show_with
from benchmarks.measure import WALL, Line, compared, turns
from podcasts.artifacts import build_show
from podcasts.models import ShowPage
from podcasts.querysets import SHOW_LABEL
from publishing.conf import object_storage
from publishing.services import Outcome, publish

EPISODES = 90
RATIO = 1.5


def run() -> Iterator[Line]:
    """Publish a show whose description changes each time, against its build and one put."""
    show, bare = show_with(EPISODES), client()
    bucket = object_storage().public_bucket
    versions = count()

    def change() -> None:
        description = f"Une émission d’exemple, version {next(versions)}."
        ShowPage.objects.filter(pk=show.pk).update(description=description)

    def ours() -> None:
        change()
        assert publish(f"{SHOW_LABEL}:{show.pk}") is Outcome.CHANGED

    def least() -> None:
        change()
        feed = build_show(show.pk).artifacts[-1]
        bare.put_object(
            Bucket=bucket, Key="bare.xml", Body=feed.body.data, ContentType=feed.content_type
        )

    size = len(build_show(show.pk).artifacts[-1].body.data)
    ours_taken, least_taken = turns(15, ours, least)
    yield compared(
        f"published, {size / 1000:.0f} kB", ours_taken, "build + bare put", least_taken, WALL, RATIO
    )
