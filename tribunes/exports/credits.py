"""Credits of the pictures of an archive, as spreadsheets read them."""

from collections.abc import Mapping

from cms.spreadsheets import table
from tribunes.items import Picture

_HEADINGS = (
    "fichier",
    "légende",
    "texte de remplacement",
    "crédit",
    "titulaire des droits",
    "licence",
    "adresse de la licence",
    "fin des droits",
    "adresse",
)


def credits_csv(pictures: Mapping[str, Picture]) -> bytes:
    """Return the credits of pictures by file name."""
    return table(_HEADINGS, (_row(name, picture) for name, picture in pictures.items()))


def _row(name: str, picture: Picture) -> tuple[str, ...]:
    return (
        name,
        picture.caption,
        picture.alt,
        picture.credit,
        picture.rights_holder,
        picture.licence_name,
        picture.licence_url,
        picture.expires.isoformat() if picture.expires else "",
        picture.href,
    )
