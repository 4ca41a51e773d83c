"""Making the bucket equal to the database, one publication at a time."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from publishing import leases, queue
from publishing.artifacts import Desired
from publishing.models import Publication, PublishedObject
from publishing.services import Outcome, publish, publish_if_due
from publishing.staleness import distrust, mark_stale, remember
from tests.publishing.agreement import agree, etags
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, produced, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db

State = Publication.State


def queued() -> "QuerySet[DBTaskResult]":
    """Return the publications in the queue."""
    return DBTaskResult.objects.filter(task_path="publishing.tasks.publish_if_due")


def take_over(key: str) -> None:
    """Do what another worker does to a publication whose lease ran out."""
    Publication.objects.filter(key=key).update(
        lease_token="other", lease_until=timezone.now() + timedelta(seconds=20)
    )


def test_what_is_wished_is_there_with_its_facts(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt", "un", facts={"duration": 12.5}))
    assert s3.get("a.txt").text == "un"
    published = PublishedObject.objects.get(key="a.txt")
    assert (published.size, published.content_type) == (2, "text/plain")
    assert published.facts == {"duration": 12.5}
    assert row(key).state == State.PUBLISHED
    assert row(key).digest
    assert row(key).published_at
    agree(s3)


def test_the_feed_goes_up_after_what_it_names(toys: Toys, s3: S3, relay: Relay) -> None:
    toys.online(text("b.txt"), text("a.txt", role="other"))
    assert relay.puts() == ["b.txt", "a.txt", FEED_KEY]


def test_an_unchanged_publication_uploads_nothing(toys: Toys, s3: S3, relay: Relay) -> None:
    def never(path: Path) -> None:
        path.write_text(str(len(relay.puts())))

    key = toys.online(text("a.txt"), produced("p.txt", never))
    before, puts = row(key), relay.puts()
    assert publish(key) is Outcome.UNCHANGED
    assert publish(toys.feed) is Outcome.UNCHANGED
    assert relay.puts() == puts
    after = row(key)
    assert after.published_at == before.published_at
    assert after.since == before.since  # «en ligne depuis» says since when, not when last checked


def test_only_what_changed_is_uploaded(toys: Toys, s3: S3, relay: Relay) -> None:
    key = toys.online(text("a.txt"), text("b.txt", role="other"))
    relay.seen.clear()
    toys.wish(key, text("a.txt"), text("b.txt", "nouveau", role="other"))
    assert publish(key) is Outcome.CHANGED
    publish(toys.feed)
    assert relay.puts() == ["b.txt", FEED_KEY]
    agree(s3)


def test_facts_that_change_alone_reach_the_row_without_an_upload(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    key = toys.online(text("a.txt", facts={"duration": 1}))
    relay.seen.clear()
    toys.wish(key, text("a.txt", facts={"duration": 2}))
    publish(key)
    assert relay.puts() == []
    assert PublishedObject.objects.get(key="a.txt").facts == {"duration": 2}


def test_a_new_object_for_a_role_replaces_the_old_one(toys: Toys, s3: S3) -> None:
    key = toys.online(text("old.txt"))
    toys.wish(key, text("new.txt"))
    publish(key)
    assert s3.keys() == [FEED_KEY, "new.txt", "old.txt"]  # the feed still names the old one
    publish(toys.feed)
    assert s3.keys() == [FEED_KEY, "new.txt"]
    agree(s3)


def test_two_roles_may_exchange_their_names_later(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"), text("b.txt", role="other"))
    toys.wish(key, text("c.txt", role="other"), text("d.txt"))
    assert publish(key) is Outcome.CHANGED
    publish(toys.feed)
    assert s3.keys() == ["c.txt", "d.txt", FEED_KEY]
    agree(s3)


def test_a_return_to_what_was_there_before_is_seen(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt", "un"))
    for data in ("deux", "un"):
        toys.wish(key, text("a.txt", data))
        assert publish(key) is Outcome.CHANGED
        assert s3.get("a.txt").text == data


def test_an_object_wanted_again_before_it_left_stays(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"))
    toys.wish(key, text("b.txt"))
    publish(key)
    toys.wish(key, text("a.txt"))
    publish(key)
    publish(toys.feed)
    assert s3.keys() == ["a.txt", FEED_KEY]
    agree(s3)


def test_a_change_is_passed_on_to_the_feeds_and_nothing_else(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"))
    generation = row(toys.feed).generation
    publish(key)
    assert row(toys.feed).generation == generation
    mark_stale([key])  # something changed that the feed may tell, if no object does
    publish(key)
    assert row(toys.feed).generation == generation + 1


def test_both_feeds_hear_of_an_object_that_moves_from_one_to_the_other(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"))
    mark_stale([toys.feed])
    publish(toys.feed)
    generation = row(toys.feed).generation
    remember(["tests.feed:0"])
    moved = Desired(artifacts=(text("a.txt", "x"),), dependents=frozenset({"tests.feed:0"}))
    toys.wish_by(key, lambda: moved)
    publish(key)
    assert row(toys.feed).generation == generation + 1
    assert row("tests.feed:0").generation == 1
    assert row(key).dependents == ["tests.feed:0"]


# Failures


def test_an_unexpected_exception_is_recorded_with_its_cause(toys: Toys, s3: S3) -> None:
    def broken() -> Desired:
        raise KeyError("colonne")

    key, other = toys.note(), toys.online(text("a.txt"))
    remember([key])
    toys.wish_by(key, broken)
    assert publish(key) is Outcome.FAILED
    failed = row(key)
    assert failed.state == State.FAILED
    assert failed.reason == "La mise en ligne a échoué pour une raison inattendue."
    assert failed.detail == "KeyError: 'colonne'"
    assert failed.attempts == 1
    assert publish(other) is Outcome.UNCHANGED
    assert row(other).state == State.PUBLISHED


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


def test_a_kind_that_nobody_publishes_any_more_fails_and_keeps_its_objects(
    toys: Toys, s3: S3
) -> None:
    key = toys.online(text("a.txt"))
    Publication.objects.filter(key=key).update(key="gone.page:1")
    assert publish("gone.page:1") is Outcome.FAILED
    assert "Aucune partie du site" in row("gone.page:1").reason
    assert s3.get("a.txt").status_code == 200


# Retries


def test_the_pause_doubles_up_to_an_hour_and_half_of_it_is_chance() -> None:
    for attempts, longest in ((1, 5), (2, 10), (3, 20), (10, 2560), (11, 3600), (10_000, 3600)):
        pauses = [queue.pause(attempts).total_seconds() for _ in range(200)]
        assert longest / 2 <= min(pauses) < max(pauses) <= longest
        assert len(set(pauses)) > 100


def fail(toys: Toys) -> str:
    """Make a publication that failed once."""

    def broken() -> Desired:
        raise ValueError("broken")

    key = toys.note()
    remember([key])
    toys.wish_by(key, broken)
    publish(key)
    return key


def test_a_failure_queues_the_next_attempt_at_the_time_in_the_row(toys: Toys) -> None:
    key = fail(toys)
    task = queued().get()
    assert task.args_kwargs == {"args": [key], "kwargs": {}}
    assert task.run_after == row(key).retry_at
    publish(key)
    assert row(key).attempts == 2
    later = row(key).retry_at - timezone.now()
    assert timedelta(seconds=4) < later <= timedelta(seconds=10)


def test_retries_do_not_multiply(toys: Toys) -> None:
    """Each attempt queues the next: whatever made the others, only the one in the row is made."""
    key = fail(toys)
    for _ in range(4):
        publish(key)  # as the timer does every minute
    assert row(key).attempts == 5
    assert publish_if_due(key) is Outcome.UNCHANGED  # what an older task of the queue does
    assert row(key).attempts == 5
    Publication.objects.update(retry_at=timezone.now())
    assert publish_if_due(key) is Outcome.FAILED
    assert row(key).attempts == 6


def test_a_click_is_not_kept_waiting_by_an_earlier_failure(toys: Toys, s3: S3) -> None:
    key = fail(toys)
    toys.wish(key, text("a.txt"))
    mark_stale([key])
    assert publish_if_due(key) is Outcome.CHANGED
    healed = row(key)
    assert (healed.attempts, healed.reason, healed.detail) == (0, "", "")
    assert healed.retry_at is None


def test_it_failed_since_the_first_failure(toys: Toys) -> None:
    key = fail(toys)
    since = row(key).since
    publish(key)
    assert row(key).since == since


# Several changes, several workers


def test_a_change_during_the_build_is_not_lost(toys: Toys, s3: S3) -> None:
    key = toys.note()
    remember([key])

    def change() -> Desired:
        toys.wish(key, text("a.txt", "deux"))
        mark_stale([key])
        return Desired(artifacts=(text("a.txt", "un"),))

    toys.wish_by(key, change)
    publish(key)
    assert row(key).state == State.STALE
    assert queued().exists()
    assert publish_if_due(key) is Outcome.CHANGED
    assert s3.get("a.txt").text == "deux"
    assert row(key).state == State.PUBLISHED


def test_a_change_during_a_build_that_fails_does_not_wait_for_the_retry(toys: Toys) -> None:
    key = toys.note()
    remember([key])

    def change() -> Desired:
        mark_stale([key])
        raise ValueError("broken")

    toys.wish_by(key, change)
    publish(key)
    toys.wish(key)
    assert publish_if_due(key) is Outcome.UNCHANGED
    assert row(key).state == State.WITHDRAWN


def test_a_busy_publication_is_left_to_its_worker(toys: Toys, s3: S3) -> None:
    key = toys.note(text("a.txt"))
    remember([key])
    with leases.hold(key):
        assert publish(key) is Outcome.BUSY
    assert s3.keys() == []


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


# Marking


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_rolls_back_leaves_nothing(toys: Toys) -> None:
    key = toys.note(text("a.txt"))
    with transaction.atomic():
        mark_stale([key])
        transaction.set_rollback(True)
    assert not Publication.objects.exists()
    assert not queued().exists()


@pytest.mark.django_db(transaction=True)
def test_a_mark_is_queued_once_the_transaction_committed(toys: Toys) -> None:
    key = toys.note(text("a.txt"))
    with transaction.atomic():
        mark_stale([key, key])
        assert not queued().exists()
    assert queued().count() == 1
    assert row(key).generation == 1


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_refuses_costs_nobody_what_was_saved(
    toys: Toys, caplog: pytest.LogCaptureFixture
) -> None:
    keys = [toys.note(), toys.note()]
    table = DBTaskResult._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO away")
        mark_stale(keys)
        cursor.execute(f"ALTER TABLE away RENAME TO {table}")
    assert [record.levelname for record in caplog.records].count("ERROR") == 1
    assert Publication.objects.stale().count() == 2


def test_marking_costs_the_same_for_one_and_for_many(
    toys: Toys, django_assert_num_queries: Any
) -> None:
    keys = [toys.note() for _ in range(20)]
    with django_assert_num_queries(6):
        mark_stale(keys[:1])
    with django_assert_num_queries(6):
        mark_stale(keys)


def test_nothing_to_mark_costs_nothing(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        mark_stale([])


def test_distrusted_objects_are_uploaded_again(toys: Toys, s3: S3, relay: Relay) -> None:
    key = toys.online(text("a.txt"))
    generation = row(key).generation
    relay.seen.clear()
    distrust(PublishedObject.objects.filter(key="a.txt"))
    assert row(key).generation == generation + 1
    assert publish_if_due(key) is Outcome.CHANGED
    assert relay.puts() == ["a.txt"]
    assert set(etags(s3)) == {"a.txt", FEED_KEY}
