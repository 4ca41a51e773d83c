"""Terms in feeds: how they are said, and which let a text travel whole. No database."""

from cms.models.licences import Licence
from publishing import news

_OPEN = ("cc-", "cc0-", "etalab-")
"""Beginnings of the SPDX identifiers, in lower case, of terms that let anybody copy a whole text:
Creative Commons and Licence Ouverte."""
_MINING_ALLOWED = ("cc0-", "cc-by-4", "cc-by-3", "cc-by-sa-", "etalab-")


def is_open(code: str) -> bool:
    """Return whether a text under these terms may be republished in full; unknown terms say no."""
    return code.startswith(_OPEN)


def mining(code: str) -> str:
    """Return whether text and data mining is ``reserved`` or ``allowed`` (W3C TDMRep)."""
    return "allowed" if code.startswith(_MINING_ALLOWED) else "reserved"


def terms(licence: Licence | None) -> news.Licence | None:
    """Return a licence as feeds say it."""
    return licence and news.Licence(code=licence.code, url=licence.url, name=licence.name)
