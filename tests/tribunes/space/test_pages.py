"""What the pages of the space promise: strangers stay out, nothing is kept, nobody sees others’."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.withdrawing import withdraw
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.space.visits import Visitor, text_of, url
from tribunes import keys
from tribunes.followup.services import declare
from tribunes.models import (
    FeedAddress,
    Notice,
    Partner,
    PartnerToken,
    Pull,
    Record,
    Republication,
    TribunePage,
    WebhookEndpoint,
    WebhookMessage,
)
from tribunes.space.urls import urlpatterns
from tribunes.webhooks import services

pytestmark = pytest.mark.django_db

OPEN = {"sign_in", "link_sent", "enter", "sign_out", "documentation", "errors", "mirror", "state"}


def tribune(**fields: Any) -> Record:
    """Return a tribune that partners may have."""
    fields = {"parent": FocusFactory(out=True), "published": True} | fields
    return Record.objects.get(page=TribuneFactory(**fields))


def endpoint_of(partner: Partner, **fields: Any) -> WebhookEndpoint:
    """Return a webhook of a partner."""
    values = {"name": "Site", "url": "https://site.example/", "events": ["tribune.published"]}
    return WebhookEndpoint.objects.create(partner=partner, **values | fields)


def furnished(partner: Partner, record: Record) -> dict[str, tuple[Any, ...]]:
    """Give a partner one of everything; return the arguments of every page, by name."""
    token, _ = keys.issue_token(partner, name=f"jeton-{partner.pk}", scopes=["texts"], days=20)
    feed, _ = keys.issue_feed(partner, name=f"flux-{partner.pk}")
    endpoint = endpoint_of(partner, name=f"webhook-{partner.pk}", failing_since=timezone.now())
    message = services.send_test(endpoint)
    WebhookMessage.objects.update(state="sent", last_status=200, last_answer="merci <b>")
    address = f"https://partenaire-{partner.pk}.example/"
    declare(partner=partner, record=record, version=1, by="x", url=address)
    Notice.objects.create(record=record, partner=partner, kind="correction", version=1)
    return {
        "enter": ("a" * 64,),
        "tribune": (record.uuid,),
        "picture": (record.uuid, 1),
        "download": (record.uuid, "html"),
        "token_rotate": (token.uuid,),
        "token_revoke": (token.uuid,),
        "feed_revoke": (feed.uuid,),
        "webhook": (endpoint.uuid,),
        "webhook_secret": (endpoint.uuid,),
        "webhook_delete": (endpoint.uuid,),
        "webhook_act": (endpoint.uuid, "essayer"),
        "webhook_replay": (endpoint.uuid, message.uuid),
        "declare": (record.uuid,),
        "notice": (record.uuid,),
    }


NAMES = [pattern.name for pattern in urlpatterns]


def test_strangers_are_led_to_the_form_from_every_page() -> None:
    arguments = furnished(PartnerFactory(), tribune())
    before = list(PartnerToken.objects.values()), list(WebhookEndpoint.objects.values())
    for name in set(NAMES) - OPEN:
        for call in (Client().get, Client().post):
            answer = call(url(name, *arguments.get(name, ())))
            assert (answer.status_code, answer.headers.get("Location")) == (
                302,
                url("sign_in"),
            ), name
    assert (list(PartnerToken.objects.values()), list(WebhookEndpoint.objects.values())) == before


def test_nothing_is_kept_indexed_or_told_by_its_address() -> None:
    visitor = Visitor()
    arguments = furnished(visitor.partner, tribune())
    for name in NAMES:
        answer = visitor.get(name, *arguments.get(name, ()))
        assert answer.status_code in (200, 302, 404, 405, 410), name
        if answer.status_code != 404:
            assert answer["Cache-Control"] == "private, no-store", name
            assert answer["X-Robots-Tag"] == "noindex, nofollow", name
            assert answer["Referrer-Policy"] == "strict-origin", name
        if answer.status_code == 200 and name not in ("download", "mirror"):
            assert '<meta name="robots" content="noindex, nofollow">' in text_of(answer), name


def test_every_form_is_protected_against_other_sites() -> None:
    visitor = Visitor()
    arguments = furnished(visitor.partner, tribune())
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.client.cookies
    for name in NAMES:
        answer = strict.post(url(name, *arguments.get(name, ())))
        assert answer.status_code in (403, 405), name


def test_a_partner_neither_sees_nor_touches_what_is_anothers() -> None:
    mine, theirs = Visitor(), PartnerFactory()
    record = tribune()
    withdrawn = tribune()
    arguments = furnished(theirs, record)
    theirs_only = Notice.objects.create(
        record=withdrawn, partner=theirs, kind="withdrawal", version=1
    )
    before = {
        model: list(model.objects.values())
        for model in (PartnerToken, FeedAddress, WebhookEndpoint, WebhookMessage, Notice)
    }
    for name in NAMES:
        if name.startswith(("token_", "feed_", "webhook_")) or name == "webhook":
            for answer in (
                mine.get(name, *arguments[name]),
                mine.client.post(url(name, *arguments[name])),
            ):
                assert answer.status_code in (404, 405), name
    assert mine.get("notice", theirs_only.record.uuid).status_code == 404
    assert mine.client.post(url("notice", theirs_only.record.uuid)).status_code == 404
    for name in ("home", "tokens", "feeds", "webhooks", "declarations", "notices", "terms"):
        page = text_of(mine.get(name))
        for theirs_word in ("jeton", "flux", "webhook"):
            assert f"{theirs_word}-{theirs.pk}" not in page, name
        assert f"partenaire-{theirs.pk}.example" not in page, name
        assert str(theirs) not in page, name
    for model, rows in before.items():
        assert list(model.objects.values()) == rows


def test_a_message_is_replayed_through_its_own_endpoint_only() -> None:
    mine, theirs = Visitor(), PartnerFactory()
    message = services.send_test(endpoint_of(theirs))
    WebhookMessage.objects.update(state="sent")
    own = endpoint_of(mine.partner)
    assert mine.client.post(url("webhook_replay", own.uuid, message.uuid)).status_code == 404
    assert WebhookMessage.objects.get().state == "sent"


def hidden(record: Record, partner: Partner) -> None:
    """Put it under an embargo that the partner did not undertake to respect."""
    page = TribunePage.objects.get(pk=record.page_id)
    page.embargoed_until = timezone.now() + timedelta(days=1)
    Record.objects.update(released_at=None)
    TribunePage.objects.filter(pk=page.pk).update(embargoed_until=page.embargoed_until)


def out_of_catalogue(record: Record, partner: Partner) -> None:
    """Limit the catalogue to another kind."""
    Partner.objects.filter(pk=partner.pk).update(kinds=["right-of-reply"])


def no_texts(record: Record, partner: Partner) -> None:
    """Take the right to texts away."""
    Partner.objects.filter(pk=partner.pk).update(may_have_texts=False)


def unpublished(record: Record, partner: Partner) -> None:
    """Take it off the site."""
    record.page.unpublish()


def expired(record: Record, partner: Partner) -> None:
    """Let its licence end."""
    yesterday = timezone.localdate() - timedelta(days=1)
    TribunePage.objects.filter(pk=record.page_id).update(licence_expires_on=yesterday)


@pytest.mark.parametrize("event", [hidden, out_of_catalogue, no_texts, unpublished, expired])
def test_what_a_partner_may_not_have_is_nowhere(event: Callable[..., None]) -> None:
    visitor, record = Visitor(), tribune(title="Une tribune que l’on cherche")
    assert record.title in text_of(visitor.get("catalogue"))
    event(record, visitor.partner)
    for name in ("home", "catalogue", "declarations"):
        assert record.title not in text_of(visitor.get(name)), name
    for name, *rest in (("tribune",), ("picture", 1), *(("download", f) for f in ("html", "zip"))):
        assert visitor.get(name, record.uuid, *rest).status_code == 404, name
    assert not Pull.objects.exists()


def test_a_withdrawn_tribune_is_told_and_not_given() -> None:
    visitor, record = Visitor(), tribune(title="Une tribune que l’on retire")
    assert "Un premier paragraphe" in text_of(visitor.get("tribune", record.uuid))
    withdraw(record.page, reason="Une erreur sur la personne.")
    page = text_of(visitor.get("tribune", record.uuid))
    assert "Une erreur sur la personne" in page
    assert "Un premier paragraphe" not in page
    assert "retirée" in text_of(visitor.get("catalogue"))
    assert b"premier paragraphe" not in visitor.get("download", record.uuid, "html").content


def counted(visitor: Visitor, name: str, *args: object) -> int:
    """Return how many queries a page makes."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer: HttpResponse = visitor.get(name, *args)
    assert answer.status_code == 200
    return len(queries)


LISTS = ("home", "catalogue", "declarations", "notices", "tokens", "feeds", "webhooks", "terms")


def test_pages_make_as_many_queries_for_much_as_for_little() -> None:
    visitor = Visitor()
    for name in LISTS:
        visitor.get(name)  # what Django looks up once
    furnished(visitor.partner, tribune(signatories=1))
    little = {name: counted(visitor, name) for name in LISTS}
    for _ in range(3):
        furnished(visitor.partner, tribune(signatories=3))
    assert {name: counted(visitor, name) for name in LISTS} == little
    assert max(little.values()) < 45


def test_pages_of_one_thing_make_as_many_queries_for_much_as_for_little() -> None:
    visitor, record = Visitor(), tribune(signatories=1)
    arguments = furnished(visitor.partner, record)
    names = ("tribune", "webhook", "declare")
    visitor.get("tribune", *arguments["tribune"])  # what is noted once
    little = {name: counted(visitor, name, *arguments[name]) for name in names}
    endpoint = WebhookEndpoint.objects.get()
    for number in range(5):
        services.send_test(endpoint)
        address = f"https://partenaire.example/{number}"
        declare(partner=visitor.partner, record=record, version=1, by="x", url=address)
    assert {name: counted(visitor, name, *arguments[name]) for name in names} == little


def test_a_republication_declared_here_names_who_said_so() -> None:
    visitor, record = Visitor(), tribune()
    fields = {"version": "1", "url": "https://site.example/page", "published_on": "2026-01-31"}
    answer = visitor.post("declare", record.uuid, **fields)
    assert "La reprise est déclarée" in text_of(answer)
    row = Republication.objects.get()
    assert row.published_on == date(2026, 1, 31)
    assert (row.partner, row.record, row.declared_by) == (
        visitor.partner,
        record,
        str(visitor.contact),
    )
    assert "La reprise est déclarée" not in text_of(visitor.get("declarations"))


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"version": "1"}, "Donnez l’adresse de la page"),
        ({"version": "9", "url": "https://site.example/"}, "n’a pas de version 9"),
        ({"version": "1", "url": "http://site.example/"}, "https://"),
        ({"version": "1", "url": "https://127.0.0.1/"}, ""),
        ({"version": "1", "url": "https://site.example/", "printed_in": "X"}, "séparément"),
    ],
)
def test_a_wrong_declaration_comes_back_with_its_reason(
    fields: dict[str, str], reason: str, settings: Any
) -> None:
    settings.OUTSIDE_MAY_BE_LOCAL = False
    visitor, record = Visitor(), tribune()
    answer = visitor.client.post(url("declare", record.uuid), fields)
    assert answer.status_code == 422
    assert reason in text_of(answer)
    assert not Republication.objects.exists()


def test_a_notice_is_acknowledged_by_somebody_who_is_named() -> None:
    visitor, record = Visitor(), tribune()
    Notice.objects.create(record=record, partner=visitor.partner, kind="correction", version=1)
    assert record.title in text_of(visitor.get("home"))
    assert "C’est fait" in text_of(visitor.get("notice", record.uuid))
    assert "C’est noté" in text_of(visitor.post("notice", record.uuid, url="", on="2026-01-31"))
    notice = Notice.objects.get()
    assert timezone.localdate(notice.acknowledged_at) == date(2026, 1, 31)
    assert notice.acknowledged_by == str(visitor.contact)
    assert record.title not in text_of(visitor.get("home")).partition("nouveautes")[0]
    assert "C’est fait" not in text_of(visitor.get("notice", record.uuid))


def test_a_search_finds_words_of_titles() -> None:
    visitor = Visitor()
    tribune(title="Les aidants"), tribune(title="Le logement")
    page = text_of(visitor.get("catalogue", q="aidant"))
    assert "Les aidants" in page
    assert "Le logement" not in page
    assert "&lt;b&gt;" in text_of(visitor.get("catalogue", q="<b>"))


def test_conditions_are_those_of_the_contract() -> None:
    visitor = Visitor(PartnerFactory(may_have_audio=False, undertaking_on="2026-10-01"))
    page = text_of(visitor.get("terms"))
    assert "1er octobre 2026" in page.replace("\u00a0", " ")
    assert visitor.contact.email in page
    assert "les sons que les tribunes citent" not in page
    assert "les images dans leur définition d’origine" in page
