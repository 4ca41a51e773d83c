"""Moments and numbers as editors read them."""

from datetime import datetime

from django.utils import timezone

from focus.moments import day_and_hour


def moment(when: datetime) -> str:
    """Return « 14 juillet 2026 à 6 h 30 », on the clock of the site, not of the editor."""
    with timezone.override(timezone.get_default_timezone()):
        return day_and_hour(when)


def count(number: int, noun: str) -> str:
    """Return « 1 page », « 12 pages », for a noun whose words all take an s."""
    return f"{number} {noun if number < 2 else ' '.join(f'{word}s' for word in noun.split())}"
