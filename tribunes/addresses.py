"""Absolute addresses of what partners and readers ask for; the URL configuration agrees."""

from uuid import UUID

from cms.addresses import absolute

API = "/api/v1"


def api(path: str) -> str:
    """Return an address of the API."""
    return absolute(f"{API}{path}")


def item(uuid: UUID | str, suffix: str = "") -> str:
    """Return the address of a tribune in the API, in one format (``.html``…) or by Accept."""
    return api(f"/tribunes/{uuid}{suffix}")


def image(uuid: UUID | str, pk: int) -> str:
    """Return the address of a picture of a tribune."""
    return api(f"/tribunes/{uuid}/images/{pk}")


def original(uuid: UUID | str, pk: int) -> str:
    """Return the address of the original of a picture, for print."""
    return api(f"/tribunes/{uuid}/images/{pk}/original")


def republish(uuid: UUID | str) -> str:
    """Return the address of the page «Reprendre cette tribune»."""
    return absolute(f"/reprendre/{uuid}/")
