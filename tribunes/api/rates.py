"""How many requests a token makes, counted in the database that all processes share."""

import math
from datetime import timedelta

from django.db.models import Case, F, Q, Value, When
from django.utils import timezone

from tribunes.models import PartnerToken, RateWindow

WINDOW = timedelta(minutes=1)


def wait(token: PartnerToken, allowed: int) -> int:
    """Count a request; return 0, or how many seconds it is too early.

    The update that counts is the one that decides, so no more than ``allowed`` pass in a window
    however many processes ask at once.
    """
    if _count(token, allowed):
        return 0
    row = RateWindow.objects.filter(token=token).first()
    if row is None:
        RateWindow.objects.bulk_create([RateWindow(token=token)], ignore_conflicts=True)
        return wait(token, allowed)
    left = row.started_at + WINDOW - timezone.now()
    return max(1, math.ceil(left.total_seconds()))


def _count(token: PartnerToken, allowed: int) -> bool:
    now = timezone.now()
    over = Q(started_at__lte=now - WINDOW)
    return bool(
        RateWindow.objects.filter(over | Q(count__lt=allowed), token=token).update(
            started_at=Case(When(over, then=Value(now)), default=F("started_at")),
            count=Case(When(over, then=1), default=F("count") + 1),
        )
    )
