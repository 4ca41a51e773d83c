"""``/webhooks``: endpoints of the partner, what was sent there, and sending it again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.partners import PartnerFactory, token_of
from tests.tribunes.api.conftest import Api
from tribunes.models import Partner, WebhookEndpoint, WebhookMessage
from tribunes.webhooks import services
from tribunes.webhooks.signing import secret_of

pytestmark = pytest.mark.django_db
BODY = {"name": "Site", "url": "https://www.exemple.fr/annonces", "events": ["tribune.retracted"]}


@pytest.fixture
def endpoint(partner: Partner) -> WebhookEndpoint:
    """An endpoint of the partner."""
    return WebhookEndpoint.objects.create(partner=partner, **BODY)


def test_an_endpoint_is_added_with_its_secret_and_listed_without(api: Api) -> None:
    answer = api("/webhooks", "post", BODY)
    assert (answer.status_code, answer["Cache-Control"]) == (201, "no-store")
    row = WebhookEndpoint.objects.get()
    assert answer.json()["secret"] == secret_of(row)
    (shown,) = api("/webhooks").json()["items"]
    assert "secret" not in shown
    assert shown == api(f"/webhooks/{row.uuid}").json()
    assert {name: shown[name] for name in BODY} == BODY


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"url": "http://www.exemple.fr/"}, "/url"),
        ({"url": "https://169.254.169.254/"}, "/url"),
        ({"url": "https://localhost/"}, "/url"),
        ({"events": ["tribune.inconnue"]}, "/events"),
        ({"name": ""}, "/name"),
        ({"name": "a\x00"}, "/name"),
        ({"secret": "whsec_x"}, "/secret"),
    ],
)
def test_an_endpoint_that_will_not_do_is_422(
    api: Api, endpoint: WebhookEndpoint, changes: dict[str, Any], pointer: str
) -> None:
    for answer in (
        api("/webhooks", "post", BODY | changes),
        api(f"/webhooks/{endpoint.uuid}", "patch", changes),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        assert pointer in [one["pointer"] for one in answer.json()["errors"]]
    assert WebhookEndpoint.objects.get().url == BODY["url"]


@pytest.mark.parametrize(("name", "said"), [("", "1 au moins"), ("a" * 101, "100 au plus")])
def test_what_is_too_short_or_too_long_says_how_long_it_may_be(
    api: Api, name: str, said: str
) -> None:
    (error,) = api("/webhooks", "post", BODY | {"name": name}).json()["errors"]
    assert said in error["detail"]


def test_an_endpoint_is_changed_stopped_and_taken_up_again(
    api: Api, endpoint: WebhookEndpoint
) -> None:
    path = f"/webhooks/{endpoint.uuid}"
    changed = api(path, "patch", {"name": "Autre"}).json()
    assert (changed["name"], changed["url"], changed["active"]) == ("Autre", BODY["url"], True)
    stopped = api(path, "patch", {"active": False}).json()
    assert (stopped["active"], stopped["disabledReason"]) == (False, "Arrêté par le partenaire.")
    assert api(path, "patch", {}).json()["active"] is False
    assert api(path, "patch", {"active": True}).json()["disabledReason"] == ""
    assert api(path, "delete").status_code == 204
    assert api(path).status_code == 404


def test_a_secret_is_replaced(api: Api, endpoint: WebhookEndpoint) -> None:
    before = secret_of(endpoint)
    answer = api(f"/webhooks/{endpoint.uuid}/rotate", "post")
    endpoint.refresh_from_db()
    assert answer.json()["secret"] == secret_of(endpoint) != before


def test_deliveries_say_why_they_failed_page_by_page(api: Api, endpoint: WebhookEndpoint) -> None:
    for _ in range(3):
        services.send_test(endpoint)
    WebhookMessage.objects.update(
        state="failed", tries=10, last_status=500, last_answer="Panne", last_error=""
    )
    path = f"/webhooks/{endpoint.uuid}/deliveries?limit=2"
    first = api(path).json()
    second = api(first["next"]).json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (2, 1, None)
    shown = [row["id"] for row in (*first["items"], *second["items"])]
    assert len(set(shown)) == 3
    failed = first["items"][0]
    assert (failed["type"], failed["state"], failed["tries"]) == ("webhook.test", "failed", 10)
    assert (failed["lastStatus"], failed["lastAnswer"]) == (500, "Panne")


def test_one_message_or_a_time_range_is_sent_again(api: Api, endpoint: WebhookEndpoint) -> None:
    path = f"/webhooks/{endpoint.uuid}/replay"
    one, other = services.send_test(endpoint), services.send_test(endpoint)
    WebhookMessage.objects.update(state="failed", tries=10)
    answer = api(path, "post", {"message": str(one.uuid)})
    assert (answer.status_code, answer.json()) == (202, {"count": 1})
    other.refresh_from_db()
    assert other.state == "failed"
    now = timezone.localtime()
    period = {"since": (now - timedelta(hours=1)).isoformat(), "until": now.isoformat()}
    assert api(path, "post", period).json() == {"count": 2}
    other.refresh_from_db()
    assert (other.state, other.tries) == ("waiting", 0)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"since": "2026-01-01T00:00:00Z"},
        {"since": "2026-01-01T00:00:00", "until": "2026-01-02T00:00:00"},
        {"since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"},
        {
            "message": "00000000-0000-4000-8000-000000000001",
            "since": "2026-01-01T00:00:00Z",
            "until": "2026-01-02T00:00:00Z",
        },
        {"since": "0001-01-01T00:00:00+14:00", "until": "2026-11-22T08:00:00Z"},
    ],
)
def test_a_replay_that_names_nothing_or_no_moment_is_422(
    api: Api, endpoint: WebhookEndpoint, body: dict[str, str]
) -> None:
    assert api(f"/webhooks/{endpoint.uuid}/replay", "post", body).status_code == 422


def test_a_test_message_is_queued_unless_the_endpoint_is_stopped(
    api: Api, endpoint: WebhookEndpoint
) -> None:
    path = f"/webhooks/{endpoint.uuid}/test"
    answer = api(path, "post")
    assert (answer.status_code, answer.json()["type"]) == (202, "webhook.test")
    services.disable(endpoint, "Panne.")
    assert api(path, "post").status_code == 422


def test_the_endpoint_of_others_is_404(endpoint: WebhookEndpoint) -> None:
    api, message = Api(token_of(PartnerFactory())), services.send_test(endpoint)
    path = f"/webhooks/{endpoint.uuid}"
    for method, end in (
        ("get", ""),
        ("patch", ""),
        ("delete", ""),
        ("post", "/rotate"),
        ("get", "/deliveries"),
        ("post", "/test"),
    ):
        assert api(path + end, method, {}).status_code == 404
    own = WebhookEndpoint.objects.create(
        partner=PartnerFactory(), name="x", url="https://x.fr/", events=["tribune.updated"]
    )
    mine = Api(token_of(own.partner))
    body = {"message": str(message.uuid)}
    assert mine(f"/webhooks/{own.uuid}/replay", "post", body).status_code == 404


def test_a_token_of_the_sandbox_has_no_webhooks(sandbox: Api, endpoint: WebhookEndpoint) -> None:
    for path, method in (
        ("/webhooks", "get"),
        ("/webhooks", "post"),
        (f"/webhooks/{endpoint.uuid}", "delete"),
        (f"/webhooks/{endpoint.uuid}/test", "post"),
    ):
        answer = sandbox(path, method, BODY)
        assert (answer.status_code, answer.json()["code"]) == (403, "sandbox-only")
