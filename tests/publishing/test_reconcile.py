"""``publish --stale``: what a lost task, a dead worker or an outage left is taken up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import leases, reconcile, services
from publishing.artifacts import Desired
from publishing.models import Publication, PublishedObject
from publishing.reconcile import Summary
from publishing.services import Outcome, publish
from publishing.staleness import mark_stale
from tests.publishing.agreement import agree
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # other threads take part

State = Publication.State


def stale() -> Summary:
    summary = Summary()
    list(reconcile.publish_stale(summary))
    return summary


class Killed(BaseException):
    """Not an Exception: nobody handles it, as nobody handles SIGKILL."""


def kill(*args: object) -> None:
    """End the worker here."""
    raise Killed


def die() -> None:
    """Leave the world as a worker does that was killed: its lease runs on for a moment."""
    Publication.objects.filter(state=State.PUBLISHING).update(
        lease_token="dead", lease_until=timezone.now() + timedelta(seconds=0.5)
    )


def test_a_mark_whose_task_was_lost_is_taken_up(toys: Toys, s3: S3) -> None:
    key = toys.note(text("a.txt"))
    mark_stale([key])
    assert stale().complete
    assert s3.keys() == ["a.txt", FEED_KEY]
    agree(s3)


def test_media_come_before_feeds_and_a_feed_is_built_once(toys: Toys, s3: S3) -> None:
    keys = [toys.note(text(f"{n}.txt")) for n in range(4)]
    mark_stale([toys.feed, *keys])
    summary = Summary()
    assert list(reconcile.publish_stale(summary)) == [*keys, toys.feed]
    assert toys.feed_builds == 1
    assert summary.outcomes[Outcome.CHANGED] == 5


def test_nothing_stale_asks_nothing_of_the_store(toys: Toys, s3: S3, relay: Relay) -> None:
    toys.online(text("a.txt"))
    stale()
    relay.seen.clear()
    summary = stale()
    assert summary.complete
    assert not any(summary.outcomes.values())
    assert relay.seen == []


def test_one_that_failed_is_tried_whatever_the_pause(toys: Toys, s3: S3) -> None:
    key = toys.note(text("a.txt"))
    toys.feed_fails = True
    mark_stale([key])
    assert not stale().complete
    assert row(toys.feed).retry_at > timezone.now()
    toys.feed_fails = False
    assert stale().complete
    agree(s3)


def test_one_that_fails_hinders_nobody_else_and_is_tried_once(toys: Toys, s3: S3) -> None:
    def broken() -> Desired:
        raise ValueError("broken")

    bad, good = toys.note(), toys.note(text("a.txt"))
    toys.wish_by(bad, broken)
    mark_stale([bad, good])
    summary = stale()
    assert not summary.complete
    assert row(bad).attempts == 1
    assert row(good).state == State.PUBLISHED
    assert s3.get("a.txt").status_code == 200


def test_a_store_that_does_not_answer_is_asked_once(toys: Toys, relay: Relay, s3: S3) -> None:
    keys = [toys.note(text(f"{n}.txt")) for n in range(3)]
    mark_stale(keys)

    def down(method: str, name: str) -> None:
        raise ConnectionError("down")

    relay.before = down
    summary = stale()
    assert not summary.complete
    assert summary.outcomes[Outcome.UNAVAILABLE] == 1
    assert [row(key).state for key in keys] == [State.FAILED, State.STALE, State.STALE]
    relay.reset()
    assert stale().complete
    agree(s3)


def test_a_wish_that_changes_by_the_clock_is_taken_up(toys: Toys, s3: S3) -> None:
    end = timezone.now() + timedelta(hours=1)
    key = toys.online(text("a.txt"))
    toys.wish_by(key, lambda: Desired(artifacts=(text("a.txt"),), valid_until=end))
    publish(key)
    assert row(key).rebuild_at == end
    assert key not in reconcile.stale_keys()
    Publication.objects.filter(key=key).update(rebuild_at=timezone.now())
    toys.wish(key)  # the hour has come: the rights ended
    assert stale().complete
    assert s3.keys() == [FEED_KEY]
    assert row(key).rebuild_at is None
    agree(s3)


# A worker that died


@pytest.mark.parametrize("published", [0, 1, 2])
def test_a_worker_that_died_while_uploading_is_waited_for(
    toys: Toys, s3: S3, relay: Relay, monkeypatch: pytest.MonkeyPatch, published: int
) -> None:
    """Killed before the first object, between two, or before the feed was told."""
    key = toys.online(text("old.txt"), text("kept.txt", role="kept"))

    uploads = iter(range(published))
    upload = services.upload

    def upload_until_killed(*args: object) -> None:
        if next(uploads, None) is None:
            raise Killed
        upload(*args)

    toys.wish(key, text("new.txt"), text("kept.txt", "x", role="kept"))
    mark_stale([key])
    with monkeypatch.context() as patch:
        patch.setattr(services, "upload", upload_until_killed)
        patch.setattr(services, "_finish", kill)
        with pytest.raises(Killed):
            publish(key)
    assert row(key).state == State.PUBLISHING
    die()
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=2))
    assert stale().complete
    assert s3.keys() == [FEED_KEY, "kept.txt", "new.txt"]
    agree(s3)


def test_a_worker_that_died_after_a_silent_repair_tells_the_feed_all_the_same(
    toys: Toys, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nightly run asked for it, nobody marked it: only its state tells that it did not end."""
    key = toys.online(text("a.txt", "plus long"))
    mark_stale([toys.feed])
    publish(toys.feed)
    toys.wish(key, text("a.txt", "bref"))

    with monkeypatch.context() as patch:
        patch.setattr(services, "_finish", kill)
        with pytest.raises(Killed):
            publish(key)
    assert s3.get("a.txt").text == "bref"
    die()
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=2))
    assert stale().complete
    agree(s3)  # the length in the feed is that of the new body


def test_what_a_worker_left_that_died_before_the_removal_is_removed(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"), text("b.txt", role="other"))
    stale()
    s3.client.put_object(Bucket=s3.public, Key="left.txt", Body=b"")
    PublishedObject.objects.create(
        publication=row(key), role="left", key="left.txt", state="retired", digest="x"
    )
    assert stale().complete
    assert s3.keys() == ["a.txt", "b.txt", FEED_KEY]
    agree(s3)


def test_a_living_worker_is_not_disturbed(
    toys: Toys, s3: S3, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=0.3))
    monkeypatch.setattr(reconcile, "PATIENCE", timedelta(seconds=0.3))
    key = toys.note(text("a.txt"))
    mark_stale([key])
    Publication.objects.update(
        state=State.PUBLISHING,
        lease_token="alive",
        lease_until=timezone.now() + timedelta(seconds=60),
    )
    summary = stale()
    assert summary.outcomes[Outcome.BUSY] == 1
    assert s3.keys() == []
    assert not summary.complete
