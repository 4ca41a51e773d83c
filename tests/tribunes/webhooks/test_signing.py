"""Reference/syndication.md §7: what we sign is verified by the libraries that partners use."""

import base64
import json
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook, WebhookVerificationError

from tests.components import node_module, program
from tests.tribunes.webhooks.acts import send, write
from tests.tribunes.webhooks.receiver import Received, Receiver
from tribunes.models import WebhookEndpoint
from tribunes.webhooks.services import rotate
from tribunes.webhooks.signing import OVERLAP, headers, secret_of

VERIFIER = Path(__file__).parents[2] / "node" / "verify_webhook.mjs"


def in_node(received: Received, secret: str) -> bool:
    """Return whether the JavaScript library accepts a request."""
    node_module("standardwebhooks")
    request = {
        "secret": secret,
        "headers": {name.lower(): value for name, value in received.headers.items()},
        "body": base64.b64encode(received.body).decode(),
    }
    result = subprocess.run(
        [program("node"), str(VERIFIER)],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=True,
    )
    return bool(json.loads(result.stdout)["verified"])


def test_a_secret_is_32_bytes_under_the_prefix_and_stored_nowhere(
    endpoint: WebhookEndpoint,
) -> None:
    secret = secret_of(endpoint)
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    other = WebhookEndpoint.objects.create(
        partner=endpoint.partner, name="Autre", url=endpoint.url, events=["tribune.updated"]
    )
    assert secret_of(other) != secret
    stored = WebhookEndpoint.objects.filter(pk=endpoint.pk).values_list()[0]
    assert secret.removeprefix("whsec_") not in repr(stored)


def test_python_and_node_verify_what_arrives(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    message = write(endpoint)
    send(message)
    (received,) = receiver.heard
    event = received.verified(secret_of(endpoint))
    assert event == json.loads(message.payload)
    assert received.body == message.payload.encode()
    assert received.headers["webhook-id"] == str(message.uuid)
    assert received.headers["Content-Type"] == "application/json"
    assert in_node(received, secret_of(endpoint))
    altered = Received(
        headers=received.headers, body=received.body.replace(b'"version":3', b'"version":4')
    )
    assert not in_node(altered, secret_of(endpoint))


def test_one_altered_byte_anywhere_is_refused(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    send(write(endpoint))
    (received,) = receiver.heard
    secret = secret_of(endpoint)
    spoilt = [received.body + b" "]
    for place in range(len(received.body)):
        body = bytearray(received.body)
        body[place] = ord("#") if body[place] != ord("#") else ord("+")
        spoilt.append(bytes(body))
    for body in spoilt:
        with pytest.raises(WebhookVerificationError):
            Received(headers=received.headers, body=body).verified(secret)
    for name, value in (("webhook-id", "1"), ("webhook-timestamp", str(int(1e9)))):
        with pytest.raises(WebhookVerificationError):
            Received(headers=received.headers | {name: value}, body=received.body).verified(secret)
    other = f"whsec_{base64.b64encode(bytes(32)).decode()}"
    with pytest.raises(WebhookVerificationError):
        received.verified(other)


def test_after_a_rotation_both_secrets_verify_for_seven_days(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    old = secret_of(endpoint)
    rotate(endpoint)
    new = secret_of(endpoint)
    assert old != new
    send(write(endpoint))
    (received,) = receiver.heard
    for secret in (old, new):
        assert received.verified(secret)
        assert in_node(received, secret)
    WebhookEndpoint.objects.update(secret_rotated_at=timezone.now() - OVERLAP)
    send(write(WebhookEndpoint.objects.get()))
    assert receiver.heard[1].verified(new)
    with pytest.raises(WebhookVerificationError):
        receiver.heard[1].verified(old)
    assert timedelta(days=7) == OVERLAP


def test_a_new_key_of_the_site_breaks_no_receiver_while_the_old_one_is_kept(
    endpoint: WebhookEndpoint, settings: Settings
) -> None:
    shown = secret_of(endpoint)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "b" * 50
    message = write(endpoint)
    for secret in (shown, secret_of(endpoint)):
        Webhook(secret).verify(message.payload, headers(message, timezone.now()))
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(WebhookVerificationError):
        Webhook(shown).verify(message.payload, headers(message, timezone.now()))


def test_the_hour_is_that_of_the_attempt_and_signed(endpoint: WebhookEndpoint) -> None:
    message = write(endpoint)
    late = timezone.now() - timedelta(minutes=6)
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(secret_of(endpoint)).verify(message.payload, headers(message, late))
    now = timezone.now()
    assert headers(message, now)["webhook-timestamp"] == str(int(now.timestamp()))
