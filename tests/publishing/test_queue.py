"""Attempts after a failure: later and later, never in step, never more than one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing import queue
from publishing.artifacts import Desired
from publishing.models import Publication
from publishing.services import Outcome, publish, publish_if_due
from publishing.staleness import mark_stale, remember
from tests.publishing.toys import Toys, queued, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db

State = Publication.State


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
