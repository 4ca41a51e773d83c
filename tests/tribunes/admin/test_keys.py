"""Tokens and feed addresses in the admin: shown once, within the rights, closed at once."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms.roles import CHIEF_EDITORS, EDITORS
from tests.factories.cms import UserFactory
from tests.factories.partners import PartnerFactory, token_of
from tests.podcasts.editor import Editor, document, messages, newsroom, plain
from tests.tribunes.admin.newsroom import all_refused, partner_url, said, strangers
from tribunes import keys
from tribunes.models import FeedAddress, Partner, PartnerToken

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3", "newsroom")]


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory(organisation__name="Mutuelle d’exemple")


def issue_url(partner: Partner, what: str = "token") -> str:
    return reverse(f"tribunes_admin:issue_{what}", args=[partner.pk])


def act_url(key: PartnerToken | FeedAddress, act: str) -> str:
    what = "jetons" if isinstance(key, PartnerToken) else "flux"
    return reverse(f"tribunes_admin:{act}", args=[key.partner_id, what, key.pk])


FORM = {"name": "site", "scopes": ["texts", "images"], "days": "365", "allowed_ips": ""}


def issue(who: Editor, partner: Partner, **changes: object) -> HttpResponse:
    assert document(who.client.get(issue_url(partner))).xpath("//main//form[@method='post']")
    return who.client.post(issue_url(partner), FORM | changes)


def secrets(answer: HttpResponse) -> list[str]:
    return document(answer).xpath("//main//input[@readonly]/@value")


def test_a_token_is_shown_once_and_kept_nowhere(
    partner: Partner, caplog: pytest.LogCaptureFixture
) -> None:
    """Shown once, only a keyed digest is stored (contract of partners, §4)."""
    chief = Editor(CHIEF_EDITORS)
    answer = issue(chief, partner)
    (secret,) = secrets(answer)
    assert "no-store" in answer["Cache-Control"]
    token = keys.find_token(secret)
    assert (token.partner, token.created_by) == (partner, chief.user)
    assert token.scopes == ["images", "texts"]
    assert timedelta(days=364) < token.expires_at - timezone.now() <= timedelta(days=365)
    # nowhere else
    page = chief.client.get(partner_url(partner))
    assert secret not in page.content.decode()
    assert token.hint in page.content.decode()
    assert secret not in str(list(answer.wsgi_request.session.items()))
    assert secret not in "".join(row.session_data for row in Session.objects.all())
    assert secret not in str(answer.cookies)
    assert messages(answer) == []
    assert secret not in caplog.text
    assert secret not in str(list(ModelLogEntry.objects.values()))


def test_the_screen_of_a_secret_can_be_read_and_copied(partner: Partner) -> None:
    screen = document(issue(Editor(CHIEF_EDITORS), partner))
    (field,) = screen.xpath("//main//input[@readonly]")
    assert screen.xpath(f"//label[@for='{field.get('id')}']")
    assert screen.xpath(f"//button[@data-copy='{field.get('id')}']")
    assert "cet écran ne reviendra pas" in plain(screen.text_content())


def test_a_page_loaded_again_makes_no_second_token(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    issue(chief, partner)
    answer = issue(chief, partner)
    assert "existe déjà et sert encore" in said(answer)
    assert PartnerToken.objects.count() == 1
    assert secrets(answer) == []


def test_a_token_has_no_right_that_its_partner_lacks(partner: Partner) -> None:
    Partner.objects.update(may_have_images=False, may_have_print=False)
    chief = Editor(CHIEF_EDITORS)
    form = document(chief.client.get(issue_url(partner)))
    assert form.xpath("//input[@name='scopes']/@value") == ["texts", "podcast", "manage"]
    assert secrets(issue(chief, partner)) == []
    assert not PartnerToken.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"allowed_ips": "192.0.2.7\nchez-nous"},
        {"allowed_ips": "999.1.1.1"},
        {"scopes": []},
        {"name": ""},
        {"days": "100000"},
    ],
)
def test_what_is_wrong_is_said_and_makes_nothing(partner: Partner, wrong: dict) -> None:
    answer = issue(Editor(CHIEF_EDITORS), partner, **wrong)
    assert list(answer.context["form"].errors) == list(wrong)
    assert not PartnerToken.objects.exists()


def test_a_token_of_the_sandbox_says_so(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    (secret,) = secrets(issue(chief, partner, sandbox="on", allowed_ips="192.0.2.0/24"))
    token = keys.find_token(secret)
    assert (token.is_sandbox, token.allowed_ips) == (True, "192.0.2.0/24")
    told = said(chief.client.get(partner_url(partner)))
    assert "bac à sable" in told
    assert "depuis 192.0.2.0/24" in told


def test_a_feed_address_is_shown_once(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    answer = chief.client.post(issue_url(partner, "feed"), {"name": "veille"})
    shown = secrets(answer)
    assert len(shown) == 3
    assert "no-store" in answer["Cache-Control"]
    secret = shown[0].split("/")[-2]
    assert keys.find_feed(secret).partner == partner
    assert keys.find_token(secret) is None
    assert secret not in chief.client.get(partner_url(partner)).content.decode()


def test_a_token_is_replaced_once_and_both_work_for_a_week(partner: Partner) -> None:
    old = keys.find_token(token_of(partner))
    chief = Editor(CHIEF_EDITORS)
    chief.client.get(act_url(old, "rotate"))
    assert PartnerToken.objects.count() == 1
    (secret,) = secrets(chief.client.post(act_url(old, "rotate")))
    old.refresh_from_db()
    assert old.is_usable
    assert keys.find_token(secret).is_usable
    assert "remplacé, sert encore jusqu’au" in said(chief.client.get(partner_url(partner)))
    assert chief.client.post(act_url(old, "rotate")).status_code == 404
    assert PartnerToken.objects.count() == 2


def test_revoking_acts_at_once(partner: Partner) -> None:
    token = keys.find_token(token_of(partner))
    feed, _ = keys.issue_feed(partner, name="veille")
    chief = Editor(CHIEF_EDITORS)
    for key in (token, feed):
        chief.client.get(act_url(key, "revoke"))
        key.refresh_from_db()
        assert key.is_usable
        answer = chief.client.post(act_url(key, "revoke"), follow=True)
        assert "est révoqué" in messages(answer)[0]
        key.refresh_from_db()
        assert not key.is_usable
        assert "révoqué le" in said(answer)
        assert chief.client.post(act_url(key, "revoke")).status_code == 404


def test_every_act_is_in_the_history_of_the_partner(partner: Partner) -> None:
    chief = Editor(CHIEF_EDITORS)
    (secret,) = secrets(issue(chief, partner))
    token = keys.find_token(secret)
    chief.client.post(issue_url(partner, "feed"), {"name": "veille"})
    chief.client.post(act_url(token, "rotate"))
    chief.client.post(act_url(token, "revoke"))
    entries = ModelLogEntry.objects.filter(object_id=partner.pk).order_by("timestamp")
    assert [entry.action for entry in entries] == [
        "tribunes.issue_token",
        "tribunes.issue_feed",
        "tribunes.rotate_token",
        "tribunes.revoke",
    ]
    assert {entry.user for entry in entries} == {chief.user}
    history = reverse(Partner.snippet_viewset.get_url_name("history"), args=[partner.pk])
    assert f"Jeton émis : site ({token.hint}…)" in said(chief.client.get(history))


def test_a_key_of_another_partner_is_not_found_here(partner: Partner) -> None:
    token = keys.find_token(token_of(PartnerFactory()))
    url = reverse("tribunes_admin:revoke", args=[partner.pk, "jetons", token.pk])
    chief = Editor(CHIEF_EDITORS)
    assert chief.client.post(url).status_code == 404
    token.refresh_from_db()
    assert token.is_usable
    feed, _ = keys.issue_feed(partner, name="veille")
    assert chief.client.post(act_url(feed, "rotate")).status_code == 404


def test_only_who_manages_partners_touches_keys(partner: Partner) -> None:
    token = keys.find_token(token_of(partner))
    feed, _ = keys.issue_feed(partner, name="veille")
    addresses = [
        issue_url(partner),
        issue_url(partner, "feed"),
        act_url(token, "rotate"),
        act_url(token, "revoke"),
        act_url(feed, "revoke"),
    ]
    clients = [*strangers().values(), Editor(EDITORS).client]
    assert all_refused(clients, addresses) == []
    for key in (token, feed):
        key.refresh_from_db()
        assert key.is_usable
    assert PartnerToken.objects.count() == FeedAddress.objects.count() == 1


def test_forms_are_protected_against_other_sites(partner: Partner) -> None:
    token = keys.find_token(token_of(partner))
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(superuser=True))
    for address in (issue_url(partner), act_url(token, "revoke"), act_url(token, "rotate")):
        assert client.post(address, FORM).status_code == 403
    token.refresh_from_db()
    assert token.is_usable
