"""``/tokens``: the tokens of the partner, seen and changed by one of them."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from tribunes import keys
from tribunes.api.answers import json_answer, listed
from tribunes.api.bearer import Bearer
from tribunes.api.callers import Caller
from tribunes.api.problems import Problem, not_found
from tribunes.api.schemas.partners import NewToken, TokenOut, Tokens
from tribunes.models import PartnerToken

router = Router(tags=["Jetons"])


@router.get(
    "/tokens",
    auth=Bearer("manage"),
    response=Tokens,
    by_alias=True,
    operation_id="tokens",
    summary="Vos jetons, sans leurs secrets",
    description="Un jeton du bac à sable ne voit que ses pareils.",
)
def tokens(request: HttpRequest) -> HttpResponse:
    """Return the tokens of the partner; one of the sandbox sees its like alone."""
    rows = [_out(token, request.auth) for token in _own(request.auth)]
    return listed(request, Tokens(items=[TokenOut(**row) for row in rows]))


@router.post(
    "/tokens/rotate",
    auth=Bearer("manage"),
    response={201: NewToken},
    by_alias=True,
    operation_id="rotateToken",
    summary="Remplacer le jeton de cette requête",
    description="L’ancien jeton sert encore sept jours. Le secret n’est montré qu’une fois.",
)
def rotate(request: HttpRequest) -> HttpResponse:
    """Replace the token that calls."""
    with transaction.atomic():
        token = PartnerToken.objects.select_for_update().get(pk=request.auth.token.pk)
        if token.rotated_at:
            raise Problem("token-rotated", "Ce jeton est déjà remplacé par un autre.")
        new, secret = keys.rotate(token)
    until = timezone.localtime(token.expires_at)
    answer = NewToken(**_out(new, request.auth), secret=secret, previous_expires=until)
    response = json_answer(answer, 201)
    response["Cache-Control"] = "no-store"
    return response


@router.delete(
    "/tokens/{uuid:id}",
    auth=Bearer("manage"),
    response={204: None},
    operation_id="revokeToken",
    summary="Révoquer un jeton, à l’instant",
    description="La requête suivante qui s’en sert est refusée.",
)
def revoke(request: HttpRequest, id: UUID) -> HttpResponse:
    """Close a token of the partner: the next request with it is refused."""
    token = _own(request.auth).filter(uuid=id).first()
    if token is None:
        raise not_found()
    keys.revoke(token)
    return HttpResponse(status=204)


def _own(caller: Caller) -> QuerySet[PartnerToken]:
    rows = PartnerToken.objects.filter(partner=caller.partner)
    return rows.filter(is_sandbox=caller.token.is_sandbox)


def _out(token: PartnerToken, caller: Caller) -> dict[str, object]:
    moments = {
        "created": token.created_at,
        "expires": token.expires_at,
        "revoked": token.revoked_at,
        "rotated": token.rotated_at,
        "last_used": token.last_used_at,
    }
    return {
        "id": token.uuid,
        "name": token.name,
        "hint": token.hint,
        "scopes": token.scopes,
        "allowed_ips": token.allowed_ips.split(),
        "sandbox": token.is_sandbox,
        "current": token.pk == caller.token.pk,
        **{name: at and timezone.localtime(at) for name, at in moments.items()},
    }
