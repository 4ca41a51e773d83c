"""Sending one message: take it, try once, write down what came of it.

A worker holds a message by the moment at which it took it. One that comes back after
``queue.PATIENCE`` finds that the message passed to another, and writes nothing.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from tribunes import outside
from tribunes.models import WebhookEndpoint, WebhookMessage
from tribunes.models.webhook import ANSWER_LENGTH
from tribunes.webhooks.queue import PATIENCE, enqueue_on_commit, enqueue_warning
from tribunes.webhooks.schedule import TRIES, parse_retry_after, pause, spared
from tribunes.webhooks.services import disable
from tribunes.webhooks.signing import headers

OUTAGE = timedelta(days=5)
"""How long an endpoint may fail, without a single success, before nothing more is sent."""
GONE = 410

State = WebhookMessage.State


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one attempt; ``error`` is empty when the message was received."""

    status: int | None = None
    answer: str = ""
    error: str = ""
    retry_after: timedelta | None = None


def take(pk: int) -> WebhookMessage | None:
    """Reserve a message whose hour has come; None when it is gone, sent, taken or not due."""
    # No join here: PostgreSQL would let two workers at once through.
    due = WebhookMessage.objects.due(PATIENCE).filter(pk=pk)
    if not due.update(taken_at=timezone.now(), tries=F("tries") + 1):
        return None
    return WebhookMessage.objects.select_related("endpoint").filter(pk=pk).first()


def deliver(message: WebhookMessage) -> None:
    """Make one attempt and record it, with what follows: the next try, a warning, the end."""
    if not message.endpoint.is_active:  # disabled while the message was written
        _held(message).update(state=State.CANCELLED, taken_at=None)
    elif message.tries > TRIES:  # its worker died every time
        _record(message, Outcome(error="Le dernier envoi a été interrompu."))
    else:
        _record(message, attempt(message))


def attempt(message: WebhookMessage) -> Outcome:
    """Send a message once; only a status from 200 to 299 is a success."""
    now = timezone.now()
    sent = {"Content-Type": "application/json", **headers(message, now)}
    try:
        answer = outside.post(message.endpoint.url, message.payload.encode(), sent)
    except outside.Unreachable as error:
        return Outcome(error=str(error))
    return Outcome(
        status=answer.status,
        answer=answer.text.replace("\0", "\ufffd")[:ANSWER_LENGTH],
        error=_refusal(answer.status),
        retry_after=parse_retry_after(answer.headers.get("Retry-After", ""), now),
    )


def _refusal(status: int) -> str:
    if 200 <= status < 300:
        return ""
    if status == GONE:
        return "Le serveur a répondu 410\u00a0: il ne veut plus d’annonces."
    if 300 <= status < 400:
        return f"Le serveur a répondu {status}\u00a0: les redirections ne sont jamais suivies."
    return f"Le serveur a répondu {status}."


def _held(message: WebhookMessage) -> QuerySet[WebhookMessage]:
    """Return the row of a message, unless it passed to another worker or was given up."""
    return WebhookMessage.objects.filter(
        pk=message.pk, taken_at=message.taken_at, state=State.WAITING
    )


@transaction.atomic
def _record(message: WebhookMessage, outcome: Outcome) -> None:
    now = timezone.now()
    values = {
        "taken_at": None,
        "last_try_at": now,
        "last_status": outcome.status,
        "last_answer": outcome.answer,
        "last_error": outcome.error,
        **_next(message, outcome),
    }
    # The endpoint first: two workers that hold messages of one endpoint wait, never for each other.
    endpoint = WebhookEndpoint.objects.select_for_update().filter(pk=message.endpoint_id).first()
    if endpoint is None or not _held(message).update(**values):
        return
    if not outcome.error:
        endpoint.failing_since, endpoint.warned_at, endpoint.last_success_at = None, None, now
        endpoint.save(update_fields=["failing_since", "warned_at", "last_success_at"])
        return
    endpoint.failing_since = endpoint.failing_since or now
    endpoint.save(update_fields=["failing_since"])
    if at := values["next_try_at"]:
        enqueue_on_commit([message.pk], at)
        _spare(message, spared(outcome.status, outcome.retry_after))
    _end(endpoint, outcome, given_up=at is None)


def _next(message: WebhookMessage, outcome: Outcome) -> dict[str, Any]:
    if not outcome.error:
        return {"state": State.SENT, "next_try_at": None}
    if outcome.status == GONE or message.tries >= TRIES:
        return {"state": State.FAILED, "next_try_at": None}
    wait = pause(message.tries, outcome.status, outcome.retry_after)
    return {"state": State.WAITING, "next_try_at": timezone.now() + wait}


def _spare(message: WebhookMessage, wait: timedelta) -> None:
    """Let everything else for a server in trouble wait as well."""
    now = timezone.now()
    until = now + wait
    free = Q(taken_at=None) | Q(taken_at__lte=now - PATIENCE)
    others = WebhookMessage.objects.filter(
        free, endpoint=message.endpoint_id, state=State.WAITING, next_try_at__lt=until
    ).exclude(pk=message.pk)
    pks = list(others.values_list("pk", flat=True)) if wait else []
    others.filter(pk__in=pks).update(next_try_at=until)
    enqueue_on_commit(pks, until)


def _end(endpoint: WebhookEndpoint, outcome: Outcome, *, given_up: bool) -> None:
    """Disable an endpoint that wants no more or fails too long; tell its people."""
    if outcome.status == GONE:
        disable(endpoint, outcome.error, told=False)
    elif timezone.now() - endpoint.failing_since >= OUTAGE:
        reason = f"Aucun succès depuis {OUTAGE.days} jours. Dernier échec\u00a0: {outcome.error}"
        disable(endpoint, reason[:255], told=False)
    elif not given_up:
        return
    enqueue_warning(endpoint.pk)
