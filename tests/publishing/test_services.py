"""Making the bucket equal to the database, one publication at a time."""

from pathlib import Path

import pytest

from publishing import leases
from publishing.artifacts import Desired
from publishing.models import Publication, PublishedObject
from publishing.services import Outcome, publish, publish_if_due
from publishing.staleness import mark_stale, remember
from tests.publishing.agreement import agree
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, produced, queued, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db

State = Publication.State


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


def test_a_kind_that_nobody_publishes_any_more_fails_and_keeps_its_objects(
    toys: Toys, s3: S3
) -> None:
    key = toys.online(text("a.txt"))
    Publication.objects.filter(key=key).update(key="gone.page:1")
    assert publish("gone.page:1") is Outcome.FAILED
    assert "Aucune partie du site" in row("gone.page:1").reason
    assert s3.get("a.txt").status_code == 200


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


def test_what_readers_see_without_any_object_is_online_all_the_same(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"))
    toys.wish_by(key, lambda: Desired(title="Une tribune", public=True))
    publish(key)
    assert row(key).state == State.PUBLISHED
    toys.wish_by(key, lambda: Desired(title="Une tribune"))
    publish(key)
    assert row(key).state == State.WITHDRAWN
