"""What tests of webhooks do again and again."""

from datetime import timedelta

from django.utils import timezone

from tribunes.models import WebhookEndpoint, WebhookMessage
from tribunes.webhooks.delivery import deliver, take
from tribunes.webhooks.services import announce

DATA = {
    "id": "urn:uuid:00000000-0000-4000-8000-000000000001",
    "version": 3,
    "versionCreated": "2026-11-22T08:00:00+01:00",
    "severity": "high",
    "href": "https://exemple.fr/api/v1/tribunes/00000000-0000-4000-8000-000000000001",
}


def write(endpoint: WebhookEndpoint, event_type: str = "tribune.corrected") -> WebhookMessage:
    """Announce an event to one endpoint."""
    (message,) = announce(event_type, DATA, timezone.now(), [endpoint.partner])
    return message


def send(message: WebhookMessage) -> None:
    """Do what the worker does, whatever hour it is."""
    WebhookMessage.objects.filter(pk=message.pk).update(next_try_at=timezone.now())
    if taken := take(message.pk):
        deliver(taken)
    message.refresh_from_db()
    message.endpoint.refresh_from_db()


def age(endpoint: WebhookEndpoint, **ago: int) -> None:
    """Let the outage of an endpoint have begun longer ago."""
    since = timezone.now() - timedelta(**ago)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=since)
