"""Typed view of the settings that the pipeline reads."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True, kw_only=True)
class ObjectStorage:
    """Where the two buckets are: ``settings.OBJECT_STORAGE`` with lower-case names."""

    endpoint_url: str | None
    region: str
    access_key_id: str
    secret_access_key: str
    private_bucket: str
    public_bucket: str
    public_url: str
    """Base address of the public bucket for readers, without trailing slash."""


def object_storage() -> ObjectStorage:
    """Return the configuration of the buckets.

    Raises TypeError when a name is missing or unknown; the system checks say it in French.
    """
    given: dict[str, Any] = {name.lower(): v for name, v in settings.OBJECT_STORAGE.items()}
    return ObjectStorage(**given)


def public_url(key: str) -> str:
    """Return the address at which readers find an object of the public bucket."""
    return f"{settings.OBJECT_STORAGE['PUBLIC_URL']}/{key}"


def hub_url() -> str:
    """Return the address of the WebSub hub, or an empty string."""
    return str(getattr(settings, "WEBSUB_HUB_URL", ""))
