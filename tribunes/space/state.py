"""The state of the service, open to everybody: whether it is closed, or late."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Case, F, Min, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tribunes.access import ANYONE
from tribunes.journal.reading import last_modified
from tribunes.space.views import SpaceView

LATE = timedelta(minutes=5)
"""From when on announcements, letters and public feeds are said to be late."""


class StateView(SpaceView):
    """Whether the API answers, and whether what we send leaves on time."""

    section = "documentation"
    is_open = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it as it is now; nothing is told of what is under embargo."""
        now = timezone.now()
        late = now - (waiting_since(now) or now)
        context = {
            "now": now,
            "maintenance": settings.API_MAINTENANCE,
            "late": int(late.total_seconds() // 60) if late >= LATE else 0,
            "told": last_modified(ANYONE),
        }
        return self.page("state", context)


def waiting_since(now: datetime) -> datetime | None:
    """Return since when the oldest work that could be done waits for a worker."""
    # Work without an hour has the last of all.
    since = Case(When(run_after__gt=now, then=F("enqueued_at")), default=F("run_after"))
    return DBTaskResult.objects.ready().aggregate(oldest=Min(since))["oldest"]
