"""One object on its way into the bucket: its row never says more than is true."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from publishing.artifacts import Desired
from publishing.models import Publication, PublishedObject
from publishing.services import Outcome, publish, publish_if_due
from publishing.staleness import distrust, mark_stale, remember
from tests.publishing.agreement import agree
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, produced, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db

State = Publication.State


def take_over(key: str) -> None:
    """Do what another worker does to a publication whose lease ran out."""
    Publication.objects.filter(key=key).update(
        lease_token="other", lease_until=timezone.now() + timedelta(seconds=20)
    )


def test_what_was_online_stays_when_a_later_build_fails(toys: Toys, s3: S3) -> None:
    def full(path: Path) -> None:
        raise OSError(28, "No space left on device")

    key = toys.online(text("a.txt"))
    toys.wish(key, text("b.txt"), produced("p.txt", full))
    assert publish(key) is Outcome.FAILED
    assert "No space left" in row(key).detail
    publish(toys.feed)
    assert s3.get("a.txt").status_code == 200
    assert "a.txt" in s3.get(FEED_KEY).text
    assert "b.txt" not in s3.get(FEED_KEY).text


def test_a_feed_that_follows_a_half_failed_replacement_names_only_what_is_there(
    toys: Toys, s3: S3
) -> None:
    """The new sound is up, the next object failed: the old sound must outlive the old feed."""
    key = toys.online(text("old.txt"))

    def broken(path: Path) -> None:
        raise OSError("later")

    toys.wish(key, text("new.txt"), produced("p.txt", broken))
    assert publish(key) is Outcome.FAILED
    publish(toys.online(text("other.txt")))  # whose end removes what may be removed
    assert s3.get("old.txt").status_code == 200
    toys.wish(key, text("new.txt"))
    publish(key)
    publish(toys.feed)
    agree(s3)


def test_a_verified_upload_is_not_repeated_after_the_next_one_failed(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    failures = iter([OSError("once")])

    def once(path: Path) -> None:
        for failure in failures:
            raise failure
        path.write_text("deux")

    key = toys.note(text("long.txt"), produced("p.txt", once))
    remember([key, toys.feed])
    assert publish(key) is Outcome.FAILED
    assert publish(key) is Outcome.CHANGED
    assert relay.puts() == ["long.txt", "p.txt"]
    publish(toys.feed)
    agree(s3)


def test_an_upload_whose_fate_is_unknown_is_repeated_even_if_the_wish_returns(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    """The bytes landed, the answer did not come: the row may not go on saying what was before."""
    key = toys.online(text("a.txt", "un"))

    def break_down(method: str, name: str) -> None:
        if method == "PUT":
            raise ConnectionError("the answer is lost")

    relay.after = break_down
    toys.wish(key, text("a.txt", "deux"))
    assert publish(key) is Outcome.UNAVAILABLE
    relay.reset()
    assert s3.get("a.txt").text == "deux"
    toys.wish(key, text("a.txt", "un"))
    assert publish(key) is Outcome.CHANGED
    assert s3.get("a.txt").text == "un"


def test_a_store_that_lost_bytes_is_a_failure_of_that_publication_only(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    key = toys.note(text("a.txt", "entier"))
    remember([key])
    relay.after = lambda method, name: (
        s3.client.put_object(Bucket=s3.public, Key=name, Body=b"ent") if method == "PUT" else None
    )
    assert publish(key) is Outcome.FAILED
    assert "n’est pas arrivé entier" in row(key).reason
    assert not PublishedObject.objects.live().exists()
    relay.reset()
    assert publish(key) is Outcome.CHANGED
    assert s3.get("a.txt").text == "entier"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("trouble", [False, True])
def test_an_older_build_never_stays_over_a_newer_one(
    toys: Toys, s3: S3, relay: Relay, moment: str, trouble: bool
) -> None:
    """A worker sleeps beyond its lease while it writes; another one publishes what is newer."""
    key = toys.online(text("a.txt", "zéro"))

    def sleep(method: str, name: str) -> None:
        if method != "PUT":
            return
        relay.reset()
        # The thread of the relay has a connection of its own, as another worker has.
        Publication.objects.filter(key=key).update(lease_until=timezone.now())
        toys.wish(key, text("a.txt", "nouveau"))
        mark_stale([key])
        assert publish(key) is Outcome.CHANGED
        connection.close()
        if trouble:
            relay.before = refuse

    def refuse(method: str, name: str) -> None:
        raise ConnectionError("the sleeper never learns that its bytes arrived")

    setattr(relay, moment, sleep)
    toys.wish(key, text("a.txt", "ancien"))
    assert publish(key) is Outcome.BUSY
    relay.reset()
    assert row(key).state == State.STALE
    publish_if_due(key)
    publish(toys.feed)
    assert s3.get("a.txt").text == "nouveau"
    assert row(key).state == State.PUBLISHED
    agree(s3)


@pytest.mark.django_db(transaction=True)
def test_an_object_distrusted_while_it_goes_up_is_put_again(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    """Somebody clicks «Republier» at that moment, because the object looks wrong."""
    key = toys.online(text("a.txt", "un"))
    relay.seen.clear()

    def distrust_it(method: str, name: str) -> None:
        if method == "PUT":
            relay.after = lambda method, name: None
            distrust(PublishedObject.objects.filter(key="a.txt"))
            connection.close()

    relay.after = distrust_it
    toys.wish(key, text("a.txt", "deux"))
    publish(key)
    publish_if_due(key)
    assert relay.puts() == ["a.txt", "a.txt"]
    publish(toys.feed)
    agree(s3)


@pytest.mark.django_db(transaction=True)
def test_an_object_that_arrives_after_its_withdrawal_is_removed_again(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    """A worker sleeps beyond its lease while it writes; another one withdraws the object."""
    key = toys.online(text("a.txt", "ancien"))

    def sleep(method: str, name: str) -> None:
        if method != "PUT":
            return
        relay.reset()
        Publication.objects.filter(key=key).update(lease_until=timezone.now())
        toys.wish(key)
        mark_stale([key])
        publish(key)
        publish(toys.feed)
        connection.close()
        assert s3.keys() == [FEED_KEY]

    relay.before = sleep
    toys.wish(key, text("a.txt", "nouveau"))
    assert publish(key) is Outcome.BUSY
    publish_if_due(key)
    publish_if_due(toys.feed)
    assert s3.keys() == [FEED_KEY]
    agree(s3)


def test_a_worker_that_lost_its_lease_shows_nothing(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"))

    def slow(path: Path) -> None:
        path.write_text("p")
        take_over(key)

    toys.wish(key, produced("p.txt", slow))
    assert publish(key) is Outcome.BUSY
    assert row(key).state == State.STALE
    assert [found.key for found in PublishedObject.objects.live()] == ["a.txt", FEED_KEY]
    assert row(key).lease_token == "other"


def test_a_worker_that_lost_its_lease_retires_nothing(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"))
    toys.wish_by(key, lambda: take_over(key) or Desired())
    assert publish(key) is Outcome.BUSY
    assert PublishedObject.objects.get(key="a.txt").state == PublishedObject.State.LIVE
