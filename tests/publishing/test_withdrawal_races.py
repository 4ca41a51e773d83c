"""Removals and publications that meet: what is wanted stays, what is not wanted goes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from publishing.models import Publication
from publishing.services import Outcome, publish, publish_if_due
from publishing.staleness import mark_stale
from publishing.withdrawal import remove_retired
from tests.publishing.agreement import agree, check_feed
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, queued, retract, text
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True)  # other threads take part


def test_an_object_wanted_at_the_moment_of_its_removal_is_put_afterwards(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    first, second = toys.online(text("shared.txt")), toys.note(text("shared.txt"))
    mark_stale([second])
    retract(toys, first)
    outcomes = []

    def want(method: str, name: str) -> None:
        if method == "DELETE":
            relay.before = lambda method, name: None
            outcomes.append(publish(second))
            connection.close()

    relay.before = want
    publish(toys.feed)
    assert outcomes == [Outcome.FAILED]
    assert publish(second) is Outcome.CHANGED
    publish(toys.feed)
    assert s3.get("shared.txt").status_code == 200
    agree(s3)


def test_a_change_that_finds_the_publication_taken_by_its_removal_is_queued_again(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    key = toys.online(text("a.txt"))
    retract(toys, key)

    def change(method: str, name: str) -> None:
        if method == "DELETE":
            relay.reset()
            toys.wish(key, text("b.txt"))
            mark_stale([key])
            assert publish_if_due(key) is Outcome.BUSY
            queued().delete()  # the task is done
            connection.close()

    relay.before = change
    publish(toys.feed)
    assert queued().filter(args_kwargs__args=[key]).exists()
    publish_if_due(key)
    publish(toys.feed)
    assert s3.keys() == ["b.txt", FEED_KEY]
    agree(s3)


def test_a_worker_that_slept_while_removing_does_not_take_it_from_another(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    first, second = toys.online(text("shared.txt")), toys.note(text("shared.txt"))
    mark_stale([second])
    retract(toys, first)

    def sleep(method: str, name: str) -> None:
        if method == "DELETE":
            relay.reset()
            Publication.objects.filter(key=first).update(
                lease_until=timezone.now() - timedelta(seconds=1)
            )
            remove_retired()
            assert publish(second) is Outcome.CHANGED
            connection.close()

    relay.before = sleep
    publish(toys.feed)  # its removal sleeps, then goes on
    assert s3.get("shared.txt").status_code == 404
    publish_if_due(second)
    publish(toys.feed)
    assert s3.get("shared.txt").status_code == 200
    agree(s3)


def test_a_worker_that_slept_while_removing_does_not_take_what_is_wanted_again(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    key = toys.online(text("a.txt"))
    retract(toys, key)

    def sleep(method: str, name: str) -> None:
        if method == "DELETE":
            relay.reset()
            Publication.objects.filter(key=key).update(
                lease_until=timezone.now() - timedelta(seconds=1)
            )
            toys.wish(key, text("a.txt"))
            mark_stale([key])
            assert publish(key) is Outcome.CHANGED
            connection.close()

    relay.before = sleep
    publish(toys.feed)  # its removal sleeps, then goes on
    publish_if_due(key)
    publish(toys.feed)
    assert s3.get("a.txt").status_code == 200
    agree(s3)


def test_what_is_retired_while_others_are_removed_waits_for_the_feed(
    toys: Toys, s3: S3, relay: Relay
) -> None:
    keys = [toys.online(text(f"{n}-old.txt")) for n in range(2)]
    for number, key in enumerate(keys):
        toys.wish(key, text(f"{number}-new.txt"))
        mark_stale([key])
        publish(key)

    def replace_the_other(method: str, name: str) -> None:
        if method == "DELETE":
            relay.reset()
            other = 1 - int(name[0])
            toys.wish(keys[other], text(f"{other}-newer.txt"))
            mark_stale([keys[other]])
            assert publish(keys[other]) is Outcome.CHANGED
            connection.close()

    relay.before = replace_the_other
    publish(toys.feed)  # and removes what both retired, one after the other
    check_feed(s3, FEED_KEY)
    publish(toys.feed)
    agree(s3)
