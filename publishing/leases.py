"""One worker at a time per publication, on any database and across machines.

A lease is a token in the row with an end (:data:`LEASE`); its holder renews it in the background
and asks again before each write, so that an older build never overwrites a newer one. A worker
that dies takes nothing with it: its lease ends by itself. Why not a row lock: docs/adr/0002.
"""

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import Error, connection
from django.db.models import Q
from django.utils import timezone

from publishing.exceptions import LeaseLost
from publishing.models import Publication, PublicationQuerySet

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
"""How long a publication stays taken after its worker's last sign of life."""


class Lease:
    """The right to write the objects of one publication."""

    def __init__(self, key: str, token: str) -> None:
        """Remember who holds what; :func:`hold` makes leases."""
        self.key = key
        self.token = token

    def renew(self) -> None:
        """Extend the lease by :data:`LEASE` from now; raises LeaseLost when it was taken over."""
        self.update(lease_until=timezone.now() + LEASE)

    def update(self, **values: Any) -> None:
        """Write fields of the publication; raises LeaseLost when the lease was taken over.

        Inside a transaction nobody takes it over before the end.
        """
        if not self._held().update(**values):
            raise LeaseLost(f"{self.key}: the lease passed to another worker")

    def is_held(self) -> bool:
        """Whether nobody took it over, even if it ran out."""
        return self._held().exists()

    def _held(self) -> PublicationQuerySet:
        return Publication.objects.filter(key=self.key, lease_token=self.token)

    def _keep_alive(self, stop: threading.Event) -> None:
        while not stop.wait(LEASE.total_seconds() / 3):
            try:
                self.renew()
            except LeaseLost:
                break  # the next write asks again and stops there
            except Error:
                logger.warning("lease not renewed", extra={"publication": self.key}, exc_info=True)
                connection.close()  # a broken connection never mends: the next turn opens another
        connection.close()


@contextmanager
def hold(key: str) -> Iterator[Lease | None]:
    """Take the lease of a publication for the length of the block; None when it is taken."""
    now = timezone.now()
    lease = Lease(key, secrets.token_hex(16))
    free = Publication.objects.filter(Q(lease_until=None) | Q(lease_until__lte=now), key=key)
    if not free.update(lease_token=lease.token, lease_until=now + LEASE):
        yield None
        return
    stop = threading.Event()
    heartbeat = threading.Thread(target=lease._keep_alive, args=(stop,), daemon=True)
    heartbeat.start()
    try:
        yield lease
    finally:
        stop.set()
        heartbeat.join()
        Publication.objects.filter(key=key, lease_token=lease.token).update(
            lease_token="", lease_until=None
        )
