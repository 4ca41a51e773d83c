"""Taking objects out of the public bucket, after the feeds that named them."""

import logging

from publishing import leases, queue
from publishing.exceptions import LeaseLost, PublishingError
from publishing.models import Publication, PublishedObject
from publishing.staleness import distrust
from publishing.storage import get_store

logger = logging.getLogger(__name__)

State = PublishedObject.State


def remove_retired() -> None:
    """Remove every retired object that no feed names any more.

    A publication that another worker holds is left to that worker, who ends by coming here. A
    failure is recorded and ends the round: the store would fail for the next one too.
    """
    moving = _moving()
    leaving = PublishedObject.objects.leaving().values("publication_id")
    for publication in Publication.objects.filter(pk__in=leaving):
        if not _is_free(publication, moving):
            continue
        removed = _remove(publication)
        # Whoever wanted to publish it meanwhile found it taken, and went away.
        changed = Publication.objects.filter(pk=publication.pk, state=Publication.State.STALE)
        if changed.exists():
            queue.enqueue(publication.key)
        if not removed:
            return


def _moving() -> dict[str, bool]:
    """Return the publications that may name something old, and whether they stay that way."""
    rows = Publication.objects.unsettled().values_list("key", "state", "passing")
    return {key: state == Publication.State.FAILED and not passing for key, state, passing in rows}


def _is_free(publication: Publication, moving: dict[str, bool]) -> bool:
    """Whether the feeds were told and rebuilt.

    A withdrawal does not wait for a feed that cannot be built: what must not be heard any more
    goes. It waits for one that the store kept from being written.
    """
    waiting = [moving[feed] for feed in publication.dependents if feed in moving]
    if publication.state == Publication.State.WITHDRAWN:
        return all(waiting)
    return publication.state == Publication.State.PUBLISHED and not waiting


def _remove(publication: Publication) -> bool:
    """Remove what one publication retired; return False when the store failed."""
    with leases.hold(publication.key) as lease:
        if lease is None:
            return True
        # Another worker may have retired more since; nobody does while we hold the lease.
        publication.refresh_from_db()
        if not _is_free(publication, _moving()):
            return True
        try:
            # The feed goes first: it names the others.
            for row in publication.objects_published.leaving().order_by("-announce", "key"):
                _take_away(row, lease)
        except LeaseLost as error:
            logger.warning(
                "withdrawal left to another worker",
                extra={"publication": publication.key, "cause": error.detail},
            )
            return True
        except PublishingError as error:
            logger.exception("withdrawal failed", extra={"publication": publication.key})
            queue.record_failure(publication, error)
            return False
        Publication.objects.filter(pk=publication.pk).update(attempts=0)
    return True


def _take_away(row: PublishedObject, lease: leases.Lease) -> None:
    lease.renew()
    mine = PublishedObject.objects.filter(pk=row.pk)
    mine.update(state=State.LEAVING)
    # Whoever puts that key for another publication sees this row, or is seen here.
    if not PublishedObject.objects.filter(key=row.key).exclude(state=State.LEAVING).exists():
        get_store().delete([row.key])
    deleted, _ = mine.leaving().delete()
    if not deleted:  # another worker took over while this one slept, and may have put it again
        distrust(PublishedObject.objects.filter(key=row.key))
