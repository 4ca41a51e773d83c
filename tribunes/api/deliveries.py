"""``/webhooks/…/deliveries``: what was sent, why it failed, and sending it again."""

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from tribunes import addresses
from tribunes.api.answers import json_answer, listed
from tribunes.api.bearer import Bearer
from tribunes.api.problems import Problem, not_found
from tribunes.api.schemas.webhooks import Deliveries, Delivery, Queued, Replay
from tribunes.api.webhooks import endpoint
from tribunes.models import WebhookEndpoint, WebhookMessage
from tribunes.webhooks import services
from tribunes.webhooks.refusals import WebhookRefused

router = Router(tags=["Webhooks"])


@router.get(
    "/webhooks/{uuid:id}/deliveries",
    auth=Bearer("manage"),
    response=Deliveries,
    by_alias=True,
    operation_id="deliveries",
    summary="Ce qui a été envoyé, et pourquoi cela a échoué",
    description="Le plus récent d’abord\u202f; `before` est le dernier envoi déjà lu.",
)
def deliveries(
    request: HttpRequest,
    id: UUID,
    before: UUID | None = None,
    limit: int = Query(50, ge=1, le=200),
) -> HttpResponse:
    """Return the messages of an endpoint, newest first; ``before`` is the last one seen."""
    row = endpoint(request.auth, id)
    messages = row.messages.all()
    if before:
        last = _message(row, before)
        older = Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=last.pk)
        messages = messages.filter(older)
    found = list(messages[: limit + 1])
    shown = found[:limit]
    following = None
    if len(found) > limit:
        path = f"/webhooks/{row.uuid}/deliveries"
        following = addresses.api(f"{path}?before={shown[-1].uuid}&limit={limit}")
    items = [_out(message) for message in shown]
    return listed(request, Deliveries(items=items, next=following))


@router.post(
    "/webhooks/{uuid:id}/replay",
    auth=Bearer("manage"),
    response={202: Queued},
    by_alias=True,
    operation_id="replay",
    summary="Renvoyer un message, ou tous ceux d’une période",
    description="`message`, ou `since` et `until`. Mêmes octets, même `webhook-id`.",
)
def replay(request: HttpRequest, id: UUID, data: Replay) -> HttpResponse:
    """Send again, the same bytes under the same identifier."""
    row = endpoint(request.auth, id)
    try:
        if data.message:
            message = _message(row, data.message)
            count = services.replay(row, row.messages.filter(pk=message.pk))
        else:
            count = services.replay_between(row, data.since, data.until)
    except WebhookRefused as refusal:
        raise Problem("invalid", str(refusal)) from None
    return json_answer(Queued(count=count), 202)


@router.post(
    "/webhooks/{uuid:id}/test",
    auth=Bearer("manage"),
    response={202: Delivery},
    by_alias=True,
    operation_id="testWebhook",
    summary="Envoyer un message d’essai (webhook.test)",
    description="Quels que soient les types que le point d’accès a choisis.",
)
def test(request: HttpRequest, id: UUID) -> HttpResponse:
    """Send a message that only says hello."""
    try:
        message = services.send_test(endpoint(request.auth, id))
    except WebhookRefused as refusal:
        raise Problem("invalid", str(refusal)) from None
    return json_answer(_out(message), 202)


def _message(row: WebhookEndpoint, uuid: UUID) -> WebhookMessage:
    message = row.messages.filter(uuid=uuid).first()
    if message is None:
        raise not_found()
    return message


def _out(message: WebhookMessage) -> Delivery:
    moments = {
        "timestamp": message.event_at,
        "last_try": message.last_try_at,
        "next_try": message.next_try_at,
    }
    return Delivery(
        id=message.uuid,
        type=message.event_type,
        state=message.state,
        tries=message.tries,
        last_status=message.last_status,
        last_answer=message.last_answer,
        last_error=message.last_error,
        **{name: at and timezone.localtime(at) for name, at in moments.items()},
    )
