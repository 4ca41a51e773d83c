"""``/tribunes/…``: one tribune, in the format that is asked for, and its versions."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from cms import tdm
from tribunes.api import validators
from tribunes.api.answers import listed
from tribunes.api.bearer import Bearer
from tribunes.api.callers import Caller
from tribunes.api.door import is_head
from tribunes.api.links import links_of
from tribunes.api.problems import Problem, not_found
from tribunes.api.schemas.items import Tribune, VersionOut, Versions
from tribunes.api.source import Found
from tribunes.exports import FORMATS, Format, Wish
from tribunes.items import PubStatus

router = Router(tags=["Tribunes"])

BY_SUFFIX = {form.suffix: form for form in FORMATS.values()}
BY_MEDIA_TYPE = {form.media_type: form for form in FORMATS.values()}
_FILES = {"docx", "zip"}
_OTHERS = {
    "responses": {
        200: {
            "content": {
                form.media_type: {"schema": {}} for form in FORMATS.values() if form.name != "json"
            }
        }
    }
}
_VERSION = Query(None, ge=1, le=2**31 - 1)
_HEADINGS = Query(None, ge=2, le=5)


@router.get(
    "/tribunes/{uuid:id}",
    auth=Bearer("texts"),
    response=Tribune,
    by_alias=True,
    operation_id="tribune",
    summary="Une tribune, dans le format que demande Accept",
    description=(
        "Une tribune retirée est rendue vidée, `pubStatus` valant `canceled`\u00a0: votre copie"
        " s’écrase d’elle-même. `version` refuse toute autre version que celle en cours\u202f;"
        " `headings` est le niveau du titre dans le HTML à coller."
    ),
    openapi_extra=_OTHERS,
)
def tribune(
    request: HttpRequest,
    id: UUID,
    version: int | None = _VERSION,
    headings: int | None = _HEADINGS,
) -> HttpResponse:
    """Return a tribune in the format that the caller likes best."""
    wanted = request.get_preferred_type(list(BY_MEDIA_TYPE))
    if wanted is None:
        raise _no_format()
    return _answer(request, id, BY_MEDIA_TYPE[wanted], version, headings)


@router.get(
    "/tribunes/{uuid:id}.{suffix}",
    auth=Bearer("texts"),
    response=Tribune,
    by_alias=True,
    operation_id="tribuneInFormat",
    summary="Une tribune, dans le format que dit la fin de l’adresse",
    description=f"`suffix` : {', '.join(BY_SUFFIX)}. Comme par `Accept`.",
    openapi_extra=_OTHERS,
)
def tribune_in_format(
    request: HttpRequest,
    id: UUID,
    suffix: str,
    version: int | None = _VERSION,
    headings: int | None = _HEADINGS,
) -> HttpResponse:
    """Return a tribune in the format of the suffix."""
    if suffix not in BY_SUFFIX:
        raise _no_format()
    return _answer(request, id, BY_SUFFIX[suffix], version, headings)


@router.get(
    "/tribunes/{uuid:id}/versions",
    auth=Bearer("texts"),
    response=Versions,
    by_alias=True,
    operation_id="versions",
    summary="Les versions d’une tribune, sans leurs textes",
    description="La plus récente d’abord, avec la correction qu’elle apporte.",
)
def versions(request: HttpRequest, id: UUID) -> HttpResponse:
    """Return what changed when, newest first."""
    found = find(request.auth, id)
    rows = request.auth.source.versions(found)
    answer = Versions(
        id=found.item.id,
        items=[
            VersionOut(
                version=row.number,
                version_created=timezone.localtime(row.created),
                severity=row.severity,
                correction=row.text,
            )
            for row in rows
        ],
    )
    return listed(request, answer)


def find(caller: Caller, uuid: UUID) -> Found:
    """Return a tribune of the caller. Raises Problem, the same for unknown and not theirs."""
    found = caller.source.find(uuid)
    if found is None:
        raise not_found()
    return found


def _answer(
    request: HttpRequest, uuid: UUID, form: Format, version: int | None, headings: int | None
) -> HttpResponse:
    caller: Caller = request.auth
    found = find(caller, uuid)
    if version not in (None, found.item.version):
        raise _no_version(caller, found, version)
    item = found.item

    def write() -> HttpResponse:
        wish = Wish(
            links=links_of(item),
            headings=headings,
            pictures=lambda: caller.source.contents(item),
        )
        response = HttpResponse(form.write(item, wish), content_type=form.content_type)
        if form.name in _FILES:
            response["Content-Disposition"] = f'attachment; filename="{item.slug}.{form.suffix}"'
        if not is_head(request):
            caller.took(found, form.name)
        return response

    response = validators.of_item(item, found.modified, form.name, headings).answer(request, write)
    return tdm.declare(response, item.terms.code) if item.terms else response


def _no_format() -> Problem:
    formats = ", ".join(f".{suffix}" for suffix in BY_SUFFIX)
    return Problem("not-acceptable", f"Ce format n’existe pas. Formats\u00a0: {formats}.")


def _no_version(caller: Caller, found: Found, version: int) -> Problem:
    if version not in {row.number for row in caller.source.versions(found)}:
        return not_found()
    if found.item.status == PubStatus.CANCELED:
        return Problem("version-retracted", "Ce texte est retiré, avec toutes ses versions.")
    detail = f"La version {version} est remplacée par la version {found.item.version}."
    return Problem("version-superseded", detail)
