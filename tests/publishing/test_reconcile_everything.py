"""``publish --all``: whatever happened to bucket or database, they agree again."""

from collections.abc import Callable

import pytest
from django.core import serializers
from django.db import connection

from publishing import reconcile
from publishing.artifacts import Desired
from publishing.models import Publication, PublishedObject
from publishing.reconcile import Summary
from publishing.services import Outcome, publish
from publishing.staleness import mark_stale
from publishing.storage import get_store
from tests.publishing.agreement import agree, etags
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


def everything() -> Summary:
    summary = Summary()
    list(reconcile.publish_everything(summary))
    return summary


def delete(s3: S3, key: str) -> None:
    s3.client.delete_object(Bucket=s3.public, Key=key)


def alter(s3: S3, key: str) -> None:
    s3.client.put_object(Bucket=s3.public, Key=key, Body=b"deux")  # as long as before


def truncate(s3: S3, key: str) -> None:
    s3.client.put_object(Bucket=s3.public, Key=key, Body=b"")


@pytest.mark.parametrize("key", ["a.txt", FEED_KEY])
@pytest.mark.parametrize("damage", [delete, alter, truncate])
def test_an_object_damaged_by_hand_is_mended(
    toys: Toys, s3: S3, damage: Callable[[S3, str], None], key: str
) -> None:
    toys.online(text("a.txt", "deuX"), text("b.txt", role="other"))
    before = etags(s3)
    damage(s3, key)
    assert everything().complete
    assert etags(s3) == before
    agree(s3)


def test_only_the_damaged_object_is_uploaded(toys: Toys, s3: S3, relay: Relay) -> None:
    toys.online(text("a.txt"), text("b.txt", role="other"))
    relay.seen.clear()
    delete(s3, "b.txt")
    everything()
    assert relay.puts() == ["b.txt"]


def test_a_foreign_object_is_removed(toys: Toys, s3: S3) -> None:
    toys.online(text("a.txt"))
    s3.client.put_object(Bucket=s3.public, Key="draft.pdf", Body=b"secret")
    s3.client.put_object(Bucket=s3.private, Key="original.mp3", Body=b"original")
    summary = everything()
    assert summary.complete
    assert summary.orphans == 1
    assert s3.keys() == ["a.txt", FEED_KEY]
    assert s3.keys(s3.private) == ["original.mp3"]


def test_everything_twice_uploads_nothing(toys: Toys, s3: S3, relay: Relay) -> None:
    toys.online(text("a.txt"), text("b.txt", role="other"))
    everything()
    relay.seen.clear()
    summary = everything()
    assert summary.complete
    assert relay.puts() == []
    assert {outcome for outcome, count in summary.outcomes.items() if count} == {Outcome.UNCHANGED}


def test_one_that_fails_does_not_keep_everything_from_being_compared(toys: Toys, s3: S3) -> None:
    def broken() -> Desired:
        raise ValueError("broken")

    bad = toys.online(text("a.txt"))
    toys.online(text("b.txt"))
    toys.wish_by(bad, broken)
    delete(s3, "b.txt")
    assert not everything().complete
    assert s3.keys() == ["a.txt", "b.txt", FEED_KEY]


def test_a_damage_seen_by_a_run_that_was_interrupted_is_mended_by_the_next_timer(
    toys: Toys, s3: S3
) -> None:
    toys.online(text("a.txt"))
    delete(s3, "a.txt")
    run = reconcile.publish_everything(Summary())
    next(run)
    run.close()  # the machine was switched off
    assert stale().complete
    agree(s3)


@committed
def test_an_object_that_a_worker_adopts_at_the_moment_of_its_removal_comes_back(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    """The same bytes were lying in the bucket, unknown: the key is the same."""
    s3.client.put_object(Bucket=s3.public, Key="a.txt", Body=b"")
    key = toys.note(text("a.txt"))

    def adopt(method: str, name: str) -> None:
        if method == "DELETE":
            relay.reset()
            mark_stale([key])
            assert publish(key) is Outcome.CHANGED
            connection.close()

    toys.wish(key)
    relay.before = adopt
    run = reconcile.publish_everything(Summary())
    next(run)  # the note wants nothing
    toys.wish(key, text("a.txt"))
    list(run)
    assert stale().complete
    assert s3.get("a.txt").status_code == 200
    agree(s3)


# The database is not what it was


def test_a_database_restored_to_yesterday_and_the_bucket_agree_again(toys: Toys, s3: S3) -> None:
    kept, changed = toys.online(text("kept.txt")), toys.online(text("changed.txt", "hier"))
    removed = toys.online(text("removed.txt"))
    yesterday = serializers.serialize(
        "json", [*Publication.objects.all(), *PublishedObject.objects.all()]
    )
    toys.wish(changed, text("changed.txt", "aujourd’hui"))
    toys.wish(removed)
    added = toys.note(text("added.txt"))
    mark_stale([changed, removed, added])
    stale()
    assert s3.get("removed.txt").status_code == 404

    PublishedObject.objects.all().delete()
    Publication.objects.all().delete()
    for restored in serializers.deserialize("json", yesterday):
        restored.save()
    toys.wish(changed, text("changed.txt", "hier"))
    toys.wish(removed, text("removed.txt"))
    toys.wish(added)

    summary = everything()
    assert summary.complete
    assert summary.orphans == 1
    assert s3.keys() == ["changed.txt", FEED_KEY, "kept.txt", "removed.txt"]
    assert s3.get("changed.txt").text == "hier"
    assert row(kept).state == State.PUBLISHED
    agree(s3)


def test_an_empty_memory_is_filled_again_from_the_content(toys: Toys, s3: S3) -> None:
    toys.online(text("a.txt"))
    before = etags(s3)
    PublishedObject.objects.all().delete()
    Publication.objects.all().delete()
    assert everything().complete
    assert etags(s3) == before
    agree(s3)


# What would be done


def test_differences_tell_what_would_be_done_and_change_nothing(toys: Toys, s3: S3) -> None:
    def broken() -> Desired:
        raise ValueError("broken")

    toys.online(text("same.txt"))
    damaged = toys.online(text("damaged.txt"))
    gone = toys.online(text("gone.txt"))
    bad = toys.online(text("bad.txt"))
    new = toys.note(text("new.txt"))
    toys.wish(gone)
    toys.wish_by(bad, broken)
    delete(s3, "damaged.txt")
    before = etags(s3), list(Publication.objects.values()), list(PublishedObject.objects.values())
    found = list(reconcile.differences(reconcile.all_keys(), get_store().list_public()))
    assert [(each.key, each.put, each.remove, each.problem) for each in found] == [
        (damaged, ("damaged.txt",), (), ""),
        (gone, (), ("gone.txt",), ""),
        (bad, (), (), "ValueError: broken"),
        (new, ("new.txt",), (), ""),
    ]
    assert before == (
        etags(s3),
        list(Publication.objects.values()),
        list(PublishedObject.objects.values()),
    )
