"""What partners tell us: «I published it here», «the copy is mended, or gone»."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from tribunes.api.answers import json_answer
from tribunes.api.bearer import Bearer
from tribunes.api.callers import Caller
from tribunes.api.items import find
from tribunes.api.problems import Problem, error, not_found
from tribunes.api.schemas.partners import Acknowledgement, PublicationIn, PublicationOut
from tribunes.followup import services
from tribunes.followup.refusals import DeclarationRefused
from tribunes.models import Record

router = Router(tags=["Suivi"])

_MEMBERS = {"version": "version", "url": "url", "printed_in": "printedIn"}


@router.post(
    "/publications",
    auth=Bearer("manage"),
    response={201: PublicationOut},
    by_alias=True,
    operation_id="declarePublication",
    summary="Dire où une tribune est reprise",
    description=(
        "Donnez `url` ou `printedIn`. Le même lieu déclaré deux fois ne compte qu’une fois."
    ),
)
def publications(request: HttpRequest, data: PublicationIn) -> HttpResponse:
    """Write down a copy, which will be checked."""
    day = data.date or timezone.localdate()
    if request.auth.token.is_sandbox:
        find(request.auth, data.item)
    else:
        try:
            services.declare(
                partner=request.auth.partner,
                record=_record(data.item),
                version=data.version,
                by=request.auth.name,
                url=data.url,
                printed_in=data.printed_in,
                published_on=day,
            )
        except DeclarationRefused as refusal:
            raise _refused(refusal.problems) from None
    answer = PublicationOut(
        item=f"urn:uuid:{data.item}",
        version=data.version,
        url=data.url,
        printed_in=data.printed_in,
        date=day,
    )
    return json_answer(answer, 201)


@router.post(
    "/retractions/{uuid:id}/ack",
    auth=Bearer("manage"),
    response={204: None},
    operation_id="acknowledge",
    summary="Confirmer qu’une copie est retirée ou corrigée",
    description="Les rappels cessent, et vos pages sont vérifiées à nouveau.",
)
def acknowledge(
    request: HttpRequest,
    id: UUID,
    data: Acknowledgement | None = None,
) -> HttpResponse:
    """Write down that the partner followed; the reminders stop."""
    data = data or Acknowledgement()
    if request.auth.token.is_sandbox:
        find(request.auth, id)
        return HttpResponse(status=204)
    if not _acknowledged(request.auth, id, data):
        raise Problem("nothing-to-acknowledge", "Rien ne vous a été signalé pour cette tribune.")
    return HttpResponse(status=204)


def _acknowledged(caller: Caller, uuid: UUID, data: Acknowledgement) -> int:
    record = _record(uuid)
    if not services.could_have(caller.partner, record):
        raise not_found()
    try:
        return services.acknowledge(
            partner=caller.partner, record=record, by=caller.name, url=data.url, on=data.date
        )
    except DeclarationRefused as refusal:
        raise _refused(refusal.problems) from None


def _record(uuid: UUID) -> Record:
    record = Record.objects.filter(uuid=uuid).first()
    if record is None:
        raise not_found()
    return record


def _refused(problems: Mapping[str, str]) -> Problem:
    if "record" in problems:
        return not_found()
    errors = [
        error(f"/{_MEMBERS.get(name, 'date')}", "refused", text) for name, text in problems.items()
    ]
    return Problem("invalid", " ".join(problems.values()), errors=errors)
