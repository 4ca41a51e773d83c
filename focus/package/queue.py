"""Queueing the publication of packages, at their hour, and again when the task was lost."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from focus.models import Package

PATIENCE = timedelta(minutes=2)
"""How long after its last sign of life a worker is taken for dead; longer than the transaction
that puts a hundred pages online."""


def due() -> QuerySet[Package]:
    """Return the packages that should go out now and that no living worker has taken."""
    now = timezone.now()
    free = Q(taken_at=None) | Q(taken_at__lte=now - PATIENCE)
    return Package.objects.filter(free, state=Package.State.APPROVED, go_live_at__lte=now)


def enqueue(package: Package, at: datetime | None = None) -> None:
    """Queue a publication, for an hour if need be; a task that comes for nothing does nothing."""
    # Tasks import the release, which enqueues: the circle is opened here.
    from focus.package.tasks import publish_package

    publish_package.using(run_after=at).enqueue(package.pk)


def queue_due_again(**kwargs: object) -> None:
    """Queue packages whose hour came and whose task was lost, with its worker or without."""
    for package in due():
        enqueue(package)
