"""Putting a publication on the task queue, now or after a pause that grows with each failure."""

import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from publishing import registry
from publishing.exceptions import explain
from publishing.models import Publication

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)

_random = secrets.SystemRandom()


def pause(attempts: int) -> timedelta:
    """Return how long to wait after that many failures: doubled each time, half of it by chance.

    The chance keeps a crowd of failed publications from coming back in step.
    """
    doublings: int = 2 ** min(attempts - 1, 20)
    longest = min(FIRST_PAUSE * doublings, LONGEST_PAUSE)
    return longest / 2 + longest / 2 * _random.random()


def enqueue(key: str, run_after: datetime | None = None) -> None:
    """Queue a publication; feeds rank after media, so that one build takes in several changes."""
    # Tasks import services, which enqueue: the circle is opened here.
    from publishing.tasks import publish_if_due

    publish_if_due.using(priority=registry.rank(key), run_after=run_after).enqueue(key)


def enqueue_announcement(object_id: int) -> None:
    """Queue the ping of the WebSub hub for one object."""
    from publishing.tasks import announce

    announce.enqueue(object_id)


def record_failure(publication: Publication, error: Exception) -> None:
    """Write down why a publication failed and queue the next attempt.

    Whatever made earlier attempts, only the one at ``retry_at`` is made: retries do not multiply.
    """
    reason, detail, passing = explain(error)
    attempts = publication.attempts + 1
    now = timezone.now()
    retry_at = now + pause(attempts)
    Publication.objects.filter(pk=publication.pk).update(
        state=Publication.State.FAILED,
        since=publication.since if publication.state == Publication.State.FAILED else now,
        reason=reason,
        detail=detail[:4000],
        passing=passing,
        attempts=attempts,
        retry_at=retry_at,
    )
    enqueue(publication.key, run_after=retry_at)
