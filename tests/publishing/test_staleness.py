"""Marks are part of what the editor did: kept or dropped with it, and never lost."""

from typing import Any

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from publishing.models import Publication, PublishedObject
from publishing.services import Outcome, publish_if_due
from publishing.staleness import distrust, mark_stale
from tests.publishing.agreement import etags
from tests.publishing.relay import Relay
from tests.publishing.toys import FEED_KEY, Toys, queued, row, text
from tests.services import S3

pytestmark = pytest.mark.django_db


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
