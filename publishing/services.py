"""Publishing: making the bucket equal to the database, one publication at a time.

The way is the same for a click, a timer or a repair: derive the wish from the database, compare,
upload what differs, verify, let the feeds follow, then remove. Every step may run twice.
"""

import logging
from enum import Enum

from django.db import transaction
from django.utils import timezone

from publishing import leases, queue, registry, withdrawal
from publishing.artifacts import Desired
from publishing.exceptions import StorageUnavailable
from publishing.models import Publication, PublishedObject
from publishing.planning import Plan, plan
from publishing.staleness import mark_stale
from publishing.storage import translated
from publishing.uploads import upload
from publishing.websub import unannounced

logger = logging.getLogger(__name__)

State = PublishedObject.State


class Outcome(Enum):
    """How an attempt ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BUSY = "busy"
    """Another worker holds the publication and will look again before it lets go."""
    FAILED = "failed"
    UNAVAILABLE = "unavailable"
    """Failed because the store does not answer: the next one would fail too."""


def publish_if_due(key: str) -> Outcome:
    """Publish unless nothing changed since the last time, or the next attempt is for later."""
    if Publication.objects.due().filter(key=key).exists():
        return publish(key)
    return Outcome.UNCHANGED


def publish(key: str) -> Outcome:
    """Make the bucket equal to the database for one publication.

    A failure is recorded in the row with its cause and tried again later; it is not raised.
    """
    outcome, generation = _attempt(key)
    # What changed while this build was under way stays to be done.
    newer = Publication.objects.filter(key=key, generation__gt=generation)
    if newer.update(state=Publication.State.STALE):
        queue.enqueue(key)
    withdrawal.remove_retired()
    return outcome


def _attempt(key: str) -> tuple[Outcome, int]:
    """Publish under the lease; also return the generation that was built."""
    with leases.hold(key) as lease:
        publication = Publication.objects.get(key=key)
        generation = publication.generation
        if lease is None:
            return Outcome.BUSY, generation
        Publication.objects.filter(pk=publication.pk).update(
            state=Publication.State.PUBLISHING, since=timezone.now()
        )
        try:
            return _publish(publication, lease), generation
        except Exception as error:
            if not lease.is_held():
                # What this worker wrote last may be older than what the other one wrote.
                logger.warning("lease lost", extra={"publication": key, "cause": str(error)})
                mark_stale([key])
                return Outcome.BUSY, generation
            logger.exception("publication failed", extra={"publication": key})
            queue.record_failure(publication, error)
            unavailable = isinstance(error, StorageUnavailable)
            return (Outcome.UNAVAILABLE if unavailable else Outcome.FAILED), generation


def _publish(publication: Publication, lease: leases.Lease) -> Outcome:
    with translated(f"derive {publication.key}"):
        desired = registry.build(publication.key)
    present = publication.objects_published.wanted().values_list("key", "digest")
    todo = plan(desired, dict(present))
    for artifact in todo.put:
        upload(publication, artifact, lease)
    _finish(publication, desired, todo, lease)
    return Outcome.CHANGED if todo.changes else Outcome.UNCHANGED


def _finish(publication: Publication, desired: Desired, todo: Plan, lease: leases.Lease) -> None:
    """Show what was uploaded, retire the rest, tell the feeds, then record success.

    In this order, each step on its own: a worker that dies in between leaves the publication
    unsettled, so that nothing is removed and the next attempt tells the feeds again. No row of
    another publication is locked together with this one: editors never wait for a worker.
    """
    feeds = sorted(desired.dependents | set(publication.dependents))
    _show(publication, desired, todo, feeds, lease)
    if todo.changes or not publication.is_settled:
        for feed in feeds:
            mark_stale([feed])
    now = timezone.now()
    shown = desired.public or desired.artifacts
    state = Publication.State.PUBLISHED if shown else Publication.State.WITHDRAWN
    leaving = publication.objects_published.leaving().exists()
    lease.update(
        title=(desired.title or publication.title)[:255],
        state=state,
        since=now if todo.changes or state != publication.state else publication.since,
        reason="",
        detail="",
        passing=False,
        # A removal that fails again and again is tried less and less often.
        attempts=publication.attempts if leaving else 0,
        retry_at=None,
        published_generation=publication.generation,
        digest=desired.digest,
        published_at=now if todo.changes else publication.published_at,
        rebuild_at=desired.valid_until,
        # Feeds that still name a retired object are remembered until it is gone.
        dependents=feeds if leaving else sorted(desired.dependents),
    )
    for row in unannounced().filter(publication=publication):
        queue.enqueue_announcement(row.pk)


@transaction.atomic
def _show(
    publication: Publication, desired: Desired, todo: Plan, feeds: list[str], lease: leases.Lease
) -> None:
    """Let feeds and pages name the new objects instead of the old ones, all at once.

    The first write keeps the lease from passing to anybody before the end of the transaction.
    """
    lease.update(dependents=feeds)
    rows = publication.objects_published
    rows.filter(key__in=todo.retire).update(state=State.RETIRED, changed_at=timezone.now())
    wanted = rows.filter(key__in=[artifact.key for artifact in desired.artifacts])
    wanted.exclude(state=State.LIVE).update(state=State.LIVE)
    facts = dict(wanted.values_list("key", "facts"))
    for artifact in todo.keep:
        if facts[artifact.key] != artifact.facts:
            wanted.filter(key=artifact.key).update(facts=artifact.facts)
