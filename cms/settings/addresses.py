"""Addresses of a database and of a mail server, turned into Django's settings."""

from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url

_MAIL = {  # scheme: (backend, default port, settings)
    "smtp": ("smtp", 25, {}),
    "smtp+starttls": ("smtp", 587, {"EMAIL_USE_TLS": True}),
    "smtps": ("smtp", 465, {"EMAIL_USE_SSL": True}),
    "file": ("filebased", None, {}),
    "console": ("console", None, {}),
}
_SQLITE = {
    # Writers queue for 20 s instead of failing; readers never wait for a writer.
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
}


def database(url: str) -> dict[str, Any]:
    """Return Django's configuration for a ``sqlite:///…`` or ``postgresql://…`` address.

    Raises ValueError for anything else.
    """
    if urlsplit(url).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise ValueError("attendu : postgresql://utilisateur:mot-de-passe@hôte:port/base")
    parsed = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if url.startswith("sqlite"):
        parsed["OPTIONS"] = _SQLITE
    return parsed


def mail(url: str) -> dict[str, Any]:
    """Return Django's ``EMAIL_*`` settings for an address such as ``smtps://user:pass@host:465``.

    Raises ValueError when the scheme is not one of smtp, smtp+starttls, smtps, file, console.
    """
    parts = urlsplit(url)
    if parts.scheme not in _MAIL:
        raise ValueError(f"attendu : une adresse commençant par {', '.join(_MAIL)}")
    backend, port, extra = _MAIL[parts.scheme]
    settings = {"EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend", **extra}
    if backend == "filebased":
        settings["EMAIL_FILE_PATH"] = unquote(parts.path)
    if backend == "smtp":
        settings |= {
            "EMAIL_HOST": parts.hostname or "localhost",
            "EMAIL_PORT": parts.port or port,
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_TIMEOUT": 20,
        }
    return settings
