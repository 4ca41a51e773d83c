"""``/tokens``: own tokens only."""

import pytest

from tests.factories.partners import PartnerFactory, token_of
from tests.tribunes.api.conftest import Api
from tribunes import keys
from tribunes.models import Partner, PartnerToken

pytestmark = pytest.mark.django_db


def test_own_tokens_are_listed_without_secrets(api: Api, partner: Partner) -> None:
    token_of(partner, name="autre")
    token_of(PartnerFactory(), name="d’un autre partenaire")
    token_of(partner, name="bac à sable", sandbox=True)
    answer = api("/tokens")
    rows = {row["name"]: row for row in answer.json()["items"]}
    assert set(rows) == {"essai", "autre"}
    assert rows["essai"]["current"] is True
    assert rows["autre"]["current"] is False
    assert api.secret not in answer.content.decode()
    assert keys.find_token(api.secret).digest not in answer.content.decode()


def test_a_token_replaces_itself_and_both_work(api: Api) -> None:
    answer = api("/tokens/rotate", "post")
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    new = Api(answer.json()["secret"])
    assert [one("/tokens").status_code for one in (api, new)] == [200, 200]
    old = keys.find_token(api.secret)
    assert old.expires_at <= old.rotated_at + keys.OVERLAP
    twice = api("/tokens/rotate", "post")
    assert (twice.status_code, twice.json()["code"]) == (409, "token-rotated")


def test_a_token_is_revoked_at_once_also_by_itself(api: Api, partner: Partner) -> None:
    other = Api(token_of(partner))
    assert other("/tokens").status_code == 200
    uuid = keys.find_token(other.secret).uuid
    assert api(f"/tokens/{uuid}", "delete").status_code == 204
    assert other("/tokens").status_code == 401
    own = keys.find_token(api.secret).uuid
    assert api(f"/tokens/{own}", "delete").status_code == 204
    assert api("/tokens").json()["code"] == "token-revoked"


def test_the_token_of_others_is_404(api: Api, partner: Partner) -> None:
    for secret in (token_of(PartnerFactory()), token_of(partner, sandbox=True)):
        token = keys.find_token(secret)
        assert api(f"/tokens/{token.uuid}", "delete").status_code == 404
        assert PartnerToken.objects.usable().filter(pk=token.pk).exists()


def test_a_token_of_the_sandbox_touches_its_like_alone(sandbox: Api, partner: Partner) -> None:
    live = keys.find_token(token_of(partner))
    assert [row["sandbox"] for row in sandbox("/tokens").json()["items"]] == [True]
    assert sandbox(f"/tokens/{live.uuid}", "delete").status_code == 404
    assert sandbox("/tokens/rotate", "post").json()["secret"].startswith("sosol_test_")
