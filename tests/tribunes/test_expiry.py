"""Tokens and contracts that end: everybody concerned is told 30 and 7 days ahead, once each."""

import json
import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.factories.cms import UserFactory
from tests.factories.partners import PartnerFactory, token_of
from tribunes import expiry, keys
from tribunes.models import Partner, PartnerToken, WebhookEndpoint, WebhookMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory(organisation__name="Mutuelle d’exemple")


@pytest.fixture
def token(partner: Partner) -> PartnerToken:
    return keys.find_token(token_of(partner, name="site"))


@pytest.fixture
def chief() -> Any:
    """Somebody who manages partners."""
    user = UserFactory(email="chef@redaction.example")
    user.user_permissions.add(Permission.objects.get(codename="change_partner"))
    return user


def ends_in(days: float) -> None:
    """Have all tokens and contracts end."""
    PartnerToken.objects.update(expires_at=timezone.now() + timedelta(days=days))
    Partner.objects.update(contract_until=timezone.localdate() + timedelta(days=days))


def days_of(run: Any, days: list[int]) -> list[int]:
    """Run a warning as days go by; return those on which letters left."""
    found = []
    for left in days:
        ends_in(left)
        run()
        if mail.outbox:
            found.append(left)
        mail.outbox.clear()
    return found


def test_a_token_is_warned_of_30_and_7_days_ahead(token: PartnerToken) -> None:
    """Warning mail at 30 and 7 days (contract of partners, §4)."""
    sent = days_of(lambda: expiry.warn_of_token.func(token.pk), [60, 31, 30, 29, 8, 7, 6, 1])
    assert sent == [30, 7]


def test_a_contract_is_warned_of_30_and_7_days_ahead(partner: Partner) -> None:
    sent = days_of(lambda: expiry.warn_of_contract.func(partner.pk), [60, 31, 30, 29, 8, 7, 1, 0])
    assert sent == [30, 7]


def test_a_timer_that_slept_warns_once_of_what_is_nearest(token: PartnerToken) -> None:
    assert days_of(lambda: expiry.warn_of_token.func(token.pk), [60, 3, 2]) == [3]


def test_the_letter_says_which_token_when_and_what_to_do(token: PartnerToken) -> None:
    ends_in(20)
    expiry.warn_of_token.func(token.pk)
    (letter,) = mail.outbox
    assert letter.to == [f"technical-{token.partner_id}@partenaire.example"]
    assert "« site »".replace(" ", "\u202f") in letter.subject
    assert token.hint in letter.body
    assert "/partenaires/" in letter.body
    assert token.digest not in letter.body


def test_without_technical_contact_all_are_written_to_and_without_any_the_newsroom(
    token: PartnerToken, chief: Any
) -> None:
    ends_in(20)
    token.partner.contacts.filter(role="technical").delete()
    expiry.warn_of_token.func(token.pk)
    assert mail.outbox[0].to == [f"editorial-{token.partner_id}@partenaire.example"]
    token.partner.contacts.all().delete()
    ends_in(5)
    expiry.warn_of_token.func(token.pk)
    assert mail.outbox[1].to == ["chef@redaction.example"]


def test_contract_letters_go_to_the_newsroom_and_to_the_contacts(
    partner: Partner, chief: Any
) -> None:
    ends_in(7)
    expiry.warn_of_contract.func(partner.pk)
    ours, theirs = mail.outbox
    assert ours.to == ["chef@redaction.example"]
    assert "Mutuelle d’exemple" in ours.subject
    assert len(theirs.to) == 2
    assert "chef@redaction.example" not in str(theirs.message())
    assert partner.notes == ""


@pytest.mark.parametrize(
    "change",
    [
        {"revoked_at": timezone.now()},
        {"rotated_at": timezone.now()},
        {"is_sandbox": True},
    ],
)
def test_tokens_that_do_not_matter_are_left_alone(token: PartnerToken, change: dict) -> None:
    ends_in(5)
    PartnerToken.objects.update(**change)
    assert not expiry.tokens_due().exists()


def test_what_ended_is_not_warned_of(partner: Partner, token: PartnerToken) -> None:
    ends_in(-1)
    assert not expiry.tokens_due().exists()
    assert not expiry.contracts_due().exists()


def test_a_letter_that_does_not_leave_is_tried_again(
    token: PartnerToken, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_in(20)
    closed = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 9, "EMAIL_TIMEOUT": 2}
    for name, value in closed.items():
        setattr(settings, name, value)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with pytest.raises((OSError, smtplib.SMTPException)):
        expiry.warn_of_token.func(token.pk)
    assert list(expiry.tokens_due()) == [token]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    expiry.warn_of_token.func(token.pk)
    assert len(mail.outbox) == 1


def test_a_name_of_several_lines_holds_no_letter_back(token: PartnerToken) -> None:
    PartnerToken.objects.update(name="site\nBcc: x@y.example")
    ends_in(20)
    expiry.warn_of_token.func(token.pk)
    (letter,) = mail.outbox
    assert "site Bcc: x@y.example" in letter.subject
    assert letter.recipients() == letter.to


def test_the_server_is_told_once_however_often_the_letter_fails(
    token: PartnerToken, settings: Any
) -> None:
    """Event token.expiring (contract of partners, §7): once at each step."""
    WebhookEndpoint.objects.create(
        partner=token.partner,
        name="site",
        url="https://partenaire.example/annonces",
        events=["token.expiring"],
    )
    usual = settings.EMAIL_BACKEND
    for days, count in ((20, 1), (5, 2)):
        ends_in(days)
        settings.EMAIL_BACKEND = "nowhere.Backend"
        for _ in range(3):
            with pytest.raises(ImportError):
                expiry.warn_of_token.func(token.pk)
        settings.EMAIL_BACKEND = usual
        expiry.warn_of_token.func(token.pk)
        assert (WebhookMessage.objects.count(), len(mail.outbox)) == (count, count)


def test_the_server_of_the_partner_is_told_too(token: PartnerToken) -> None:
    """Event token.expiring (contract of partners, §7)."""
    WebhookEndpoint.objects.create(
        partner=token.partner,
        name="site",
        url="https://partenaire.example/annonces",
        events=["token.expiring"],
    )
    ends_in(20)
    expiry.warn_of_token.func(token.pk)
    message = json.loads(WebhookMessage.objects.get().payload)
    assert message["type"] == "token.expiring"
    assert message["data"]["id"] == str(token.uuid)
    assert set(message["data"]) == {"id", "name", "expires", "href"}


def test_the_timer_queues_what_is_due(token: PartnerToken) -> None:
    expiry.queue_warnings()
    assert queued() == []
    ends_in(20)
    expiry.queue_warnings()
    assert queued() == [expiry.warn_of_contract.module_path, expiry.warn_of_token.module_path]


def queued() -> list[str]:
    tasks = DBTaskResult.objects.filter(task_path__startswith=expiry.__name__)
    return sorted(tasks.values_list("task_path", flat=True))
