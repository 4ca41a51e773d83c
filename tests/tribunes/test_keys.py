"""Secrets of partners: shown once, recognised, replaced, closed at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.partners import PartnerFactory
from tribunes import keys
from tribunes.models import FeedAddress, PartnerToken

pytestmark = pytest.mark.django_db
NOW = timezone.now


def issue(**fields: Any) -> tuple[PartnerToken, str]:
    """Issue a token."""
    return keys.issue_token(PartnerFactory(), **{"name": "site", "scopes": ["texts"]} | fields)


def test_a_secret_says_what_it_is_and_only_its_keyed_digest_is_stored(settings: Any) -> None:
    token, secret = issue()
    assert secret.startswith("sosol_live_")
    assert keys.is_well_formed(secret)
    assert issue(sandbox=True)[1].startswith("sosol_test_")
    stored = PartnerToken.objects.filter(pk=token.pk).values().get()
    assert secret not in map(str, stored.values())
    assert secret.startswith(stored["hint"])
    assert len(secret) - len(stored["hint"]) > 35
    settings.SECRET_KEY = "another"
    assert keys.find_token(secret) is None


def test_a_secret_is_found_under_the_former_key_of_the_site(settings: Any) -> None:
    token, secret = issue()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert keys.find_token(secret) == token


def test_a_token_always_expires_after_a_year_unless_told_otherwise() -> None:
    in_a_year = NOW() + timedelta(days=365)
    assert abs(issue()[0].expires_at - in_a_year) < timedelta(minutes=1)
    assert issue(days=-1)[0].is_usable is False


@given(st.text(max_size=80))
def test_what_is_not_a_secret_of_ours_opens_nothing(text: str) -> None:
    assert not keys.is_well_formed(text)
    assert keys.find_token(text) is None
    assert keys.find_feed(text) is None


def test_a_typing_error_is_seen_by_the_checksum() -> None:
    secret = issue()[1]
    other = "x" if secret[20] != "x" else "y"
    assert not keys.is_well_formed(secret[:20] + other + secret[21:])


def test_the_secret_of_a_feed_is_no_token_nor_the_other_way_round() -> None:
    feed, secret = keys.issue_feed(PartnerFactory(), name="lecteur")
    assert keys.find_feed(secret) == feed
    assert keys.find_token(secret) is None
    assert keys.find_feed(issue()[1]) is None


def test_a_token_that_is_replaced_works_seven_days_more() -> None:
    token, secret = issue(allowed_ips="192.0.2.0/24")
    new, other = keys.rotate(token)
    assert other != secret
    assert (new.scopes, new.allowed_ips, new.partner) == (["texts"], "192.0.2.0/24", token.partner)
    old = keys.find_token(secret)
    assert old.is_usable
    assert timedelta(days=6) < old.expires_at - NOW() <= timedelta(days=7)
    assert old in PartnerToken.objects.usable()


def test_replacing_does_not_prolong_a_token_that_ends_before() -> None:
    token, _ = issue(days=1)
    keys.rotate(token)
    token.refresh_from_db()
    assert token.expires_at < NOW() + timedelta(days=2)


@pytest.mark.parametrize("days", [1, 90, 365])
def test_what_replaces_a_token_lasts_as_long_as_that_did(days: int) -> None:
    new, _ = keys.rotate(issue(days=days)[0])
    assert abs(new.expires_at - NOW() - timedelta(days=days)) < timedelta(minutes=1)


def test_a_token_that_everybody_knows_closes_no_token() -> None:
    secret = keys.complete("sosol_test_" + "a" * 43)
    token = keys.register_sandbox(PartnerFactory(), secret)
    assert keys.find_token(secret) == token
    assert set(PartnerToken.Scope.values) - set(token.scopes) == {PartnerToken.Scope.MANAGE}


@pytest.mark.parametrize("model", [PartnerToken, FeedAddress])
def test_revoking_is_immediate_and_does_not_touch_others(model: type) -> None:
    def make() -> Any:
        return (
            issue()[0] if model is PartnerToken else keys.issue_feed(PartnerFactory(), name="x")[0]
        )

    key, other = make(), make()
    keys.revoke(key)
    assert not key.is_usable
    assert list(model.objects.usable()) == [other]


def test_the_last_use_is_written_once_a_minute_at_most(
    django_assert_num_queries: Any,
) -> None:
    token, _ = issue()
    keys.touch(token)
    token.refresh_from_db()
    first = token.last_used_at
    with django_assert_num_queries(0):
        keys.touch(token)
    PartnerToken.objects.update(last_used_at=first - timedelta(minutes=2))
    token.refresh_from_db()
    keys.touch(token)
    token.refresh_from_db()
    assert token.last_used_at >= first


@pytest.mark.parametrize(
    ("listed", "address", "allowed"),
    [
        ("", "203.0.113.9", True),
        ("192.0.2.7\n2001:db8::/32", "192.0.2.7", True),
        ("192.0.2.7\n2001:db8::/32", "2001:db8::1", True),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("192.0.2.0/24", "192.0.3.1", False),
        ("192.0.2.0/24", "", False),
        ("192.0.2.0/24", "nonsense", False),
    ],
)
def test_a_token_may_be_bound_to_addresses(listed: str, address: str, allowed: bool) -> None:
    assert keys.ip_allowed(issue(allowed_ips=listed)[0], address) is allowed


def test_a_wrong_address_in_the_list_is_named() -> None:
    assert keys.ip_list_problem("192.0.2.0/24\n2001:db8::1") == ""
    assert "192.0.2.300" in keys.ip_list_problem("192.0.2.7\n192.0.2.300")
