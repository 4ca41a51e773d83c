"""Marking publications stale and publishing them: the writes of the pipeline.

The way is the same for a click, a timer or a repair: derive the wish from the database, compare,
upload what differs, verify, let the feeds follow, then remove. Every step may run twice.
"""

import logging
import tempfile
from collections.abc import Iterable
from enum import Enum
from functools import partial
from pathlib import Path

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from publishing import leases, queue, registry, withdrawal
from publishing.artifacts import Artifact, Bytes, Desired, PrivateObject
from publishing.exceptions import LeaseLost, StorageUnavailable
from publishing.models import Publication, PublishedObject
from publishing.planning import Plan, plan
from publishing.storage import Store, Stored, get_store
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


def mark_stale(keys: Iterable[str]) -> None:
    """Note that these publications may differ from the database, and queue them at commit.

    Written in the caller's transaction: if it rolls back, nothing happened.
    """
    wanted = sorted(set(keys))
    with transaction.atomic():
        remember(wanted)
        rows = Publication.objects.filter(key__in=wanted)
        rows.update(generation=F("generation") + 1)
        rows.exclude(state__in=(Publication.State.STALE, Publication.State.PUBLISHING)).update(
            state=Publication.State.STALE, since=timezone.now()
        )
        for key in wanted:
            transaction.on_commit(partial(queue.enqueue, key))


def remember(keys: Iterable[str]) -> None:
    """Make sure that each publication has a row, without marking it stale."""
    Publication.objects.bulk_create(
        (Publication(key=key) for key in keys), ignore_conflicts=True, batch_size=500
    )


def publish_if_stale(key: str) -> Outcome:
    """Publish unless nothing changed since the last time."""
    if Publication.objects.stale().filter(key=key).exists():
        return publish(key)
    return Outcome.UNCHANGED


def publish(key: str) -> Outcome:
    """Make the bucket equal to the database for one publication.

    A failure is recorded in the row with its cause and tried again later; it is not raised.
    """
    outcome, generation = _attempt(key)
    if Publication.objects.filter(key=key, generation__gt=generation).exists():
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
        except LeaseLost as error:
            # What this worker wrote last may be older than what the other one wrote.
            logger.warning("lease lost", extra={"publication": key, "cause": error.detail})
            mark_stale([key])
            return Outcome.BUSY, generation
        except Exception as error:
            logger.exception("publication failed", extra={"publication": key})
            queue.record_failure(publication, error)
            unavailable = isinstance(error, StorageUnavailable)
            return (Outcome.UNAVAILABLE if unavailable else Outcome.FAILED), generation


def _publish(publication: Publication, lease: leases.Lease) -> Outcome:
    desired = registry.build(publication.key)
    rows = {row.key: row for row in publication.objects_published.all()}
    todo = plan(
        desired,
        {key: row.digest for key, row in rows.items() if row.state == State.LIVE},
        [key for key, row in rows.items() if row.state != State.LIVE],
    )
    store = get_store()
    for artifact in todo.put:
        _upload(store, publication, artifact, lease)
    lease.renew()
    _finish(publication, desired, todo)
    return Outcome.CHANGED if todo.changes else Outcome.UNCHANGED


def _upload(
    store: Store, publication: Publication, artifact: Artifact, lease: leases.Lease
) -> None:
    """Write the row, put the object, verify it, then let the row name it."""
    row, created = PublishedObject.objects.get_or_create(
        publication=publication,
        key=artifact.key,
        defaults={"role": artifact.role, "state": State.UPLOADING},
    )
    if not created and row.state == State.RETIRED:
        PublishedObject.objects.filter(pk=row.pk).update(state=State.UPLOADING)
    stored = _put(store, artifact, lease)
    lease.renew()
    with transaction.atomic():
        publication.objects_published.live().filter(role=artifact.role).exclude(pk=row.pk).update(
            state=State.RETIRED, changed_at=timezone.now()
        )
        row.role = artifact.role
        row.state = State.LIVE
        row.digest = artifact.digest
        row.size = stored.size
        row.etag = stored.etag
        row.content_type = artifact.content_type
        row.facts = artifact.facts
        row.announce = artifact.announce
        row.changed_at = timezone.now()
        row.save()
    if row in unannounced():
        queue.enqueue_announcement(row.pk)


def _put(store: Store, artifact: Artifact, lease: leases.Lease) -> Stored:
    match artifact.body:
        case Bytes(data=data):
            lease.renew()
            return store.put_bytes(artifact, data)
        case PrivateObject(key=source):
            lease.renew()
            return store.copy_from_private(artifact, source)
        case produced:
            with tempfile.TemporaryDirectory(prefix="publishing-") as folder:
                path = Path(folder) / "body"
                produced.write(path)
                lease.renew()
                return store.put_file(artifact, path)


@transaction.atomic
def _finish(publication: Publication, desired: Desired, todo: Plan) -> None:
    """Record success and pass the change on to the feeds."""
    now = timezone.now()
    rows = publication.objects_published
    rows.filter(key__in=todo.retire).update(state=State.RETIRED, changed_at=now)
    facts = dict(rows.values_list("key", "facts"))
    for artifact in todo.keep:
        if facts[artifact.key] != artifact.facts:
            rows.filter(key=artifact.key).update(facts=artifact.facts)
    feeds = desired.dependents | set(publication.dependents)
    if todo.changes or publication.generation > publication.published_generation:
        mark_stale(feeds)
    # Feeds that still name a retired object are remembered until it is gone.
    remembered = feeds if rows.retired().exists() else desired.dependents
    current = Publication.objects.filter(pk=publication.pk)
    current.update(
        title=(desired.title or publication.title)[:255],
        state=Publication.State.PUBLISHED if desired.artifacts else Publication.State.WITHDRAWN,
        since=now,
        reason="",
        detail="",
        attempts=0,
        published_generation=publication.generation,
        digest=desired.digest,
        published_at=now if todo.changes else F("published_at"),
        rebuild_at=desired.valid_until,
        dependents=sorted(remembered),
    )
    # What changed while this build was under way stays to be done.
    current.filter(generation__gt=publication.generation).update(state=Publication.State.STALE)
