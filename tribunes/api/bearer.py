"""Tokens as a door: ``Authorization: Bearer``. A wrong token is never taken for none."""

from django.conf import settings
from django.http import HttpRequest
from ninja.security.http import HttpAuthBase

from tribunes import keys
from tribunes.api import clients, rates
from tribunes.api.callers import Caller
from tribunes.api.problems import Problem
from tribunes.models import PartnerToken

_REALM = 'Bearer realm="api"'


class Bearer(HttpAuthBase):
    """Lets a token with a scope through, and anybody without header where that is said."""

    openapi_scheme = "bearer"

    def __init__(self, scope: str, *, anonymous: bool = False) -> None:
        super().__init__()
        self.scope, self.anonymous = scope, anonymous

    def __call__(self, request: HttpRequest) -> Caller:
        """Return who calls. Raises Problem."""
        header = request.headers.get("Authorization")
        if header is None and self.anonymous:
            return Caller()
        token = _token(header)
        address = clients.address(request.META, settings.TRUSTED_PROXIES)
        if not keys.ip_allowed(token, address):
            detail = f"Ce jeton ne s’utilise pas depuis l’adresse {address}."
            raise Problem("address-refused", detail)
        allowed = settings.API_REQUESTS_PER_MINUTE
        if seconds := rates.wait(token, allowed):
            detail = f"Plus de {allowed} requêtes en une minute."
            raise Problem("too-many-requests", detail, headers={"Retry-After": str(seconds)})
        keys.touch(token)
        if self.scope and self.scope not in token.scopes:
            label = PartnerToken.Scope(self.scope).label
            detail = f"Ce jeton n’a pas la portée {self.scope} ({label})."
            raise Problem("scope-missing", detail)
        return Caller(token)


def _token(header: str | None) -> PartnerToken:
    if header is None:
        detail = "Cette adresse demande un jeton."
        raise Problem("token-missing", detail, headers={"WWW-Authenticate": _REALM})
    scheme, _, secret = header.partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not keys.is_well_formed(secret):
        raise _refusal("token-malformed", "Ce qui a été envoyé n’a pas la forme d’un jeton.")
    token = keys.find_token(secret)
    if token is None:
        raise _refusal("token-unknown", "Ce jeton n’existe pas.")
    if token.revoked_at:
        raise _refusal("token-revoked", "Ce jeton a été révoqué.")
    if not token.is_usable:
        raise _refusal("token-expired", "Ce jeton a expiré.")
    return token


def _refusal(code: str, detail: str) -> Problem:
    challenge = f'{_REALM}, error="invalid_token", error_description="{code}"'
    return Problem(code, detail, headers={"WWW-Authenticate": challenge})
