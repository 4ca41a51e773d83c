"""The environment of the site, typed: what is read, what it must look like, what is missing."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from cms.settings.addresses import database, mail


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("attendu : une adresse complète, par exemple https://www.exemple.fr")
    return value.rstrip("/")


def _comma_list(value: object) -> object:
    return [item.strip() for item in value.split(",")] if isinstance(value, str) else value


def _flag(value: object) -> bool:
    flags = {"1": True, "true": True, "0": False, "false": False}
    try:
        return flags[str(value).lower()]
    except KeyError:
        raise ValueError("attendu : 1 ou 0") from None


def _readable_by(parse: Callable[[str], object]) -> AfterValidator:
    def check(value: str) -> str:
        parse(value)
        return value

    return AfterValidator(check)


WebAddress = Annotated[str, AfterValidator(_web_address)]
CommaList = Annotated[list[str], NoDecode, BeforeValidator(_comma_list)]
Flag = Annotated[bool, BeforeValidator(_flag)]


class Environment(BaseSettings):
    """Every variable that the site reads. An empty one counts as absent."""

    model_config = SettingsConfigDict(case_sensitive=True, env_ignore_empty=True, extra="ignore")

    SECRET_KEY: str = Field(description="clé secrète de Django, 50 caractères tirés au hasard")
    SECRET_KEY_FALLBACKS: CommaList = Field(
        default=[], description="anciennes clés secrètes, séparées par des virgules"
    )
    DATABASE_URL: Annotated[str, _readable_by(database)] = Field(description="base de données")
    ALLOWED_HOSTS: CommaList = Field(description="noms d’hôte servis, séparés par des virgules")
    SITE_URL: WebAddress = Field(description="adresse publique du site")
    S3_ENDPOINT_URL: WebAddress | None = Field(
        default=None, description="adresse du stockage S3 (absente : Amazon)"
    )
    S3_REGION: str = Field(description="région du stockage S3")
    S3_ACCESS_KEY_ID: str = Field(description="identifiant de la clé S3")
    S3_SECRET_ACCESS_KEY: str = Field(description="secret de la clé S3")
    S3_PRIVATE_BUCKET: str = Field(
        description="bucket des originaux, jamais lisible sans signature"
    )
    S3_PUBLIC_BUCKET: str = Field(description="bucket de ce qui est publié")
    S3_PUBLIC_URL: WebAddress = Field(description="adresse du bucket public pour les lecteurs")
    EMAIL_URL: Annotated[str, _readable_by(mail)] = Field(description="envoi du courrier")
    DEFAULT_FROM_EMAIL: str = Field(description="expéditeur du courrier")
    CONTACT_EMAIL: str = Field(description="adresse à laquelle écrivent lecteurs et partenaires")
    WEBSUB_HUB_URL: WebAddress | None = Field(
        default=None, description="relais WebSub à prévenir (absent : aucun)"
    )
    DEBUG: Flag = Field(default=False, description="pages d’erreur détaillées, en développement")


def read() -> Environment:
    """Return the environment.

    Raises ImproperlyConfigured that names every absent or wrong variable at once; values are
    never repeated, they may be secrets.
    """
    try:
        return Environment()
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_input=False, include_url=False):
            name = str(problem["loc"][0])
            cause = problem.get("ctx", {}).get("error")
            reason = f"invalide, {cause}" if cause else "absente"
            lines.append(f"  - {name} ({Environment.model_fields[name].description}) : {reason}.")
        raise ImproperlyConfigured(
            "Ces variables d’environnement sont absentes ou invalides"
            " (modèle : deploy/env.example) :\n" + "\n".join(lines)
        ) from None


def local(var: Path, port: int) -> dict[str, str]:
    """Return a complete environment for one machine.

    Everything is kept under ``var``; the site answers on ``port`` and the object storage on
    ``port + 333``, both on loopback only.
    """
    site, store = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 333}"
    return {
        "SECRET_KEY": "local-only-" + "0" * 50,
        "DATABASE_URL": f"sqlite:///{quote(str(var / 'db.sqlite3'))}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
        "SITE_URL": site,
        "S3_ENDPOINT_URL": store,
        "S3_REGION": "us-east-1",
        "S3_ACCESS_KEY_ID": "local",
        "S3_SECRET_ACCESS_KEY": "local-secret",
        "S3_PRIVATE_BUCKET": "solutions-private",
        "S3_PUBLIC_BUCKET": "solutions-public",
        "S3_PUBLIC_URL": f"{store}/solutions-public",
        "EMAIL_URL": f"file://{quote(str(var / 'mail'))}",
        "DEFAULT_FROM_EMAIL": "Solutions solidaires <ne-pas-repondre@localhost>",
        "CONTACT_EMAIL": "contact@localhost",
    }


def complete(defaults: Mapping[str, str]) -> None:
    """Add to the process environment what it lacks."""
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
