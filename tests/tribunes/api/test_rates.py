"""The rate of a token is counted in the database, and no more than allowed ever pass."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.partners import PartnerFactory, token_of
from tests.tribunes.api.conftest import Api
from tribunes import keys
from tribunes.api import rates
from tribunes.models import Partner, PartnerToken, RateWindow

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(partner: Partner) -> PartnerToken:
    """A token that never called."""
    return keys.find_token(token_of(partner))


def test_more_than_allowed_is_429_with_the_seconds_to_wait(api: Api, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 2
    codes = [api("/tokens").status_code for _ in range(4)]
    assert codes == [200, 200, 429, 429]
    refused = api("/tokens")
    assert refused.json()["code"] == "too-many-requests"
    assert 1 <= int(refused["Retry-After"]) <= 60


def test_each_token_has_its_own_window(api: Api, partner: Partner, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 1
    assert [api("/tokens").status_code for _ in range(2)] == [200, 429]
    assert Api(token_of(partner))("/tokens").status_code == 200


def test_120_a_minute_by_default(settings: Any) -> None:
    assert settings.API_REQUESTS_PER_MINUTE == 120


def test_a_window_ends_after_a_minute(token: PartnerToken) -> None:
    assert rates.wait(token, 1) == 0
    assert rates.wait(token, 1) > 0
    started = timezone.now() - timedelta(seconds=61)
    RateWindow.objects.update(started_at=started)
    assert rates.wait(token, 1) == 0
    row = RateWindow.objects.get()
    assert row.count == 1
    assert row.started_at > started


def test_counting_is_one_update(token: PartnerToken) -> None:
    rates.wait(token, 9)
    with CaptureQueriesContext(connection) as queries:
        rates.wait(token, 9)
    assert len(queries) == 1


@pytest.mark.django_db(transaction=True)
def test_no_more_than_allowed_pass_however_many_ask_at_once() -> None:
    token = keys.find_token(token_of(PartnerFactory()))
    passed: list[int] = []

    def ask() -> None:
        try:
            passed.extend(rates.wait(token, 10) for _ in range(5))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(passed), passed.count(0)) == (30, 10)
