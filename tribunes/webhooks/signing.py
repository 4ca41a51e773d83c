"""Secrets and signatures, as Standard Webhooks 1.0 wants them.

A secret is derived from the key of the site, the endpoint and its generation: nothing to steal in
the database. While an old key of the site is kept (``SECRET_KEY_FALLBACKS``), and for
:data:`OVERLAP` after a rotation, the old secrets sign beside the new one.
"""

import base64
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

from tribunes.models import WebhookEndpoint, WebhookMessage

OVERLAP = timedelta(days=7)
"""How long the secret before the last rotation still signs."""


def secret_of(endpoint: WebhookEndpoint) -> str:
    """Return the secret that the receiver must know, « whsec_… » (32 bytes)."""
    return _derive(endpoint, endpoint.secret_generation, settings.SECRET_KEY)


def headers(message: WebhookMessage, at: datetime) -> dict[str, str]:
    """Return the three headers of an attempt; the body is the payload in UTF-8, byte for byte."""
    signatures = [
        # The library reads the hour as UTC, whatever the zone: Django’s now() is in UTC.
        Webhook(secret).sign(str(message.uuid), at, message.payload)
        for secret in _secrets(message.endpoint, at)
    ]
    return {
        "webhook-id": str(message.uuid),
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _secrets(endpoint: WebhookEndpoint, at: datetime) -> Iterator[str]:
    generations = [endpoint.secret_generation]
    if endpoint.secret_rotated_at and at < endpoint.secret_rotated_at + OVERLAP:
        generations.append(endpoint.secret_generation - 1)
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        for generation in generations:
            yield _derive(endpoint, generation, key)


def _derive(endpoint: WebhookEndpoint, generation: int, key: str) -> str:
    digest = salted_hmac(
        "tribunes.webhook", f"{endpoint.uuid}:{generation}", secret=key, algorithm="sha256"
    ).digest()
    return f"whsec_{base64.b64encode(digest).decode()}"
