"""One worker at a time per publication, on any database."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from publishing import leases
from publishing.exceptions import LeaseLost
from publishing.models import Publication
from publishing.staleness import remember

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)  # other threads take part
KEY = "tests.note:1"


@pytest.fixture(autouse=True)
def publication() -> None:
    """Give the row that is fought for."""
    remember([KEY])


def row() -> Publication:
    return Publication.objects.get(key=KEY)


def expire() -> None:
    """Let the lease run out, as if its worker had died."""
    Publication.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_the_second_one_gets_nothing() -> None:
    with leases.hold(KEY) as first, leases.hold(KEY) as second:
        assert first is not None
        assert second is None
    assert row().lease_token == ""
    assert row().lease_until is None


def test_the_loser_leaves_the_lease_to_its_holder() -> None:
    with leases.hold(KEY) as first:
        with leases.hold(KEY):
            pass
        assert row().lease_token == first.token


@committed
def test_of_many_workers_exactly_one_gets_it() -> None:
    barrier = threading.Barrier(8)
    decided = threading.Barrier(8)
    holders: list[bool] = []

    def work() -> None:
        barrier.wait()
        with leases.hold(KEY) as lease:
            holders.append(lease is not None)
            decided.wait(20)  # nobody lets go before all have asked
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(holders) == [False] * 7 + [True]


def test_it_ends_with_the_block_whatever_happens() -> None:
    with pytest.raises(ZeroDivisionError), leases.hold(KEY):
        1 / 0  # noqa: B018
    with leases.hold(KEY) as lease:
        assert lease is not None


def test_a_dead_worker_takes_nothing_with_it() -> None:
    Publication.objects.update(
        lease_token="dead", lease_until=timezone.now() + timedelta(seconds=5)
    )
    with leases.hold(KEY) as lease:
        assert lease is None
    expire()
    with leases.hold(KEY) as lease:
        assert lease is not None


@committed
def test_it_is_renewed_in_the_background_while_the_work_lasts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=1))
    with leases.hold(KEY) as lease:
        time.sleep(2)  # busy elsewhere, twice as long as a lease lasts
        assert row().lease_until > timezone.now()
        lease.renew()


def test_one_that_was_taken_over_is_noticed_at_the_next_write() -> None:
    with leases.hold(KEY) as slow:
        expire()
        with leases.hold(KEY) as quick:
            assert quick is not None
            with pytest.raises(LeaseLost, match="another worker"):
                slow.renew()
            with pytest.raises(LeaseLost):
                slow.update(title="trop tard")
            quick.renew()
    assert row().title == ""


@committed
def test_a_loser_that_ends_leaves_the_lease_of_the_other_alone() -> None:
    with leases.hold(KEY):
        expire()
        held = threading.Event()
        done = threading.Event()

        def other() -> None:
            with leases.hold(KEY):
                held.set()
                done.wait(20)
            connection.close()

        thread = threading.Thread(target=other)
        thread.start()
        held.wait(20)
    assert row().lease_token
    with leases.hold(KEY) as third:
        assert third is None
    done.set()
    thread.join()


@committed
def test_nobody_takes_it_over_inside_a_transaction_of_its_holder() -> None:
    with leases.hold(KEY) as lease:
        expire()
        taken = threading.Event()

        def other() -> None:
            with leases.hold(KEY) as stolen:
                if stolen is not None:
                    taken.set()
            connection.close()

        with transaction.atomic():
            lease.update(title="dans la transaction")
            thread = threading.Thread(target=other)
            thread.start()
            assert not taken.wait(0.5)
            lease.update(lease_until=timezone.now() + timedelta(seconds=20))
        thread.join(30)
        assert not taken.is_set()  # it had waited, and saw that the lease lives


@committed
def test_a_renewal_that_the_database_refuses_once_is_made_up_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A connection that the server closed stays closed: the next turn opens another."""
    monkeypatch.setattr(leases, "LEASE", timedelta(seconds=1.5))
    keep_alive = leases.Lease._keep_alive

    def start_with_a_dead_connection(self: leases.Lease, stop: threading.Event) -> None:
        connection.ensure_connection()
        connection.connection.close()  # as a restarted server would
        keep_alive(self, stop)

    monkeypatch.setattr(leases.Lease, "_keep_alive", start_with_a_dead_connection)
    with leases.hold(KEY):
        time.sleep(2.5)
        assert row().lease_until > timezone.now()
