"""Numbers become visible in their order: two transactions that overlap leave no gap."""

import threading

import pytest
from django.db import connection, transaction

from tests.factories.partners import PartnerFactory, token_of
from tests.tribunes.api.conftest import Api
from tribunes.journal import append
from tribunes.models import Change, Record, TribunePage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("s3")]
PATIENCE = 20
"""Seconds."""


class Publisher(threading.Thread):
    """Writes an entry, in a transaction that ends when it is let go."""

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record, self.number = record, 0
        self.wrote, self.may_commit = threading.Event(), threading.Event()

    def run(self) -> None:
        """Write, wait, commit."""
        try:
            with transaction.atomic():
                self.number = append(self.record, Change.Event.UPDATED).number
                self.wrote.set()
                assert self.may_commit.wait(PATIENCE)
        finally:
            connection.close()

    def end(self) -> None:
        """Let go, and wait for the commit."""
        self.may_commit.set()
        self.join(PATIENCE)
        assert not self.is_alive()


def test_two_interleaved_transactions_leave_no_gap(tribune: TribunePage) -> None:
    api = Api(token_of(PartnerFactory()))
    assert len(list(api.poll())) == 1
    record = Record.objects.get()
    first, second = Publisher(record), Publisher(record)
    first.start()
    assert first.wrote.wait(PATIENCE)
    second.start()
    second.may_commit.set()
    # The second cannot even take a number before the first has ended; a reader sees neither.
    assert not second.wrote.wait(0.3)
    if connection.vendor == "postgresql":  # SQLite has one writer, and a call counts itself
        assert list(api.poll()) == []
    first.end()
    second.end()
    assert (first.number, second.number) == (2, 3)
    assert len(list(api.poll())) == 2
    assert list(api.poll()) == []
