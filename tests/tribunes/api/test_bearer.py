"""Tokens as a door: a wrong one is 401 everywhere, and never taken for none."""

from typing import Any

import pytest
from django.utils import timezone

from tests.factories.partners import ALL_SCOPES, token_of
from tests.tribunes.api.conftest import Api
from tribunes import keys
from tribunes.models import Partner, PartnerToken, TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

OPEN = "/licences/cc-by-4.0"
CLOSED = "/changes"


def _wrong(partner: Partner) -> dict[str, str | None]:
    """Return headers that open nothing, by the code that says why."""
    good, revoked, expired = (token_of(partner) for _ in range(3))
    keys.revoke(keys.find_token(revoked))
    PartnerToken.objects.filter(pk=keys.find_token(expired).pk).update(expires_at=timezone.now())
    unknown = token_of(partner)
    keys.find_token(unknown).delete()
    _, feed = keys.issue_feed(partner, name="lecteur")
    return {
        "Basic dTpw": "token-malformed",
        "Bearer": "token-malformed",
        "": "token-malformed",
        "Bearer sosol_live_abc": "token-malformed",
        f"Bearer {good[:-1]}": "token-malformed",
        f"Token {good}": "token-malformed",
        f"Bearer {unknown}": "token-unknown",
        f"Bearer {feed}": "token-unknown",
        f"Bearer {expired}": "token-expired",
        f"Bearer {revoked}": "token-revoked",
    }


@pytest.mark.parametrize(
    "path", [OPEN, CLOSED, "/tribunes/{uuid}/images/1", "/tokens", "/openapi.json"]
)
def test_a_wrong_token_is_401_also_where_anybody_may_ask(
    anyone: Api, partner: Partner, tribune: TribunePage, path: str
) -> None:
    for header, code in _wrong(partner).items():
        answer = anyone(path.format(uuid=tribune.uuid), Authorization=header)
        assert (answer.status_code, answer.json()["code"]) == (401, code), header
        assert answer["WWW-Authenticate"].startswith('Bearer realm="api", error="invalid_token"')


def test_no_token_is_401_but_on_the_doors_for_everybody(anyone: Api, tribune: TribunePage) -> None:
    for path in (
        CLOSED,
        f"/tribunes/{tribune.uuid}",
        f"/tribunes/{tribune.uuid}.zip",
        f"/tribunes/{tribune.uuid}/versions",
        f"/tribunes/{tribune.uuid}/images/1/original",
        "/tokens",
        "/webhooks",
    ):
        answer = anyone(path)
        assert (answer.status_code, answer.json()["code"]) == (401, "token-missing"), path
        assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert anyone(OPEN).status_code == 200
    assert anyone("/openapi.json").status_code == 200


def test_a_revoked_token_is_refused_on_the_next_request(api: Api) -> None:
    assert api(CLOSED).status_code == 200
    keys.revoke(keys.find_token(api.secret))
    assert api(CLOSED).status_code == 401


@pytest.mark.parametrize(
    ("scope", "path"),
    [
        ("texts", "/changes"),
        ("texts", "/tribunes/{uuid}"),
        ("texts", "/tribunes/{uuid}.html"),
        ("texts", "/tribunes/{uuid}/versions"),
        ("images", "/tribunes/{uuid}/images/1"),
        ("print", "/tribunes/{uuid}/images/1/original"),
        ("manage", "/tokens"),
        ("manage", "/webhooks"),
    ],
)
def test_a_missing_scope_is_403(
    partner: Partner, tribune: TribunePage, scope: str, path: str
) -> None:
    others = [name for name in ALL_SCOPES if name != scope]
    answer = Api(token_of(partner, scopes=others))(path.format(uuid=tribune.uuid))
    assert (answer.status_code, answer.json()["code"]) == (403, "scope-missing")
    assert scope in answer.json()["detail"]


def test_an_address_that_the_token_does_not_name_is_403(partner: Partner, settings: Any) -> None:
    api = Api(token_of(partner, allowed_ips="192.0.2.0/24\n2001:db8::/32"))
    refused = api(CLOSED)
    assert (refused.status_code, refused.json()["code"]) == (403, "address-refused")
    # Without proxy, what the client writes is not even read.
    assert api(CLOSED, X_Forwarded_For="192.0.2.7").status_code == 403
    settings.TRUSTED_PROXIES = 1
    assert api(CLOSED, X_Forwarded_For="192.0.2.7").status_code == 200
    assert api(CLOSED, X_Forwarded_For="2001:db8::1").status_code == 200
    assert api(CLOSED, X_Forwarded_For="192.0.2.7, 203.0.113.1").status_code == 403


def test_a_token_in_an_address_is_refused_and_not_logged(
    api: Api, anyone: Api, caplog: pytest.LogCaptureFixture
) -> None:
    for query in (f"token={api.secret}", f"access_token={api.secret}", f"x={api.secret}"):
        answer = anyone(f"{CLOSED}?{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, "token-in-query")
        assert api.secret not in answer.content.decode()
        assert api(f"{CLOSED}?{query}").status_code == 400
    assert api.secret not in caplog.text


def test_a_token_is_never_logged(api: Api, caplog: pytest.LogCaptureFixture) -> None:
    keys.revoke(keys.find_token(api.secret))
    api(CLOSED)
    assert caplog.records
    assert api.secret not in caplog.text


def test_use_is_noted(api: Api) -> None:
    token = keys.find_token(api.secret)
    assert token.last_used_at is None
    api(CLOSED)
    token.refresh_from_db()
    assert token.last_used_at is not None


def test_cookies_open_nothing(api: Api, admin_user: Any) -> None:
    api.client.force_login(admin_user)
    api.secret = None
    assert api(CLOSED).status_code == 401
    assert "Authorization" in api(CLOSED)["Vary"]
