"""``/licences/…``: terms in words and as data, for everybody."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from cms.licences import is_open, mining
from cms.models import Licence
from tribunes.api.answers import listed
from tribunes.api.bearer import Bearer
from tribunes.api.problems import not_found
from tribunes.api.schemas.partners import LicenceOut, Permissions

router = Router(tags=["Licences"])


@router.get(
    "/licences/{code}",
    auth=Bearer("", anonymous=True),
    response=LicenceOut,
    by_alias=True,
    operation_id="licence",
    summary="Les conditions d’une licence",
    description="Sans jeton. `permissions` ne vaut que pour une licence ouverte.",
    openapi_extra={"security": [{}]},
)
def licence(request: HttpRequest, code: str) -> HttpResponse:
    """Return one licence."""
    row = Licence.objects.filter(code=code).first() if code.isprintable() else None
    if row is None:
        raise not_found()
    permissions = permissions_of(row.code)
    answer = LicenceOut(
        code=row.code,
        name=row.name,
        url=row.url,
        spdx=row.spdx,
        open=is_open(row.code),
        tdm=mining(row.code),
        permissions=permissions,
        usage_terms=_in_words(row, permissions),
    )
    return listed(request, answer)


def permissions_of(code: str) -> Permissions | None:
    """Return what an open licence lets everybody do; None when each tribune says it."""
    if not is_open(code):
        return None
    parts = set(code.split("-"))
    return Permissions(
        attribution=not code.startswith("cc0-"),
        commercial="nc" not in parts,
        derivatives="nd" not in parts,
        share_alike="sa" in parts,
    )


def _in_words(row: Licence, permissions: Permissions | None) -> str:
    if permissions is None:
        return f"{row.name}. Les conditions de reprise sont dites avec chaque tribune (terms)."
    said = (
        "Reprise du texte entier permise à tous",
        ", avec mention de la source" if permissions.attribution else "",
        ", sans usage commercial" if not permissions.commercial else "",
        ", sans modification" if not permissions.derivatives else "",
        ", sous la même licence" if permissions.share_alike else "",
    )
    return f"{row.name}. {''.join(said)}."
