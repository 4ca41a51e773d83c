"""Each test finds the database as the migrations left it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.models import Locale, Page

from tests.databases import database


@pytest.fixture(params=["first", "second"])
def twice() -> None:
    """Run a test two times: the second one sees what the first one left."""


def expect_what_migrations_made() -> None:
    assert Page.objects.filter(depth=1).count() == 1
    assert Locale.objects.count() == 1
    assert not Group.objects.filter(name="left behind").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("twice")
def test_what_a_test_writes_is_rolled_back() -> None:
    expect_what_migrations_made()
    Group.objects.create(name="left behind")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("twice")
def test_what_a_test_commits_is_undone_and_what_migrations_made_is_back() -> None:
    expect_what_migrations_made()
    with transaction.atomic():
        Group.objects.create(name="left behind")
        Page.objects.all().delete()


@pytest.mark.django_db(transaction=True)
def test_work_runs_after_the_commit_only(django_capture_on_commit_callbacks: Callable) -> None:
    done = []
    with transaction.atomic():
        transaction.on_commit(lambda: done.append(True))
        assert done == []
    assert done == [True]


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_chosen() -> None:
    assert connection.vendor == database().kind
