"""Reference/syndication.md §7: the outbox, the body, replay, rotation, the test message."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from tests.conftest import Worker
from tests.factories.partners import PartnerFactory
from tests.tribunes.webhooks.acts import DATA, send, write
from tests.tribunes.webhooks.receiver import Receiver
from tribunes.models import WebhookEndpoint, WebhookMessage
from tribunes.webhooks import services
from tribunes.webhooks.events import EVENTS
from tribunes.webhooks.refusals import WebhookRefused
from tribunes.webhooks.signing import secret_of

State = WebhookMessage.State
AT = datetime(2026, 11, 22, 8, 0, tzinfo=ZoneInfo("Europe/Paris"))


def test_the_body_is_thin_and_compact() -> None:
    assert services.payload_of("tribune.corrected", DATA, AT) == (
        '{"type":"tribune.corrected","timestamp":"2026-11-22T08:00:00+01:00","data":{'
        '"id":"urn:uuid:00000000-0000-4000-8000-000000000001","version":3,'
        '"versionCreated":"2026-11-22T08:00:00+01:00","severity":"high","href":'
        '"https://exemple.fr/api/v1/tribunes/00000000-0000-4000-8000-000000000001"}}'
    )


def test_the_types_are_those_of_the_contract() -> None:
    assert set(EVENTS) == {
        "tribune.published",
        "tribune.updated",
        "tribune.corrected",
        "tribune.retracted",
        "tribune.rights_changed",
        "token.expiring",
    }


def test_one_row_for_each_active_endpoint_that_wants_the_type(endpoint: WebhookEndpoint) -> None:
    def another(**values: object) -> WebhookEndpoint:
        fields = {"partner": endpoint.partner, "events": list(EVENTS), **values}
        return WebhookEndpoint.objects.create(name="Autre", url=endpoint.url, **fields)

    picky = another(events=["tribune.retracted"])
    another(disabled_at=timezone.now())
    another(partner=PartnerFactory())
    (row,) = services.announce("tribune.updated", DATA, AT, [endpoint.partner])
    assert (row.endpoint, row.event_type, row.event_at) == (endpoint, "tribune.updated", AT)
    rows = services.announce("tribune.retracted", DATA, AT, [endpoint.partner])
    assert {row.endpoint for row in rows} == {endpoint, picky}
    assert len({row.uuid for row in rows}) == 2


@pytest.mark.django_db(transaction=True)
def test_rows_belong_to_the_transaction_that_makes_the_event_true(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker
) -> None:
    with transaction.atomic():
        write(endpoint)
        transaction.set_rollback(True)
    worker.drain()
    assert receiver.heard == []
    assert not WebhookMessage.objects.exists()
    message = write(endpoint)
    worker.drain()
    assert len(receiver.heard) == 1
    message.refresh_from_db()
    assert (message.state, message.tries, message.last_status) == (State.SENT, 1, 204)


def test_a_test_message_goes_to_one_endpoint_whatever_it_chose(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    endpoint.events = ["tribune.retracted"]
    endpoint.save()
    send(services.send_test(endpoint))
    event = receiver.heard[0].verified(secret_of(endpoint))
    assert event["type"] == "webhook.test"
    assert event["data"] == {"endpoint": f"urn:uuid:{endpoint.uuid}"}


def test_a_replay_sends_the_same_bytes_under_the_same_identifier(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    message = write(endpoint)
    send(message)
    assert services.replay(endpoint, endpoint.messages.filter(pk=message.pk)) == 1
    message.refresh_from_db()
    assert (message.state, message.tries) == (State.WAITING, 0)
    send(message)
    first, second = receiver.heard
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_a_stretch_of_time_is_replayed_and_nobody_elses(endpoint: WebhookEndpoint) -> None:
    other = WebhookEndpoint.objects.create(
        partner=PartnerFactory(), name="Autre", url=endpoint.url, events=list(EVENTS)
    )
    messages = [write(endpoint) for _ in range(4)] + [write(other)]
    noon = timezone.now()
    for hours, message in enumerate(messages):
        WebhookMessage.objects.filter(pk=message.pk).update(
            created_at=noon + timedelta(hours=hours % 4), state=State.FAILED
        )
    assert services.replay_between(endpoint, noon, noon + timedelta(hours=1)) == 2
    waiting = WebhookMessage.objects.filter(state=State.WAITING)
    assert set(waiting) == set(messages[:2])
    with pytest.raises(WebhookRefused, match="précède"):
        services.replay_between(endpoint, noon, noon - timedelta(hours=1))
    assert services.replay(endpoint, WebhookMessage.objects.filter(endpoint=other)) == 0


def test_a_message_being_sent_is_not_replayed(endpoint: WebhookEndpoint) -> None:
    message = write(endpoint)
    WebhookMessage.objects.update(taken_at=timezone.now())
    assert services.replay(endpoint, endpoint.messages.filter(pk=message.pk)) == 0


def test_disabling_gives_up_what_waits_and_enabling_starts_afresh(
    endpoint: WebhookEndpoint, receiver: Receiver
) -> None:
    message = write(endpoint)
    services.disable(endpoint, "Désactivé par le partenaire.")
    message.refresh_from_db()
    assert message.state == State.CANCELLED
    assert not endpoint.is_active
    assert services.announce("tribune.updated", DATA, AT, [endpoint.partner]) == []
    for act in (services.send_test, lambda row: services.replay(row, row.messages.all())):
        with pytest.raises(WebhookRefused, match="réactivez"):
            act(endpoint)
    services.enable(endpoint)
    assert (endpoint.disabled_reason, endpoint.failing_since) == ("", None)
    assert services.replay(endpoint, endpoint.messages.all()) == 1
    send(message)
    assert len(receiver.heard) == 1


@pytest.mark.parametrize(
    ("url", "events", "field"),
    [
        ("http://exemple.fr/hook", ["tribune.updated"], "url"),
        ("https://10.0.0.1/hook", ["tribune.updated"], "url"),
        ("https://moi:secret@exemple.fr/hook", ["tribune.updated"], "url"),
        ("https://exemple.fr/hook", [], "events"),
        ("https://exemple.fr/hook", ["tribune.*"], "events"),
        ("https://exemple.fr/hook", [{}], "events"),
        ("https://exemple.fr/hook", "tribune.updated", "events"),
    ],
)
@pytest.mark.django_db
def test_an_endpoint_that_cannot_work_is_refused(
    settings: Settings, url: str, events: object, field: str
) -> None:
    settings.OUTSIDE_MAY_BE_LOCAL = False
    endpoint = WebhookEndpoint(partner=PartnerFactory(), name="Site", url=url, events=events)
    with pytest.raises(ValidationError) as refusal:
        endpoint.full_clean()
    assert set(refusal.value.message_dict) == {field}
