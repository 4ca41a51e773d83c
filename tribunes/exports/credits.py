"""Credits of the pictures of an archive, as spreadsheets read them."""

import csv
import io
import re
from collections.abc import Mapping

from tribunes.items import Picture

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
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
    """Return the credits of pictures by file name: semicolons, UTF-8 with a mark, as in French."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_HEADINGS)
    for name, picture in pictures.items():
        writer.writerow(map(plain_cell, _row(name, picture)))
    return text.getvalue().encode("utf-8-sig")


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


def plain_cell(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell
