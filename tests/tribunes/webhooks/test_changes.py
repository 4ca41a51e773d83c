"""Reference syndication.md §6 and §7: what happens to a tribune is told to whom it concerns."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.withdrawing import withdraw
from tests.factories.focus import FocusFactory, publish
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.webhooks.acts import send
from tests.tribunes.webhooks.receiver import Receiver
from tribunes import journal
from tribunes.journal import partner_changing
from tribunes.models import (
    Change,
    Partner,
    Record,
    TribuneCorrection,
    TribunePage,
    WebhookEndpoint,
    WebhookMessage,
)
from tribunes.webhooks.changes import TYPES, announce_change
from tribunes.webhooks.events import EVENTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def hook(partner: Partner, url: str = "https://exemple.fr/hook", **fields: Any) -> WebhookEndpoint:
    values = {"name": "Site", "url": url, "events": list(EVENTS), **fields}
    return WebhookEndpoint.objects.create(partner=partner, **values)


def heard(endpoint: WebhookEndpoint) -> list[str]:
    """Return what an endpoint was told, in order."""
    rows = endpoint.messages.order_by("pk")
    return [name.removeprefix("tribune.") for name in rows.values_list("event_type", flat=True)]


def change(tribune: TribunePage, **fields: Any) -> None:
    """Publish a tribune with other values."""
    tribune = TribunePage.objects.get(pk=tribune.pk)
    for name, value in fields.items():
        setattr(tribune, name, value)
    publish(tribune)


def test_every_kind_of_change_has_a_type() -> None:
    assert set(TYPES) == set(Change.Event)
    assert set(TYPES.values()) == {name for name in EVENTS if name.startswith("tribune.")}


def test_the_life_of_a_tribune_is_announced(endpoint: WebhookEndpoint, receiver: Receiver) -> None:
    tribune = TribuneFactory(parent=FocusFactory(out=True), published=True)
    change(tribune, title="Autre titre")
    page = TribunePage.objects.get(pk=tribune.pk)
    page.corrections.add(
        TribuneCorrection(date=timezone.localdate(), text="Le chiffre exact est 12.")
    )
    publish(page)
    change(tribune, editing="time-and-place")
    withdraw(TribunePage.objects.get(pk=tribune.pk), reason="Erreur.")
    told = ["published", "updated", "corrected", "rights_changed", "retracted"]
    assert heard(endpoint) == told
    record = Record.objects.get()
    for number, message in enumerate(endpoint.messages.order_by("pk"), 1):
        event = json.loads(message.payload)
        assert set(event) == {"type", "timestamp", "data"}
        assert set(event["data"]) == {"id", "version", "versionCreated", "severity", "href"}
        assert event["data"]["id"] == f"urn:uuid:{tribune.uuid}"
        assert event["data"]["version"] == number
        assert event["data"]["href"].endswith(f"/api/v1/tribunes/{tribune.uuid}")
        assert bool(event["data"]["severity"]) == (message.event_type == "tribune.corrected")
        assert len(message.payload.encode()) < 20_000
        for text in (tribune.title, "Autre titre", tribune.chapo, "chiffre", "Erreur"):
            assert text not in message.payload
    assert event["data"]["versionCreated"] == timezone.localtime(record.version_created).isoformat()
    send(endpoint.messages.order_by("pk")[0])
    assert len(receiver.heard) == 1


def test_a_change_that_does_not_commit_is_not_announced(endpoint: WebhookEndpoint) -> None:
    with transaction.atomic():
        TribuneFactory(parent=FocusFactory(out=True), published=True)
        assert heard(endpoint) == ["published"]
        transaction.set_rollback(True)
    assert not WebhookMessage.objects.exists()


def test_nobody_hears_of_what_is_not_theirs() -> None:
    focus, other = FocusFactory(out=True), FocusFactory(out=True)
    today = timezone.localdate()
    inside, outside = PartnerFactory(), PartnerFactory()
    inside.focuses.set([focus])
    outside.focuses.set([other])
    inside.save()
    outside.save()
    ended = PartnerFactory(
        contract_from=today - timedelta(days=9), contract_until=today - timedelta(days=1)
    )
    wordless = PartnerFactory(may_have_texts=False)
    hooks = [hook(partner) for partner in (inside, outside, ended, wordless)]
    TribuneFactory(parent=focus, published=True)
    assert [heard(row) for row in hooks] == [["published"], [], [], []]


def test_an_embargo_is_kept(endpoint: WebhookEndpoint) -> None:
    trusted = hook(PartnerFactory(undertaking_on=timezone.localdate()))
    tribune = TribuneFactory(
        parent=FocusFactory(out=True),
        embargoed_until=timezone.now() + timedelta(hours=1),
        published=True,
    )
    change(tribune, title="Corrigé sous embargo")
    assert heard(endpoint) == []
    assert heard(trusted) == ["published", "updated"]
    TribunePage.objects.filter(pk=tribune.pk).update(embargoed_until=timezone.now())
    journal.follow(tribune.pk)
    assert heard(endpoint) == ["published"]
    assert heard(trusted) == ["published", "updated", "updated"]


def test_rights_of_one_partner_are_told_to_that_partner_alone(endpoint: WebhookEndpoint) -> None:
    partner = PartnerFactory()
    theirs = hook(partner)
    TribuneFactory(parent=FocusFactory(out=True), published=True)
    with partner_changing(partner.pk):
        Partner.objects.filter(pk=partner.pk).update(may_have_texts=False)
    assert heard(theirs) == ["published", "rights_changed"]
    assert heard(endpoint) == ["published"]


def test_a_change_costs_the_same_for_many_partners(endpoint: WebhookEndpoint) -> None:
    TribuneFactory(parent=FocusFactory(out=True), published=True)
    entry = Change.objects.get()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            announce_change(entry, "")
        return len(captured)

    queries()
    for _ in range(2):
        hook(PartnerFactory())
    few = queries()
    for _ in range(10):
        hook(PartnerFactory())
    assert queries() == few
