"""Forgetting messages that were dealt with, nightly."""

from datetime import timedelta

from django.utils import timezone

from tribunes.models import WebhookMessage

MEMORY = timedelta(days=90)
"""How long what was sent is shown, and can be sent again."""


def prune() -> int:
    """Remove messages older than ``MEMORY`` that wait for nothing; return how many."""
    old = WebhookMessage.objects.filter(created_at__lt=timezone.now() - MEMORY)
    count, _ = old.exclude(state=WebhookMessage.State.WAITING).delete()
    return count
