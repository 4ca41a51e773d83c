"""The log of what was sent forgets what is old and done, never what waits."""

from datetime import timedelta

from django.utils import timezone

from tests.tribunes.webhooks.acts import write
from tribunes.models import WebhookEndpoint, WebhookMessage
from tribunes.webhooks.pruning import MEMORY, prune

State = WebhookMessage.State


def test_messages_stay_ninety_days_and_those_that_wait_longer(endpoint: WebhookEndpoint) -> None:
    for state in State.values:
        WebhookMessage.objects.filter(pk=write(endpoint).pk).update(state=state)
    WebhookMessage.objects.update(created_at=timezone.now() - MEMORY + timedelta(minutes=1))
    assert prune() == 0
    WebhookMessage.objects.update(created_at=timezone.now() - MEMORY - timedelta(minutes=1))
    assert prune() == len(State.values) - 1
    assert WebhookMessage.objects.get().state == State.WAITING
