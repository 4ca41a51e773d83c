"""Comparing the whole database with the whole bucket: what timers, commands and repairs run."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from publishing import leases, registry, services, websub
from publishing.exceptions import explain
from publishing.models import (
    Publication,
    PublicationQuerySet,
    PublishedObject,
    PublishedObjectQuerySet,
)
from publishing.planning import plan
from publishing.services import Outcome
from publishing.signals import healing
from publishing.staleness import distrust, remember
from publishing.storage import Stored, get_store

ABANDONED_UPLOAD = timedelta(days=1)
PATIENCE = timedelta(seconds=5)
"""How much longer than a lease to wait for another worker."""


@dataclass
class Summary:
    """What a run did, counted in publications."""

    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    orphans: int = 0
    repaired: int = 0
    """Objects that the bucket lacked or held with other bytes."""
    stopped: bool = False
    """Whether the store did not answer: the rest is left to the next run."""

    @property
    def complete(self) -> bool:
        """Whether bucket and database agree for all that was asked."""
        return not self.stopped and not self.outcomes[Outcome.BUSY] and not failed().exists()


def failed() -> PublicationQuerySet:
    """Return what could not be published, or not removed."""
    return Publication.objects.filter(state=Publication.State.FAILED)


def stale_keys() -> list[str]:
    """Return the keys of the publications that may differ from the database, media first.

    Also of those that have something to remove: a worker may have died while it did.
    """
    return _ranked(_stale())


def _stale() -> dict[str, int]:
    """Return the generations of these publications by key."""
    stale = Q(pk__in=Publication.objects.stale().values("pk"))
    leaving = Q(pk__in=PublishedObject.objects.leaving().values("publication_id"))
    return dict(Publication.objects.filter(stale | leaving).values_list("key", "generation"))


def all_keys() -> list[str]:
    """Return every key that the database or the memory of the pipeline knows, media first."""
    known = set(registry.keys()) | set(Publication.objects.values_list("key", flat=True))
    return _ranked(known)


def _ranked(keys: Iterable[str]) -> list[str]:
    return sorted(keys, key=lambda key: (-registry.rank(key), key))


def publish_patiently(key: str) -> Outcome:
    """Publish; when another worker holds it, wait for that one to finish or to prove dead."""
    end = time.monotonic() + (leases.LEASE + PATIENCE).total_seconds()
    while (outcome := services.publish(key)) is Outcome.BUSY and time.monotonic() < end:
        time.sleep(0.2)
    return outcome


def publish_stale(summary: Summary) -> Iterator[str]:
    """Publish what is stale, and what becomes so meanwhile; yield each key when it is done.

    What fails is tried once. Stops at a store that does not answer.
    """
    healing.send(sender=None)
    tried: dict[str, int] = {}
    while todo := {key: at for key, at in _stale().items() if tried.get(key) != at}:
        for key in _ranked(todo):
            tried[key] = todo[key]
            yield from _counted(key, summary)
            if summary.stopped:
                return
    for row in websub.unannounced():
        websub.announce(row.pk)


def publish_everything(summary: Summary) -> Iterator[str]:
    """Compare every publication with the bucket and mend both; yield each key when it is done.

    Objects that nobody named are removed last, after the feeds.
    """
    store = get_store()
    # In this order: what is in the list was named by a row before it was uploaded.
    listing = store.list_public()
    wrong = suspects(listing)
    summary.repaired = wrong.count()
    distrust(wrong)
    remember(registry.keys())
    for key in all_keys():
        if summary.stopped:
            return
        yield from _counted(key, summary)
    yield from publish_stale(summary)
    if not summary.stopped:
        summary.orphans = sum(_remove_orphan(key) for key in sorted(orphans(listing)))
        store.abort_abandoned_uploads(ABANDONED_UPLOAD)


def _counted(key: str, summary: Summary) -> Iterator[str]:
    outcome = publish_patiently(key)
    summary.outcomes[outcome] += 1
    summary.stopped = outcome is Outcome.UNAVAILABLE
    yield key


def suspects(listing: dict[str, Stored]) -> PublishedObjectQuerySet:
    """Return the objects that the bucket lacks or holds with other bytes than the rows say."""
    verified = PublishedObject.objects.wanted().exclude(etag="")
    wrong = [row.pk for row in verified if _differs(row, listing.get(row.key))]
    return PublishedObject.objects.filter(pk__in=wrong)


def _differs(row: PublishedObject, found: Stored | None) -> bool:
    return found is None or (found.etag, found.size) != (row.etag, row.size)


def orphans(listing: dict[str, Stored]) -> set[str]:
    """Return the keys in the bucket that no row names."""
    return set(listing) - set(PublishedObject.objects.values_list("key", flat=True))


def _remove_orphan(key: str) -> bool:
    """Remove an object that no row names; return whether it was one."""
    rows = PublishedObject.objects.filter(key=key)
    if rows.exists():
        return False
    get_store().delete([key])
    distrust(rows)  # a worker may have begun to want it: let it look again
    return True


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What publishing would do to one publication, for ``--dry-run``."""

    key: str
    title: str = ""
    put: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    problem: str = ""
    """Why it cannot be told what should be there."""


def differences(keys: list[str], listing: dict[str, Stored]) -> Iterator[Difference]:
    """Yield what is not as it should be, changing nothing."""
    for key in keys:
        rows = PublishedObject.objects.filter(publication__key=key)
        present = dict.fromkeys(rows.leaving().values_list("key", flat=True), "")
        for row in rows.wanted():
            present[row.key] = "" if _differs(row, listing.get(row.key)) else row.digest
        try:
            desired = registry.build(key)
        except Exception as error:  # one that fails does not hide the others
            yield Difference(key=key, problem=explain(error).detail)
            continue
        todo = plan(desired, present)
        if todo.changes:
            put = tuple(artifact.key for artifact in todo.put)
            yield Difference(key=key, title=desired.title, put=put, remove=todo.retire)
