"""Noting that publications may differ from the database, and queueing them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from publishing import queue
from publishing.models import Publication, PublishedObjectQuerySet


def mark_stale(keys: Iterable[str]) -> None:
    """Note that these publications may differ from the database, and queue them at commit.

    Written in the caller's transaction: if it rolls back, nothing happened.
    """
    wanted = sorted(set(keys))
    if not wanted:
        return
    with transaction.atomic():
        remember(wanted)
        rows = Publication.objects.filter(key__in=wanted)
        # Everybody locks rows in the same order: no deadlock between two editors.
        list(rows.select_for_update().order_by("key").values_list("pk"))
        rows.update(generation=F("generation") + 1)
        rows.exclude(state__in=(Publication.State.STALE, Publication.State.PUBLISHING)).update(
            state=Publication.State.STALE, since=timezone.now()
        )

        def enqueue() -> None:
            for key in wanted:
                queue.enqueue(key)

        # A queue that refuses is logged: what the editor did is saved, and the rows are stale.
        transaction.on_commit(enqueue, robust=True)


def remember(keys: Iterable[str]) -> None:
    """Make sure that each publication has a row, without marking it stale."""
    Publication.objects.bulk_create(
        (Publication(key=key) for key in keys), ignore_conflicts=True, batch_size=500
    )


@transaction.atomic
def distrust(objects: PublishedObjectQuerySet) -> None:
    """Forget what these objects hold, and queue their publications, which upload them again."""
    objects = objects.wanted()
    # The publication before its objects, as workers do: no deadlock with them.
    mark_stale(objects.values_list("publication__key", flat=True))
    objects.update(digest="")
