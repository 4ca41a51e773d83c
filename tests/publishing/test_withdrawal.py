"""Objects leave the bucket after the feeds that named them, and not while anybody wants them."""

import pytest

from publishing import leases
from publishing.artifacts import Desired
from publishing.models import Publication, PublishedObject
from publishing.services import Outcome, publish
from publishing.staleness import mark_stale
from publishing.withdrawal import remove_retired
from tests.publishing.agreement import agree
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, retract, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db

State = Publication.State


def deletions(relay: Relay) -> list[str]:
    return [key for method, key in relay.seen if method == "DELETE"]


def test_an_object_leaves_after_the_feed_that_named_it(toys: Toys, s3: S3, relay: Relay) -> None:
    key = toys.online(text("a.txt"))
    relay.seen.clear()
    retract(toys, key)
    assert row(key).state == State.WITHDRAWN
    assert s3.get("a.txt").status_code == 200
    publish(toys.feed)
    writes = [(method, name) for method, name in relay.seen if method in ("PUT", "DELETE")]
    assert writes == [("PUT", FEED_KEY), ("DELETE", "a.txt")]
    agree(s3)


def test_a_feed_leaves_before_what_it_names(toys: Toys, s3: S3, relay: Relay) -> None:
    """A show has feed and cover in one publication; the feed’s name sorts after the cover’s."""
    key = toys.note(text("a-cover.jpg"), text("z-feed.xml", role="feed", announce=True))
    mark_stale([key])
    publish(key)
    retract(toys, key)
    publish(toys.feed)
    assert deletions(relay) == ["z-feed.xml", "a-cover.jpg"]


def test_a_withdrawal_does_not_wait_for_a_feed_that_fails(toys: Toys, s3: S3) -> None:
    """A text that must not be read goes at once, even if a feed names it a while longer."""
    key = toys.online(text("a.txt"))
    toys.feed_fails = True
    retract(toys, key)
    assert publish(toys.feed) is Outcome.FAILED
    assert s3.keys() == [FEED_KEY]


def test_a_withdrawal_waits_for_a_feed_that_the_store_refused_for_a_moment(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    key = toys.online(text("a.txt"))
    retract(toys, key)

    def cut(method: str, name: str) -> None:
        if name == FEED_KEY:
            raise ConnectionError("the line broke")

    relay.before = cut
    assert publish(toys.feed) is Outcome.UNAVAILABLE
    assert s3.get("a.txt").status_code == 200
    relay.reset()
    publish(toys.feed)
    assert s3.keys() == [FEED_KEY]
    agree(s3)


def test_a_replaced_object_waits_for_a_feed_that_fails(toys: Toys, s3: S3) -> None:
    key = toys.online(text("old.txt"))
    toys.feed_fails = True
    toys.wish(key, text("new.txt"))
    publish(key)
    assert publish(toys.feed) is Outcome.FAILED
    assert s3.get("old.txt").status_code == 200
    toys.feed_fails = False
    publish(toys.feed)
    assert s3.keys() == [FEED_KEY, "new.txt"]


def test_what_one_lets_go_stays_while_another_wants_it(toys: Toys, s3: S3) -> None:
    first, second = toys.online(text("shared.txt")), toys.online(text("shared.txt"))
    retract(toys, first)
    publish(toys.feed)
    assert s3.get("shared.txt").status_code == 200
    assert PublishedObject.objects.get(key="shared.txt").publication.key == second
    agree(s3)
    retract(toys, second)
    publish(toys.feed)
    assert s3.keys() == [FEED_KEY]


def test_what_both_let_go_stays_until_both_feeds_were_rebuilt(toys: Toys, s3: S3) -> None:
    """Two shows, the same portrait: the feed of the second still names it."""
    first, second = toys.online(text("shared.txt")), toys.online(text("shared.txt"))
    mark_stale(["tests.feed:0"])
    other = Publication.objects.filter(key="tests.feed:0")
    Publication.objects.filter(key=second).update(dependents=["tests.feed:0"])
    toys.wish_by(second, lambda: Desired(dependents=frozenset({"tests.feed:0"})))
    mark_stale([second])
    publish(second)
    retract(toys, first)
    publish(toys.feed)
    assert s3.get("shared.txt").status_code == 200
    other.update(state=State.PUBLISHED, published_generation=10)
    remove_retired()
    assert s3.keys() == [FEED_KEY]
    assert not PublishedObject.objects.leaving().exists()


def test_a_feed_that_an_object_left_is_waited_for_until_it_was_rebuilt(toys: Toys, s3: S3) -> None:
    """Replaced and moved to another show at once: the old feed names the old sound."""
    key = toys.online(text("old.txt"))
    mark_stale(["tests.feed:0"])
    moved = Desired(artifacts=(text("new.txt"),), dependents=frozenset({"tests.feed:0"}))
    toys.wish_by(key, lambda: moved)
    mark_stale([key])
    publish(key)
    Publication.objects.filter(key="tests.feed:0").update(
        state=State.PUBLISHED, published_generation=10
    )
    remove_retired()
    assert s3.get("old.txt").status_code == 200
    publish(toys.feed)
    assert s3.get("old.txt").status_code == 404
    agree(s3)


def test_what_is_retired_twice_is_removed_once_and_for_all(toys: Toys, s3: S3) -> None:
    first, second = toys.online(text("shared.txt")), toys.online(text("shared.txt"))
    retract(toys, first)
    retract(toys, second)
    publish(toys.feed)
    assert s3.keys() == [FEED_KEY]
    agree(s3)


def test_a_publication_that_another_worker_holds_is_left_to_it(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"))
    retract(toys, key)
    with leases.hold(key):
        publish(toys.feed)
        assert s3.get("a.txt").status_code == 200
    remove_retired()
    assert s3.keys() == [FEED_KEY]


def refuse_deletion(method: str, name: str) -> None:
    if method == "DELETE":
        raise ConnectionError("no deletion today")


def test_a_store_that_fails_is_asked_once_a_round(toys: Toys, s3: S3, relay: Relay) -> None:
    keys = [toys.online(text(f"{n}.txt")) for n in range(3)]
    for key in keys:
        retract(toys, key)
    relay.before = refuse_deletion
    publish(toys.feed)
    failed = Publication.objects.get(state=State.FAILED)
    assert "ne répond pas" in failed.reason
    assert len(set(deletions(relay))) == 1
    relay.reset()
    publish(failed.key)
    publish(toys.feed)
    assert s3.keys() == [FEED_KEY]
    assert {row(key).state for key in keys} == {State.WITHDRAWN}
    agree(s3)


def test_a_removal_that_fails_is_tried_less_and_less_often(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    key = toys.online(text("a.txt"))
    retract(toys, key)
    relay.before = refuse_deletion
    for attempts in (1, 2, 3):
        publish(toys.feed)
        assert (row(key).state, row(key).attempts) == (State.FAILED, attempts)
        publish(key)  # the retry: nothing is left to do but to remove
    relay.reset()
    publish(toys.feed)
    assert s3.keys() == [FEED_KEY]
    assert row(key).attempts == 0


def test_what_a_dead_worker_was_removing_is_removed(toys: Toys, s3: S3) -> None:
    key = toys.online(text("a.txt"))
    retract(toys, key)
    PublishedObject.objects.filter(key="a.txt").update(state=PublishedObject.State.LEAVING)
    publish(toys.feed)
    assert s3.keys() == [FEED_KEY]
    agree(s3)


def test_an_object_being_removed_is_not_taken_by_another_meanwhile(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    """Put now, it would be removed a moment later, under a feed that names it."""
    first, second = toys.online(text("shared.txt")), toys.note(text("shared.txt"))
    mark_stale([second])
    retract(toys, first)
    PublishedObject.objects.filter(publication__key=first).update(
        state=PublishedObject.State.LEAVING
    )
    relay.seen.clear()
    assert publish_without_removal(toys, second) is Outcome.FAILED
    assert "en cours de retrait" in row(second).reason
    assert relay.puts() == []
    publish(toys.feed)  # the removal sees that somebody wants the object, and leaves it
    assert publish(second) is Outcome.CHANGED
    publish(toys.feed)
    agree(s3)
    assert s3.get("shared.txt").status_code == 200


def publish_without_removal(toys: Toys, key: str) -> Outcome:
    """Publish while the feeds still hold removals back."""
    mark_stale([toys.feed])
    return publish(key)
