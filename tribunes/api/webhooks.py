"""``/webhooks``: endpoints of the partner, and what was sent there."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from tribunes.api.answers import json_answer, listed
from tribunes.api.bearer import Bearer
from tribunes.api.callers import Caller
from tribunes.api.problems import Problem, error, not_found
from tribunes.api.schemas.webhooks import (
    EndpointIn,
    EndpointOut,
    EndpointPatch,
    Endpoints,
    EndpointSecret,
)
from tribunes.models import WebhookEndpoint
from tribunes.webhooks import services
from tribunes.webhooks.signing import secret_of

router = Router(tags=["Webhooks"])


@router.get(
    "/webhooks",
    auth=Bearer("manage"),
    response=Endpoints,
    by_alias=True,
    operation_id="webhooks",
    summary="Vos points d’accès",
    description="Ceux qui sont arrêtés disent pourquoi.",
)
def webhooks(request: HttpRequest) -> HttpResponse:
    """Return the endpoints of the partner."""
    return listed(request, Endpoints(items=[EndpointOut(**_out(row)) for row in own(request.auth)]))


@router.post(
    "/webhooks",
    auth=Bearer("manage"),
    response={201: EndpointSecret},
    by_alias=True,
    operation_id="createWebhook",
    summary="Ajouter un point d’accès",
    description="La réponse donne le secret des signatures (Standard Webhooks).",
)
def create(request: HttpRequest, data: EndpointIn) -> HttpResponse:
    """Add an endpoint, and show its secret."""
    own(request.auth)
    row = WebhookEndpoint(partner=request.auth.partner, **data.model_dump())
    _save(row)
    return _secret(row, 201)


@router.get(
    "/webhooks/{uuid:id}",
    auth=Bearer("manage"),
    response=EndpointOut,
    by_alias=True,
    operation_id="webhook",
    summary="Un point d’accès",
    description="Sans son secret.",
)
def webhook(request: HttpRequest, id: UUID) -> HttpResponse:
    """Return one endpoint."""
    return listed(request, EndpointOut(**_out(endpoint(request.auth, id))))


@router.patch(
    "/webhooks/{uuid:id}",
    auth=Bearer("manage"),
    response=EndpointOut,
    by_alias=True,
    operation_id="changeWebhook",
    summary="Changer un point d’accès, l’arrêter ou le rétablir",
    description="Ce qui n’est pas donné ne change pas.",
)
def change(request: HttpRequest, id: UUID, data: EndpointPatch) -> HttpResponse:
    """Change what is given, leave the rest."""
    row = endpoint(request.auth, id)
    given = data.model_dump(exclude_unset=True)
    active = given.pop("active", row.is_active)
    for name, value in given.items():
        setattr(row, name, value)
    if given:
        _save(row)
    if active and not row.is_active:
        services.enable(row)
    elif row.is_active and not active:
        services.disable(row, "Arrêté par le partenaire.")
    return json_answer(EndpointOut(**_out(row)))


@router.delete(
    "/webhooks/{uuid:id}",
    auth=Bearer("manage"),
    response={204: None},
    operation_id="deleteWebhook",
    summary="Supprimer un point d’accès",
    description="Avec le journal de ses envois.",
)
def delete(request: HttpRequest, id: UUID) -> HttpResponse:
    """Forget an endpoint and what was sent there."""
    endpoint(request.auth, id).delete()
    return HttpResponse(status=204)


@router.post(
    "/webhooks/{uuid:id}/rotate",
    auth=Bearer("manage"),
    response=EndpointSecret,
    by_alias=True,
    operation_id="rotateWebhookSecret",
    summary="Remplacer le secret d’un point d’accès",
    description="Pendant sept jours, l’ancien secret signe aussi.",
)
def rotate(request: HttpRequest, id: UUID) -> HttpResponse:
    """Give a new secret."""
    row = endpoint(request.auth, id)
    services.rotate(row)
    return _secret(row)


def own(caller: Caller) -> QuerySet[WebhookEndpoint]:
    """Return the endpoints of the caller. Raises Problem for a token of the sandbox."""
    if caller.token.is_sandbox:
        raise Problem("sandbox-only", "Un jeton du bac à sable ne règle pas de webhook.")
    return WebhookEndpoint.objects.filter(partner=caller.partner)


def endpoint(caller: Caller, uuid: UUID) -> WebhookEndpoint:
    """Return an endpoint of the caller. Raises Problem."""
    row = own(caller).filter(uuid=uuid).first()
    if row is None:
        raise not_found()
    return row


def _save(row: WebhookEndpoint) -> None:
    try:
        row.full_clean()
    except ValidationError as refusal:
        errors = [
            error(f"/{name}", "refused", text)
            for name, texts in refusal.message_dict.items()
            for text in texts
        ]
        detail = " ".join(one["detail"] for one in errors)
        raise Problem("invalid", detail, errors=errors) from None
    row.save()


def _secret(row: WebhookEndpoint, status: int = 200) -> HttpResponse:
    response = json_answer(EndpointSecret(**_out(row), secret=secret_of(row)), status)
    response["Cache-Control"] = "no-store"
    return response


def _out(row: WebhookEndpoint) -> dict[str, object]:
    moments = {
        "created": row.created_at,
        "disabled": row.disabled_at,
        "failing_since": row.failing_since,
        "last_success": row.last_success_at,
    }
    return {
        "id": row.uuid,
        "name": row.name,
        "url": row.url,
        "events": row.events,
        "active": row.is_active,
        "disabled_reason": row.disabled_reason,
        **{name: at and timezone.localtime(at) for name, at in moments.items()},
    }
