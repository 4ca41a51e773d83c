"""Reference/syndication.md §7: after the last try, and when disabled, people are written to."""

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from publishing.signals import healing
from tests.conftest import Worker
from tests.tribunes.webhooks.acts import age, send, write
from tests.tribunes.webhooks.receiver import Receiver
from tribunes.models import PartnerContact, WebhookEndpoint, WebhookMessage
from tribunes.webhooks.alerts import unwarned, warn
from tribunes.webhooks.schedule import TRIES
from tribunes.webhooks.services import disable, enable, replay

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def technical(endpoint: WebhookEndpoint) -> str:
    """Give the address of the technical contact."""
    contacts = PartnerContact.objects.filter(partner=endpoint.partner_id)
    return contacts.get(role="technical").email


def exhaust(endpoint: WebhookEndpoint) -> WebhookMessage:
    """Let a message run out of tries."""
    message = write(endpoint)
    WebhookMessage.objects.filter(pk=message.pk).update(tries=TRIES - 1)
    send(message)
    assert message.state == WebhookMessage.State.FAILED
    return message


def test_the_technical_contact_is_written_to_after_the_last_try(
    endpoint: WebhookEndpoint,
    receiver: Receiver,
    worker: Worker,
    mailoutbox: list[EmailMessage],
    technical: str,
) -> None:
    receiver.status = 500
    send(write(endpoint))
    assert unwarned().count() == 0
    exhaust(endpoint)
    worker.drain()
    (mail,) = mailoutbox
    assert mail.to == [technical]
    assert endpoint.url in mail.body
    assert "Le serveur a répondu 500." in mail.body
    assert "{" not in mail.body


def test_once_an_outage_however_many_messages_fail(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker, mailoutbox: list[EmailMessage]
) -> None:
    receiver.status = 500
    messages = [exhaust(endpoint) for _ in range(3)]
    worker.drain()
    assert len(mailoutbox) == 1
    receiver.status = 200
    replay(endpoint, endpoint.messages.filter(pk=messages[0].pk))
    worker.drain()
    assert WebhookEndpoint.objects.get().warned_at is None
    assert unwarned().count() == 0
    receiver.status = 500
    exhaust(endpoint)
    worker.drain()
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("status", [410, 500])
def test_people_hear_that_nothing_more_is_sent_and_why(
    endpoint: WebhookEndpoint,
    receiver: Receiver,
    worker: Worker,
    mailoutbox: list[EmailMessage],
    technical: str,
    status: int,
) -> None:
    receiver.status = 500
    exhaust(endpoint)
    worker.drain()
    age(endpoint, days=5)
    receiver.status = status
    send(write(endpoint))
    worker.drain()
    assert [mail.subject for mail in mailoutbox] == [
        "Nos annonces ne vous parviennent plus\u00a0: Site",
        "Annonces arrêtées\u00a0: Site",
    ]
    assert mailoutbox[1].to == [technical]
    assert WebhookEndpoint.objects.get().disabled_reason in mailoutbox[1].body
    assert "réactivez" in mailoutbox[1].body


def test_who_disables_it_by_hand_is_told_nothing(endpoint: WebhookEndpoint) -> None:
    disable(endpoint, "Désactivé par le partenaire.")
    assert unwarned().count() == 0
    enable(endpoint)
    assert unwarned().count() == 0


def test_without_a_technical_contact_everybody_is_written_to(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker, mailoutbox: list[EmailMessage]
) -> None:
    PartnerContact.objects.filter(role="technical").update(role="legal")
    receiver.status = 410
    send(write(endpoint))
    worker.drain()
    assert len(mailoutbox[0].to) == 2


def test_a_mail_that_does_not_leave_is_sent_by_the_timer(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker, settings: Settings
) -> None:
    receiver.status = 410
    send(write(endpoint))
    DBTaskResult.objects.all().delete()
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with pytest.raises(ConnectionRefusedError):
        warn(endpoint.pk)
    assert unwarned().count() == 1
    settings.EMAIL_BACKEND = usual
    healing.send(sender=None)
    worker.drain()
    assert unwarned().count() == 0


def test_it_is_said_once_by_two_workers(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker, mailoutbox: list[EmailMessage]
) -> None:
    receiver.status = 410
    send(write(endpoint))
    healing.send(sender=None)
    healing.send(sender=None)
    worker.drain()
    assert len(mailoutbox) == 1
    assert WebhookEndpoint.objects.get().warned_at <= timezone.now()


def test_a_name_of_several_lines_holds_no_mail_back(
    endpoint: WebhookEndpoint, receiver: Receiver, worker: Worker, mailoutbox: list[EmailMessage]
) -> None:
    WebhookEndpoint.objects.update(name="Site\nBcc: x@y.example")
    receiver.status = 410
    send(write(endpoint))
    worker.drain()
    (mail,) = mailoutbox
    assert mail.subject == "Annonces arrêtées\u00a0: Site Bcc: x@y.example"
    assert mail.recipients() == mail.to
