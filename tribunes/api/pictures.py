"""``…/images/…``: where the pictures of a tribune are read, if they may travel."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tribunes.api.bearer import Bearer
from tribunes.api.items import find
from tribunes.api.problems import not_found
from tribunes.api.source import Found
from tribunes.api.validators import Validators, tag
from tribunes.items import Picture

router = Router(tags=["Images"])


@router.get(
    "/tribunes/{uuid:id}/images/{int:image}",
    auth=Bearer("images", anonymous=True),
    response={302: None},
    operation_id="image",
    summary="Une image qui voyage avec sa tribune",
    description="Sans jeton, pour les tribunes sous licence ouverte.",
    openapi_extra={"security": [{}]},
)
def image(request: HttpRequest, id: UUID, image: int) -> HttpResponse:
    """Lead to the public object, or to the private one for a while."""
    found, picture = _picture(request, id, image)
    return _lead(request, request.auth.source.picture(found, picture))


@router.get(
    "/tribunes/{uuid:id}/images/{int:image}/original",
    auth=Bearer("print"),
    response={302: None},
    operation_id="original",
    summary="L’original d’une image, pour l’imprimé",
    description="Il faut la portée `print`, et ce droit à votre contrat.",
)
def original(request: HttpRequest, id: UUID, image: int) -> HttpResponse:
    """Lead to the file as it was uploaded, for a while."""
    found, picture = _picture(request, id, image)
    if not picture.original:
        raise not_found()
    return _lead(request, request.auth.source.original(found, picture))


def _picture(request: HttpRequest, uuid: UUID, pk: int) -> tuple[Found, Picture]:
    found = find(request.auth, uuid)
    for picture in found.item.pictures:
        if picture.id == pk:
            return found, picture
    raise not_found()


def _lead(request: HttpRequest, where: str) -> HttpResponse:
    # A signature changes each time, the object behind it does not.
    validators = Validators(etag=tag(where.partition("?")[0]))
    response = validators.answer(request, lambda: HttpResponse(status=302))
    response["Location"] = where
    return response
