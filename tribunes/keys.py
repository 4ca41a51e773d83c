"""Secrets that open the partner’s door: made, recognised, replaced, revoked.

A secret says what it is by its first letters, carries 256 random bits and a checksum, so that a
typing error is told from a wrong key and scanners recognise a leak. It is shown once; what is kept
is an HMAC under the key of the site, looked for under former keys too (``SECRET_KEY_FALLBACKS``).
"""

import ipaddress
import secrets
import string
import zlib
from collections.abc import Collection
from datetime import timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tribunes.models import AccessKey, FeedAddress, Partner, PartnerToken

DAYS = 365
"""How long a token lasts unless somebody decides otherwise."""
OVERLAP = timedelta(days=7)
"""How long a token that was replaced still works."""

_ALPHABET = string.ascii_letters + string.digits
_RANDOM = 43
"""Characters of 62: 256 bits."""
_CHECKSUM = 6
_HINT = 8
_FEED_PREFIX = "sosol_feed_"
_PRECISION = timedelta(minutes=1)

Key = TypeVar("Key", bound=AccessKey)


def is_well_formed(secret: str, prefix: str = "sosol_") -> bool:
    """Whether a secret has the form of ours and its checksum is right."""
    body, checksum = secret[:-_CHECKSUM], secret[-_CHECKSUM:]
    return secret.isascii() and secret.startswith(prefix) and _checksum(body) == checksum


def issue_token(
    partner: Partner,
    *,
    name: str,
    scopes: Collection[str],
    user: Any = None,
    days: int = DAYS,
    allowed_ips: str = "",
    sandbox: bool = False,
) -> tuple[PartnerToken, str]:
    """Return a new token and its secret, which nobody will see again."""
    secret = _make(f"sosol_{'test' if sandbox else 'live'}_")
    token = PartnerToken.objects.create(
        partner=partner,
        name=name,
        digest=_digest(secret, settings.SECRET_KEY),
        hint=_hint(secret),
        scopes=sorted(scopes),
        expires_at=timezone.now() + timedelta(days=days),
        allowed_ips=allowed_ips,
        is_sandbox=sandbox,
        created_by=user,
    )
    return token, secret


def register_sandbox(partner: Partner, secret: str) -> PartnerToken:
    """Return a token whose secret everybody knows: of the sandbox, for an example site.

    It manages nothing: anybody could close it for all others.
    """
    return PartnerToken.objects.create(
        partner=partner,
        name="bac à sable",
        digest=_digest(secret, settings.SECRET_KEY),
        hint=_hint(secret),
        scopes=sorted(set(PartnerToken.Scope.values) - {PartnerToken.Scope.MANAGE}),
        expires_at=timezone.now() + timedelta(days=DAYS),
        is_sandbox=True,
    )


def issue_feed(partner: Partner, *, name: str) -> tuple[FeedAddress, str]:
    """Return a new secret address of feeds and its secret, which opens nothing else."""
    secret = _make(_FEED_PREFIX)
    digest = _digest(secret, settings.SECRET_KEY)
    feed = FeedAddress.objects.create(partner=partner, name=name, digest=digest, hint=_hint(secret))
    return feed, secret


def find_token(secret: str) -> PartnerToken | None:
    """Return the token with that secret, whatever its state; the caller asks ``is_usable``."""
    return None if secret.startswith(_FEED_PREFIX) else _find(PartnerToken, secret)


def find_feed(secret: str) -> FeedAddress | None:
    """Return the feed address with that secret, whatever its state."""
    return _find(FeedAddress, secret) if secret.startswith(_FEED_PREFIX) else None


@transaction.atomic
def rotate(token: PartnerToken) -> tuple[PartnerToken, str]:
    """Return a token in place of another, which works for some days more, and its secret.

    It lasts as long as the other one was given for.
    """
    now = timezone.now()
    lasting = token.expires_at - token.created_at if token.expires_at else timedelta(days=DAYS)
    new, secret = issue_token(
        token.partner,
        name=token.name,
        scopes=token.scopes,
        user=token.created_by,
        days=round(lasting / timedelta(days=1)),
        allowed_ips=token.allowed_ips,
        sandbox=token.is_sandbox,
    )
    token.rotated_at = now
    token.expires_at = min(token.expires_at or now + OVERLAP, now + OVERLAP)
    token.save(update_fields=["rotated_at", "expires_at"])
    return new, secret


def revoke(key: AccessKey) -> None:
    """Close a key: the next request with it is refused."""
    type(key).objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    key.refresh_from_db(fields=["revoked_at"])


def touch(key: AccessKey) -> None:
    """Note that a key served, once a minute at most."""
    now = timezone.now()
    old = Q(last_used_at=None) | Q(last_used_at__lt=now - _PRECISION)
    if key.last_used_at is None or key.last_used_at < now - _PRECISION:
        type(key).objects.filter(old, pk=key.pk).update(last_used_at=now)


def ip_allowed(token: PartnerToken, address: str) -> bool:
    """Whether a token may be used from an address; every address when it names none."""
    networks = token.allowed_ips.split()
    if not networks:
        return True
    try:
        asked = ipaddress.ip_address(address)
    except ValueError:
        return False
    asked = getattr(asked, "ipv4_mapped", None) or asked
    return any(asked in ipaddress.ip_network(network, strict=False) for network in networks)


def ip_list_problem(text: str) -> str:
    """Return which line of a list of addresses is none, in French, or ""."""
    for line in text.split():
        try:
            ipaddress.ip_network(line, strict=False)
        except ValueError:
            return f"«\u202f{line}\u202f» n’est ni une adresse IP ni un réseau (192.0.2.0/24)."
    return ""


def complete(body: str) -> str:
    """Return a secret with the checksum at its end."""
    return body + _checksum(body)


def _make(prefix: str) -> str:
    return complete(prefix + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM)))


def _checksum(body: str) -> str:
    number, digits = zlib.crc32(body.encode()), ""
    for _ in range(_CHECKSUM):
        number, rest = divmod(number, len(_ALPHABET))
        digits = _ALPHABET[rest] + digits
    return digits


def _hint(secret: str) -> str:
    prefix = secret[: -_RANDOM - _CHECKSUM]
    return secret[: len(prefix) + _HINT]


def _digest(secret: str, key: str) -> str:
    return salted_hmac("tribunes.access_key", secret, key, algorithm="sha256").hexdigest()


def _find(model: type[Key], secret: str) -> Key | None:
    if not is_well_formed(secret):
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [_digest(secret, key) for key in keys]
    return model.objects.filter(digest__in=digests).select_related("partner__organisation").first()
