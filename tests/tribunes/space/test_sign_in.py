"""Entering the partner space: once, by a link, whoever asks learns nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.conftest import Worker
from tests.factories.cms import PASSWORD, UserFactory
from tests.factories.partners import PartnerFactory
from tests.tribunes.space.visits import Visitor, link_for, text_of, url
from tribunes import keys
from tribunes.models import Partner, PartnerContact, SignInLink
from tribunes.space import links, sessions

pytestmark = pytest.mark.django_db


def contact() -> PartnerContact:
    """Return somebody at a partner’s."""
    return PartnerFactory().contacts.first()


@pytest.mark.django_db(transaction=True)
def test_a_letter_brings_a_link_that_opens_the_space(worker: Worker) -> None:
    somebody, browser = contact(), Client()
    answer = browser.post(url("sign_in"), {"email": somebody.email.upper()}, follow=True)
    assert "Consultez votre messagerie" in text_of(answer)
    assert mail.outbox == []
    worker.drain()
    (letter,) = mail.outbox
    assert letter.to == [somebody.email]
    path = re.search(r"http://testserver(/\S+)", letter.body)[1]
    assert somebody.name in text_of(browser.get(path))
    answer = browser.post(path, follow=True)
    assert answer.redirect_chain == [(url("home"), 302)]
    assert str(somebody.partner) in text_of(answer)


def test_the_same_answer_and_the_same_work_for_everybody(
    django_assert_num_queries: Any,
) -> None:
    known = contact().email
    seen = set()
    for email in (known, "inconnue@nulle-part.example"):
        browser = Client()
        with django_assert_num_queries(1):
            answer = browser.post(url("sign_in"), {"email": email})
        page = browser.get(answer["Location"])
        seen.add((answer.status_code, answer["Location"], page.content, str(answer.cookies)))
    assert len(seen) == 1
    assert mail.outbox == []


def test_nobody_gets_a_letter_at_an_unknown_address() -> None:
    contact()
    links.mail_links("inconnue@nulle-part.example")
    assert mail.outbox == []
    assert not SignInLink.objects.exists()


def test_the_letter_goes_to_the_address_of_the_contract() -> None:
    somebody = contact()
    links.mail_links(somebody.email.upper())
    assert mail.outbox[0].to == [somebody.email]


def test_an_address_gets_a_few_letters_an_hour() -> None:
    somebody = contact()
    for _ in range(links.LETTERS_PER_HOUR + 3):
        links.mail_links(somebody.email)
    assert len(mail.outbox) == links.LETTERS_PER_HOUR
    SignInLink.objects.update(created_at=timezone.now() - timedelta(minutes=61))
    links.mail_links(somebody.email)
    assert len(mail.outbox) == links.LETTERS_PER_HOUR + 1


def test_somebody_at_two_partners_gets_a_link_for_each() -> None:
    somebody = contact()
    PartnerContact.objects.create(partner=PartnerFactory(), name="Idem", email=somebody.email)
    links.mail_links(somebody.email)
    assert len(mail.outbox) == 2
    assert SignInLink.objects.values("contact").distinct().count() == 2


def test_a_malformed_address_is_said_to_be() -> None:
    answer = Client().post(url("sign_in"), {"email": "pas une adresse"})
    assert answer.status_code == 422
    assert not DBTaskResult.objects.exists()


def test_opening_a_link_changes_nothing_however_often() -> None:
    path = link_for(contact())
    for _ in range(3):
        answer = Client().get(path)
        assert answer.status_code == 200
        Client().head(path)
        assert sessions.COOKIE not in answer.cookies
    assert Client().post(path).status_code == 302


def test_a_link_serves_once() -> None:
    path = link_for(contact())
    assert Client().post(path).status_code == 302
    for late in (Client().get(path), Client().post(path)):
        assert late.status_code == 410
        assert sessions.COOKIE not in late.cookies


def test_a_link_serves_half_an_hour() -> None:
    path = link_for(contact())
    link = SignInLink.objects.get()
    assert link.expires_at - link.created_at == pytest.approx(
        timedelta(minutes=30), abs=timedelta(seconds=5)
    )
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for late in (Client().get(path), Client().post(path)):
        assert late.status_code == 410


def test_used_expired_and_invented_links_look_the_same() -> None:
    used, expired = link_for(contact()), link_for(contact())
    Client().post(used)
    SignInLink.objects.filter(used_at=None).update(expires_at=timezone.now())
    invented = url("enter", "a" * 64)
    assert len({Client().get(path).content for path in (used, expired, invented)}) == 1


def test_a_link_opens_the_browser_that_pressed_the_button_and_no_other() -> None:
    asked, phone = Client(), Client()
    path = link_for(contact())
    asked.get(path)
    assert phone.post(path).status_code == 302
    assert phone.get(url("home")).status_code == 200
    assert asked.get(url("home")).status_code == 302


def test_of_two_who_press_at_the_same_time_one_enters() -> None:
    token = link_for(contact()).rstrip("/").rpartition("/")[2]
    first, second = links.find(token), links.find(token)
    assert links.use(first)
    assert not links.use(second)


def test_no_address_given_by_others_is_followed() -> None:
    elsewhere = "https://ailleurs.example/"
    path = link_for(contact())
    for browser, address in ((Client(), url("sign_in")), (Client(), path), (Client(), url("home"))):
        answer = browser.get(address, {"next": elsewhere, "suite": elsewhere})
        assert "ailleurs" not in text_of(answer) + answer.headers.get("Location", "")
    answer = Client().post(f"{path}?next={elsewhere}", {"next": elsewhere})
    assert answer["Location"] == url("home")


def test_the_secret_is_stored_nowhere() -> None:
    path = link_for(contact())
    token = path.rstrip("/").rpartition("/")[2]
    visitor = Visitor()
    key = visitor.client.cookies[sessions.COOKIE].value
    assert key
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            assert token not in str(cursor.fetchall()), table


def test_entering_needs_the_button_of_our_page() -> None:
    path = link_for(contact())
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert Client().get(path).status_code == 200


def test_each_entry_has_a_session_of_its_own_and_ends_the_one_before() -> None:
    visitor = Visitor()
    before = visitor.client.cookies[sessions.COOKIE].value
    visitor.client.post(link_for(visitor.contact))
    assert visitor.client.cookies[sessions.COOKIE].value != before
    thief = Client()
    thief.cookies[sessions.COOKIE] = before
    assert thief.get(url("home")).status_code == 302


def test_a_session_that_was_planted_opens_nothing() -> None:
    browser = Client()
    browser.cookies[sessions.COOKIE] = "plantee"
    browser.post(link_for(contact()))
    assert browser.cookies[sessions.COOKIE].value != "plantee"
    thief = Client()
    thief.cookies[sessions.COOKIE] = "plantee"
    assert thief.get(url("home")).status_code == 302


def test_the_cookie_is_for_the_space_alone() -> None:
    cookie = Visitor().client.cookies[sessions.COOKIE]
    assert cookie["path"] == "/partenaires/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 12 * 3600


def test_the_cookie_is_secure_where_those_of_editors_are(settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    assert Visitor().client.cookies[sessions.COOKIE]["secure"]


def test_a_session_lasts_twelve_hours_however_much_it_serves(monkeypatch: Any) -> None:
    visitor, now = Visitor(), timezone.now()
    feed, _ = keys.issue_feed(visitor.partner, name="veille")
    for hours, status in ((6, 200), (11.9, 200), (12.1, 302)):
        moment = now + timedelta(hours=hours)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert visitor.get("home").status_code == status
        if hours == 6:  # the session is written to
            assert "est révoquée" in text_of(visitor.post("feed_revoke", feed.uuid))


def test_leaving_ends_the_session() -> None:
    visitor = Visitor()
    key = visitor.client.cookies[sessions.COOKIE].value
    assert visitor.get("sign_out").status_code == 405
    assert "Recevoir un lien" in text_of(visitor.post("sign_out"))
    visitor.client.cookies[sessions.COOKIE] = key
    assert visitor.get("home").status_code == 302


def remove(partner: Partner, somebody: PartnerContact) -> None:
    """Remove the contact."""
    somebody.delete()


def change_address(partner: Partner, somebody: PartnerContact) -> None:
    """Give the line of the contact to somebody else."""
    PartnerContact.objects.filter(pk=somebody.pk).update(email="autre@partenaire.example")


def end(partner: Partner, somebody: PartnerContact) -> None:
    """Let the contract end."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Partner.objects.filter(pk=partner.pk).update(contract_until=yesterday)


def postpone(partner: Partner, somebody: PartnerContact) -> None:
    """Let the contract begin later."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    Partner.objects.filter(pk=partner.pk).update(contract_from=tomorrow)


@pytest.mark.parametrize("event", [remove, change_address, end, postpone])
def test_who_may_not_be_there_is_out_at_the_next_request(event: Any) -> None:
    visitor = Visitor()
    assert visitor.get("home").status_code == 200
    event(visitor.partner, visitor.contact)
    assert visitor.get("home")["Location"] == url("sign_in")


@pytest.mark.parametrize("event", [remove, end, postpone])
def test_a_link_of_who_may_not_enter_any_more_does_not_serve(event: Any) -> None:
    somebody = contact()
    path = link_for(somebody)
    event(somebody.partner, somebody)
    assert Client().post(path).status_code == 410
    mail.outbox.clear()
    links.mail_links(somebody.email)
    assert mail.outbox == []


def test_an_editor_is_no_partner_and_a_partner_no_editor() -> None:
    editor = Client()
    assert editor.login(username=UserFactory(superuser=True).username, password=PASSWORD)
    assert editor.get(url("home"))["Location"] == url("sign_in")
    visitor = Visitor()
    assert visitor.client.get("/admin/").status_code == 302
    key = visitor.client.cookies[sessions.COOKIE].value
    visitor.client.cookies["sessionid"] = key
    assert visitor.client.get("/admin/").status_code == 302
    editor.cookies[sessions.COOKIE] = editor.cookies["sessionid"].value
    assert editor.get(url("home"))["Location"] == url("sign_in")
    editor.post(url("sign_out"))


def test_leaving_the_space_leaves_the_editor_in() -> None:
    somebody, browser = contact(), Client()
    assert browser.login(username=UserFactory(superuser=True).username, password=PASSWORD)
    browser.post(link_for(somebody))
    browser.post(url("sign_out"))
    assert browser.get("/admin/").status_code == 200


def test_old_links_are_forgotten() -> None:
    somebody = contact()
    links.mail_links(somebody.email)
    SignInLink.objects.update(expires_at=timezone.now() - timedelta(days=2))
    links.mail_links(somebody.email)
    assert SignInLink.objects.count() == 1


@pytest.mark.parametrize("key", ["abcdefghij\x00", "abc-def;ghij", "é" * 32])
def test_a_cookie_that_is_no_key_is_looked_for_nowhere(
    key: str, django_assert_num_queries: Any
) -> None:
    """PostgreSQL holds no NUL: such a cookie was an error there, also when leaving."""
    request = RequestFactory().get("/")
    request.COOKIES[sessions.COOKIE] = key
    with django_assert_num_queries(0):
        assert sessions.visit_of(request) is None
        sessions.leave(request, HttpResponse())
