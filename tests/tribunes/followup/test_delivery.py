"""Letters leave after the commit, once, and again until somebody answers."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from cms.models import Withdrawal
from cms.withdrawing import lift
from publishing.signals import healing
from tests.conftest import Worker
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.followup.acts import change, correct, pull, record_of, retract
from tribunes.followup.delivery import send_due
from tribunes.followup.leases import LEASE
from tribunes.followup.services import acknowledge
from tribunes.models import Notice, Partner, PartnerContact, TribunePage

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def taken(tribune: TribunePage, partner: Partner) -> TribunePage:
    """A tribune that a partner took."""
    pull(partner, tribune)
    return tribune


def the_notice() -> Notice:
    return Notice.objects.get()


def pause() -> timedelta:
    """How long until the next letter."""
    due = the_notice().send_at
    assert due is not None
    return due - timezone.now()


def about(wanted: timedelta) -> pytest.approx:
    return pytest.approx(wanted, abs=timedelta(seconds=20))


def time_comes() -> None:
    """Let the next letter be due."""
    Notice.objects.exclude(send_at=None).update(send_at=timezone.now())


def send_all() -> None:
    """Let every letter that is due leave."""
    for pk in Notice.objects.exclude(send_at=None).values_list("pk", flat=True):
        send_due(pk)


def no_mail_server(settings: Settings) -> None:
    """Point at a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("s3")
def test_letters_leave_at_commit_by_the_queue(worker: Worker) -> None:
    pull(PartnerFactory(), tribune := TribuneFactory(parent=FocusFactory(out=True), published=True))
    with transaction.atomic():
        retract(tribune)
    assert not mail.outbox
    worker.drain()
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("s3")
def test_a_letter_whose_task_was_lost_leaves_with_the_timer(worker: Worker) -> None:
    pull(PartnerFactory(), tribune := TribuneFactory(parent=FocusFactory(out=True), published=True))
    correct(tribune)
    DBTaskResult.objects.all().delete()
    healing.send(None)
    healing.send(None)
    worker.drain()
    assert len(mail.outbox) == 1
    assert (the_notice().sent_count, the_notice().send_at) == (1, None)


def test_reminders_of_a_withdrawal_until_it_is_acknowledged(taken: TribunePage) -> None:
    """After 1, 3 and 7 days, then five weeks long (reference §6: «reminder until acknowledged»)."""
    retract(taken)
    send_due(the_notice().pk)
    for days in (1, 2, 4, 7, 7, 7, 7, 7):
        assert pause() == about(days * DAY)
        send_due(the_notice().pk)  # too early
        time_comes()
        send_due(the_notice().pk)
    assert the_notice().send_at is None
    assert len(mail.outbox) == 9


def test_an_acknowledgement_ends_the_reminders(taken: TribunePage, partner: Partner) -> None:
    retract(taken)
    send_due(the_notice().pk)
    acknowledge(partner=partner, record=record_of(taken), by="Ada")
    Notice.objects.filter(send_at__isnull=False).update(send_at=timezone.now())
    healing.send(None)
    send_due(the_notice().pk)
    assert len(mail.outbox) == 1


def test_an_acknowledgement_while_the_letter_leaves_is_kept(
    taken: TribunePage, partner: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    retract(taken)
    send = mail.EmailMessage.send

    def answered(message: mail.EmailMessage, *args: object) -> int:
        acknowledge(partner=partner, record=record_of(taken), by="Ada")
        return send(message, *args)

    monkeypatch.setattr(mail.EmailMessage, "send", answered)
    send_due(the_notice().pk)
    assert (the_notice().send_at, the_notice().sent_count) == (None, 1)


def test_a_lifted_withdrawal_is_not_told_any_more(taken: TribunePage) -> None:
    retract(taken)
    lift(Withdrawal.objects.get())
    send_due(the_notice().pk)
    assert not mail.outbox
    assert the_notice().send_at is None
    assert "levé" in the_notice().problem


def test_a_letter_and_its_page_say_that_a_text_is_back(taken: TribunePage, client: Client) -> None:
    retract(taken)
    send_all()
    asked = mail.outbox[-1]
    lift(Withdrawal.objects.get())
    change(taken)
    send_all()
    letter = mail.outbox[-1]
    assert letter.subject.startswith("Retrait levé\u00a0: ")
    assert letter.to == asked.to
    assert "vous pouvez le remettre en ligne" in letter.body
    for body in (asked.body, letter.body):
        page = client.get(re.search(r"/avis/\S+", body)[0]).content.decode()
        assert "vous pouvez le remettre en ligne" in page
        assert "merci d’ôter" not in page
    retract(taken)
    page = client.get(re.search(r"/avis/\S+", letter.body)[0]).content.decode()
    assert "merci d’ôter" in page


def test_a_text_withdrawn_again_is_not_said_to_be_back(taken: TribunePage) -> None:
    retract(taken)
    send_all()
    lift(Withdrawal.objects.get())
    change(taken)
    returned = Notice.objects.get(kind="return")
    retract(taken)
    Notice.objects.filter(pk=returned.pk).update(send_at=timezone.now())
    sent = len(mail.outbox)
    send_due(returned.pk)
    assert len(mail.outbox) == sent
    returned.refresh_from_db()
    assert "de nouveau retiré" in returned.problem


def test_failures_are_recorded_and_tried_again_at_growing_pauses(
    taken: TribunePage, settings: Settings
) -> None:
    correct(taken)
    no_mail_server(settings)
    send_due(the_notice().pk)
    assert "ConnectionRefusedError" in the_notice().problem
    assert the_notice().sent_count == 0
    assert pause() == about(timedelta(minutes=1))
    Notice.objects.update(created_at=timezone.now() - timedelta(minutes=30))
    time_comes()
    send_due(the_notice().pk)
    assert pause() == about(timedelta(minutes=30))
    Notice.objects.update(created_at=timezone.now() - 20 * DAY)
    time_comes()
    send_due(the_notice().pk)
    assert pause() == about(timedelta(hours=6))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    time_comes()
    send_due(the_notice().pk)
    assert (len(mail.outbox), the_notice().problem) == (1, "")


def test_a_partner_without_contact_is_said_and_written_to_when_it_has_one(
    taken: TribunePage, partner: Partner
) -> None:
    partner.contacts.all().delete()
    retract(taken)
    send_due(the_notice().pk)
    assert "pas de contact" in the_notice().problem
    PartnerContact.objects.create(partner=partner, name="Ada", email="ada@exemple.invalid")
    time_comes()
    send_due(the_notice().pk)
    assert [letter.to for letter in mail.outbox] == [["ada@exemple.invalid"]]


def test_what_is_no_fault_of_the_mail_server_is_recorded_and_raised(
    taken: TribunePage, settings: Settings
) -> None:
    retract(taken)
    settings.EMAIL_BACKEND = "no.such.Backend"
    with pytest.raises(ImportError):
        send_due(the_notice().pk)
    assert "ModuleNotFoundError" in the_notice().problem
    assert the_notice().taken_at is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_letter() -> None:
    pull(PartnerFactory(), tribune := TribuneFactory(parent=FocusFactory(out=True), published=True))
    retract(tribune)
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        send_due(the_notice().pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert len(mail.outbox) == 1
    assert the_notice().sent_count == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("s3")
def test_a_worker_killed_while_it_writes_is_replaced(worker: Worker) -> None:
    pull(PartnerFactory(), tribune := TribuneFactory(parent=FocusFactory(out=True), published=True))
    retract(tribune)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        mute.settimeout(60)
        port = mute.getsockname()[1]
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import django; django.setup();"
                "from django.conf import settings as s;"
                "s.EMAIL_BACKEND = 'django.core.mail.backends.smtp.EmailBackend';"
                f"s.EMAIL_HOST, s.EMAIL_PORT = '127.0.0.1', {port};"
                "from tribunes.followup.delivery import send_due;"
                f"send_due({the_notice().pk})",
            ],
            cwd=django_settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        )
        accepted, _ = mute.accept()  # it wants to speak, and is never answered
        process.send_signal(signal.SIGKILL)
        process.wait()
        accepted.close()
    assert the_notice().taken_at is not None
    healing.send(None)
    worker.drain()
    assert not mail.outbox  # it might still live
    Notice.objects.update(taken_at=timezone.now() - LEASE)
    healing.send(None)
    worker.drain()
    assert len(mail.outbox) == 1
