"""Days as moments, in the time zone of the site."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def start_of(day: date) -> datetime:
    """Return the first moment of a day."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_after(day: date) -> datetime:
    """Return the first moment at which a last day is over."""
    return start_of(day + timedelta(days=1))
