"""The five examples as values: usable, embargoed, corrected, with withheld pictures, retracted."""

from datetime import UTC, date, datetime
from html import escape
from typing import Any
from uuid import UUID

from tribunes import addresses
from tribunes.items import (
    Correction,
    Credit,
    Item,
    Picture,
    Place,
    PubStatus,
    Retraction,
    Terms,
)
from tribunes.sandbox import texts
from tribunes.terms import usage

USABLE, EMBARGOED, CORRECTED, WITHHELD_PICTURES, RETRACTED = (
    UUID(f"00000000-0000-4000-8000-00000000000{number}") for number in range(1, 6)
)
_FIRST = datetime(2026, 1, 12, 6, 0, tzinfo=UTC)
_EMBARGO_ENDS = datetime(2099, 1, 1, 6, 0, tzinfo=UTC)
CORRECTED_AT = datetime(2026, 1, 14, 9, 30, tzinfo=UTC)
RETRACTED_AT = datetime(2026, 1, 15, 16, 0, tzinfo=UTC)

_AUTHOR = Credit(
    id="urn:uuid:00000000-0000-4000-8000-0000000000a1",
    name="Camille Exemple",
    role="author",
    title="présidente",
    institution="Association d’exemple",
    biography="Camille Exemple est un personnage inventé.",
    interests="Aucun lien d’intérêt\u00a0: c’est un exemple.",
)
_SIGNATORY = Credit(
    id="urn:uuid:00000000-0000-4000-8000-0000000000a2",
    name="Dominique Essai",
    role="signatory",
    title="trésorier",
    institution="Mutuelle d’exemple",
)


def examples() -> dict[UUID, Item]:
    """Return the examples as they are now, by identifier."""
    picture = _picture()
    found = (
        _item(
            USABLE,
            headline="Exemple\u00a0: un jardin pour se parler",
            standfirst="Ceci est un exemple. Douze voisins, un terrain, un banc.",
            html=texts.GARDEN + _figure(picture),
            opening=picture,
            pictures=(picture,),
            subjects=("Habitat",),
        ),
        _item(
            EMBARGOED,
            status=PubStatus.WITHHELD,
            embargoed_until=_EMBARGO_ENDS,
            headline="Exemple\u00a0: une halte pour ceux qui aident",
            standfirst="Ceci est un exemple, sous embargo jusqu’en 2099.",
            html=texts.HALT,
            editorial_note="Exemple\u00a0: à préparer, à ne pas montrer avant l’heure.",
        ),
        _item(
            CORRECTED,
            version=2,
            version_created=CORRECTED_AT,
            headline="Exemple\u00a0: trois autocars par jour",
            standfirst="Ceci est un exemple, corrigé une fois.",
            html=texts.BUS,
            corrections=(CORRECTION,),
        ),
        _item(
            WITHHELD_PICTURES,
            headline="Exemple\u00a0: la cuisine de l’immeuble",
            standfirst="Ceci est un exemple, dont deux images ne voyagent pas.",
            html=texts.KITCHEN,
            withheld_pictures=2,
        ),
        _retracted(),
    )
    return {UUID(item.uuid): item for item in found}


CORRECTION = Correction(
    version=2,
    date=date(2026, 1, 14),
    severity="significant",
    text="Exemple de correction\u00a0: le trajet dure trente-cinq minutes, et non vingt-cinq.",
)


def _item(uuid: UUID, **said: Any) -> Item:
    url = addresses.absolute(f"/partenaires/documentation/#exemple-{uuid}")
    common = {
        "id": f"urn:uuid:{uuid}",
        "version": 1,
        "kind": "tribune",
        "language": "fr",
        "url": url,
        "canonical_url": url,
        "status": PubStatus.USABLE,
        "first_created": _FIRST,
        "first_published": _FIRST,
        "version_created": _FIRST,
        "people": (_AUTHOR, _SIGNATORY),
        "territories": (Place(name="Aude", code="11"),),
        "focus": "Exemple",
        "terms": _terms(url),
    }
    return Item(**{**common, **said})


def _retracted() -> Item:
    reason = "Exemple de retrait\u00a0: les chiffres étaient faux."
    emptied = {"people": (), "territories": (), "focus": "", "terms": None}
    return _item(
        RETRACTED,
        version=2,
        version_created=RETRACTED_AT,
        status=PubStatus.CANCELED,
        headline="[RETIRÉ] Exemple\u00a0: des chiffres à vérifier",
        retraction=Retraction(date=RETRACTED_AT, reason=reason),
        **emptied,
    )


def _terms(link: str) -> Terms:
    said = {
        "scope": ("web", "print"),
        "editing": "time-and-place",
        "commercial": False,
        "territories": "France",
        "expires": None,
        "credit_line": "Camille Exemple – Solutions solidaires",
        "copy_policy": "canonical",
    }
    licence = "CC BY-NC-ND 4.0"
    return Terms(
        code="cc-by-nc-nd-4.0",
        name=licence,
        url="https://creativecommons.org/licenses/by-nc-nd/4.0/",
        required_link=link,
        tdm="reserved",
        usage=usage(licence=licence, **said),
        **said,
    )


def _picture() -> Picture:
    return Picture(
        id=1,
        href=addresses.image(USABLE, 1),
        type="image/jpeg",
        length=0,
        width=1200,
        height=800,
        alt="Un jardin dessiné\u00a0: six arbres, le soleil, des sillons",
        caption="Le jardin de l’exemple",
        credit="Dessin d’exemple",
        rights_holder="Solutions solidaires",
        licence_code="cc-by-4.0",
        licence_name="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        original=addresses.original(USABLE, 1),
    )


def _figure(picture: Picture) -> str:
    return (
        f'<figure><img src="{escape(picture.href)}" alt="{escape(picture.alt)}">'
        f"<figcaption>{picture.caption} · {picture.credit}</figcaption></figure>"
    )
