"""System checks: a missing bucket stops the deployment, not the first publication."""

from collections.abc import Sequence
from dataclasses import fields
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from publishing.conf import ObjectStorage, object_storage
from publishing.exceptions import PublishingError
from publishing.storage import get_store

_OPTIONAL = {"ENDPOINT_URL"}


@register()
def check_object_storage(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Check the configuration of the buckets without asking the store."""
    given = getattr(settings, "OBJECT_STORAGE", {})
    expected = {field.name.upper() for field in fields(ObjectStorage)}
    problems: list[CheckMessage] = [
        Error(f"OBJECT_STORAGE n’a pas de valeur pour {name}.", id="publishing.E001")
        for name in sorted(expected)
        if name not in given or (not given[name] and name not in _OPTIONAL)
    ]
    problems += [
        Error(f"OBJECT_STORAGE contient un nom inconnu\u00a0: {name}.", id="publishing.E002")
        for name in sorted(set(given) - expected)
    ]
    if problems:
        return problems
    storage = object_storage()
    if storage.private_bucket == storage.public_bucket:
        problems.append(
            Error(
                "Le compartiment privé et le compartiment public sont le même\u00a0:"
                " les originaux seraient lisibles par tous.",
                id="publishing.E003",
            )
        )
    address = urlsplit(storage.public_url)
    if address.scheme not in {"http", "https"} or not address.netloc or address.query:
        problems.append(
            Error("PUBLIC_URL doit être une adresse http(s) complète.", id="publishing.E004")
        )
    if storage.public_url.endswith("/"):
        problems.append(
            Error("PUBLIC_URL ne doit pas finir par une barre oblique.", id="publishing.E005")
        )
    return problems


@register(deploy=True)
def check_store_answers(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """Ask the store, only for ``check --deploy``: both buckets must answer with these rights."""
    if check_object_storage():
        return []
    try:
        get_store().ping()
    except PublishingError as error:
        return [Warning(f"{error.reason} ({error.detail})", id="publishing.W001")]
    return []
