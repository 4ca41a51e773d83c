"""Acts on endpoints and their messages; every one of them is a transaction."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from tribunes.models import Partner, WebhookEndpoint, WebhookMessage
from tribunes.webhooks.events import TEST
from tribunes.webhooks.queue import PATIENCE, enqueue_on_commit
from tribunes.webhooks.refusals import WebhookRefused
from tribunes.webhooks.schedule import SLOW

State = WebhookMessage.State


def payload_of(event_type: str, data: Mapping[str, Any], at: datetime) -> str:
    """Return the body of a message, exactly as it is signed and sent."""
    body = {"type": event_type, "timestamp": timezone.localtime(at).isoformat(), "data": data}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


@transaction.atomic
def announce(
    event_type: str, data: Mapping[str, Any], at: datetime, partners: Iterable[Partner]
) -> list[WebhookMessage]:
    """Write one message for each active endpoint of these partners that wants such events.

    To be called in the transaction that makes the event true: both are there, or neither is. The
    data name things and never hold a text; the rest is judged when the receiver asks for it.
    """
    endpoints = WebhookEndpoint.objects.filter(partner__in=list(partners), disabled_at=None)
    return _write(event_type, data, at, [row for row in endpoints if row.wants(event_type)])


@transaction.atomic
def send_test(endpoint: WebhookEndpoint) -> WebhookMessage:
    """Write a message that only says hello, whatever the endpoint chose; raises WebhookRefused."""
    _must_be_active(endpoint)
    data = {"endpoint": f"urn:uuid:{endpoint.uuid}"}
    return _write(TEST, data, timezone.now(), [endpoint])[0]


def _write(
    event_type: str, data: Mapping[str, Any], at: datetime, endpoints: Iterable[WebhookEndpoint]
) -> list[WebhookMessage]:
    payload, now = payload_of(event_type, data, at), timezone.now()
    endpoints = list(endpoints)
    spared = _spared_until(endpoints, now)
    messages = WebhookMessage.objects.bulk_create(
        WebhookMessage(
            endpoint=endpoint,
            event_type=event_type,
            event_at=at,
            payload=payload,
            next_try_at=spared.get(endpoint.pk, now),
        )
        for endpoint in endpoints
    )
    for message in messages:
        enqueue_on_commit([message.pk], message.next_try_at)
    return messages


def _spared_until(endpoints: list[WebhookEndpoint], now: datetime) -> dict[int, datetime]:
    """Return when servers in trouble are called again, by the key of their endpoint."""
    spared = WebhookMessage.objects.filter(
        endpoint__in=endpoints, state=State.WAITING, last_status__in=SLOW, next_try_at__gt=now
    )
    return dict(spared.order_by().values_list("endpoint").annotate(Min("next_try_at")))


@transaction.atomic
def replay(endpoint: WebhookEndpoint, messages: QuerySet[WebhookMessage]) -> int:
    """Send messages of an endpoint again, the same bytes under the same identifier.

    Those being sent right now are left alone. Returns how many there are; raises WebhookRefused.
    """
    _must_be_active(endpoint)
    now = timezone.now()
    idle = Q(taken_at=None) | Q(taken_at__lte=now - PATIENCE)
    pks = list(messages.filter(idle, endpoint=endpoint).values_list("pk", flat=True))
    WebhookMessage.objects.filter(idle, pk__in=pks).update(
        state=State.WAITING, tries=0, next_try_at=now, taken_at=None
    )
    enqueue_on_commit(pks)
    return len(pks)


def replay_between(endpoint: WebhookEndpoint, since: datetime, until: datetime) -> int:
    """Send again what was written in a stretch of time, both ends included.

    Returns how many messages there are; raises WebhookRefused.
    """
    if until < since:
        raise WebhookRefused("La fin de la période précède son début.")
    return replay(endpoint, endpoint.messages.filter(created_at__range=(since, until)))


@transaction.atomic
def rotate(endpoint: WebhookEndpoint) -> None:
    """Give an endpoint a new secret; the old one signs too for ``signing.OVERLAP``."""
    held = WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)
    endpoint.secret_generation = held.secret_generation + 1
    endpoint.secret_rotated_at = timezone.now()
    endpoint.save(update_fields=["secret_generation", "secret_rotated_at"])


@transaction.atomic
def disable(endpoint: WebhookEndpoint, reason: str, *, told: bool = True) -> None:
    """Send nothing more to an endpoint and give up what waits; the reason is shown (255 signs).

    ``told`` is False when its people do not know yet and must be written to.
    """
    now = timezone.now()
    found = WebhookEndpoint.objects.filter(pk=endpoint.pk, disabled_at=None)
    values = {"disabled_at": now, "disabled_reason": reason}
    if found.update(**values, **({"warned_at": now} if told else {})):
        endpoint.messages.filter(state=State.WAITING).update(state=State.CANCELLED)
    endpoint.refresh_from_db()


@transaction.atomic
def enable(endpoint: WebhookEndpoint) -> None:
    """Send to an endpoint again, from now on; what was missed is replayed by hand."""
    endpoint.disabled_at = endpoint.failing_since = endpoint.warned_at = None
    endpoint.disabled_reason = ""
    endpoint.save(update_fields=["disabled_at", "failing_since", "warned_at", "disabled_reason"])


def _must_be_active(endpoint: WebhookEndpoint) -> None:
    if not endpoint.is_active:
        raise WebhookRefused("Ce point d’accès est désactivé\u00a0: réactivez-le d’abord.")
