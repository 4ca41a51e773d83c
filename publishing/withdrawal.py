"""Taking objects out of the public bucket, after the feeds that named them."""

import logging

from publishing import leases, queue
from publishing.exceptions import PublishingError
from publishing.models import Publication, PublishedObject
from publishing.storage import get_store

logger = logging.getLogger(__name__)


def remove_retired() -> None:
    """Remove every retired object whose feeds no longer name it.

    A publication that another worker holds is left to that worker, who ends by coming here.
    """
    retired = PublishedObject.objects.retired().values("publication_id")
    for publication in Publication.objects.filter(pk__in=retired):
        if _feeds_let_go(publication):
            _remove(publication)


def _feeds_let_go(publication: Publication) -> bool:
    """Whether the feeds were rebuilt since; a feed that fails does not hold back a withdrawal."""
    waiting = Publication.objects.filter(key__in=publication.dependents).exclude(
        pk__in=Publication.objects.settled()
    )
    if publication.state == Publication.State.WITHDRAWN:
        waiting = waiting.exclude(state=Publication.State.FAILED)
    return not waiting.exists()


def _remove(publication: Publication) -> None:
    with leases.hold(publication.key) as lease:
        if lease is None:
            return
        rows = publication.objects_published.retired()
        elsewhere = PublishedObject.objects.exclude(state=PublishedObject.State.RETIRED)
        shared = set(elsewhere.filter(key__in=rows.values("key")).values_list("key", flat=True))
        keys = [row.key for row in rows]
        try:
            get_store().delete(key for key in keys if key not in shared)
        except PublishingError as error:
            logger.exception("withdrawal failed", extra={"publication": publication.key})
            queue.record_failure(publication, error)
            return
        rows.filter(key__in=keys).delete()
