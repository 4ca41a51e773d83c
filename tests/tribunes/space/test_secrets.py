"""Tokens, feed addresses and webhooks made in the space: their secrets are shown once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.factories.partners import PartnerFactory, bearer
from tests.tribunes.space.visits import Visitor, text_of, url
from tribunes import keys
from tribunes.models import FeedAddress, PartnerToken, WebhookEndpoint, WebhookMessage
from tribunes.space import sessions
from tribunes.webhooks import signing

pytestmark = pytest.mark.django_db

TOKEN = {"name": "site", "scopes": ["texts"], "days": "90"}
HOOK = {"name": "Site", "url": "https://site.example/annonces", "events": ["tribune.published"]}


def secret_in(answer: HttpResponse) -> str:
    """Return the secret that a page shows."""
    return re.search(r'(?s)class="secret".*?value="([^"]+)"', text_of(answer))[1]


def everywhere(visitor: Visitor) -> str:
    """Return all that the pages about secrets show, one after the other."""
    names = ("home", "tokens", "feeds", "webhooks", "terms")
    pages = [text_of(visitor.get(name)) for name in names]
    for endpoint in WebhookEndpoint.objects.all():
        pages.append(text_of(visitor.get("webhook", endpoint.uuid)))
    for token in PartnerToken.objects.usable():
        pages.append(text_of(visitor.get("token_revoke", token.uuid)))
    return "".join(pages)


def test_a_token_is_shown_once_and_opens_the_api() -> None:
    visitor = Visitor()
    secret = secret_in(visitor.post("tokens", **TOKEN))
    token = keys.find_token(secret)
    assert (token.partner, token.name, token.scopes) == (visitor.partner, "site", ["texts"])
    assert token.expires_at == pytest.approx(
        timezone.now() + timedelta(days=90), abs=timedelta(minutes=1)
    )
    answer = visitor.client.get("/api/v1/changes", headers=bearer(secret))
    assert answer.status_code == 200
    shown = everywhere(visitor)
    assert secret not in shown
    assert token.digest not in shown
    assert token.hint in shown


def test_the_page_of_a_secret_is_not_kept() -> None:
    answer = Visitor().post("tokens", **TOKEN)
    assert answer["Cache-Control"] == "private, no-store"


def test_no_secret_is_kept_in_the_session() -> None:
    visitor = Visitor()
    secrets = [
        secret_in(visitor.post("tokens", **TOKEN)),
        secret_in(visitor.post("feeds", name="veille")),
        secret_in(visitor.post("webhooks", **HOOK)),
    ]
    key = visitor.client.cookies[sessions.COOKIE].value
    kept = str(sessions._store(key).load())
    assert not any(secret in kept for secret in secrets)


def test_a_token_stays_within_the_rights_of_its_partner() -> None:
    visitor = Visitor(PartnerFactory(may_have_images=False, may_have_audio=False))
    page = text_of(visitor.get("tokens"))
    assert 'value="images"' not in page
    assert 'value="podcast"' not in page
    assert 'value="print"' in page
    for scope in ("images", "podcast", "everything"):
        answer = visitor.client.post(url("tokens"), TOKEN | {"scopes": ["texts", scope]})
        assert answer.status_code == 422
    assert not PartnerToken.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "site\nBcc: x@y.example"},
        {"name": "site\u2028suite"},
        {"scopes": []},
        {"days": "5000"},
        {"allowed_ips": "192.0.2.7\n300.1.1.1"},
        {"allowed_ips": "partout"},
    ],
)
def test_a_wrong_token_is_not_made(wrong: dict[str, Any]) -> None:
    answer = Visitor().client.post(url("tokens"), TOKEN | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in text_of(answer)
    assert not PartnerToken.objects.exists()


def test_a_token_is_kept_to_its_addresses() -> None:
    visitor = Visitor()
    secret = secret_in(visitor.post("tokens", **TOKEN, allowed_ips="192.0.2.7\r\n2001:db8::/32"))
    token = keys.find_token(secret)
    assert keys.ip_allowed(token, "192.0.2.7")
    assert not keys.ip_allowed(token, "192.0.2.8")


def test_replacing_a_token_shows_the_new_one_and_lets_both_serve() -> None:
    visitor = Visitor()
    old = secret_in(visitor.post("tokens", **TOKEN))
    first = keys.find_token(old)
    new = secret_in(visitor.post("token_rotate", first.uuid))
    assert new != old
    for secret in (old, new):
        answer = visitor.client.get("/api/v1/changes", headers=bearer(secret))
        assert answer.status_code == 200
    assert visitor.client.post(url("token_rotate", first.uuid)).status_code == 404
    assert PartnerToken.objects.count() == 2


def test_revoking_a_token_acts_on_the_next_request() -> None:
    visitor = Visitor()
    secret = secret_in(visitor.post("tokens", **TOKEN))
    token = keys.find_token(secret)
    assert "Révoquer" in text_of(visitor.get("token_revoke", token.uuid))
    assert keys.find_token(secret).is_usable
    assert "est révoqué" in text_of(visitor.post("token_revoke", token.uuid))
    answer = visitor.client.get("/api/v1/changes", headers=bearer(secret))
    assert answer.status_code == 401
    assert visitor.client.post(url("token_revoke", token.uuid)).status_code == 404


def test_a_sandbox_token_is_one() -> None:
    secret = secret_in(Visitor().post("tokens", **TOKEN, sandbox="on"))
    assert secret.startswith("sosol_test_")
    assert keys.find_token(secret).is_sandbox


def test_editors_read_who_did_what_to_which_key_and_no_secret() -> None:
    visitor = Visitor()
    secret = secret_in(visitor.post("tokens", **TOKEN))
    token = keys.find_token(secret)
    visitor.post("token_rotate", token.uuid)
    visitor.post("token_revoke", token.uuid)
    visitor.post("feeds", name="veille")
    visitor.post("feed_revoke", FeedAddress.objects.get().uuid)
    entries = ModelLogEntry.objects.for_instance(visitor.partner).order_by("pk")
    assert [entry.action for entry in entries] == [
        "tribunes.issue_token",
        "tribunes.rotate_token",
        "tribunes.revoke",
        "tribunes.issue_feed",
        "tribunes.revoke",
    ]
    for entry in entries:
        assert visitor.contact.email in entry.message
        assert token.digest not in str(entry.data)
        assert secret not in str(entry.data)


def test_feed_addresses_are_shown_once_serve_and_are_revoked() -> None:
    visitor = Visitor()
    page = text_of(visitor.post("feeds", name="veille"))
    found = re.findall(r'value="http://testserver(/partenaires/flux/[^"]+)"', page)
    assert len(found) == 3
    for path in found:
        assert visitor.client.get(path).status_code == 200
    feed, secret = FeedAddress.objects.get(), found[0].split("/")[3]
    shown = everywhere(visitor)
    assert secret not in shown
    assert feed.digest not in shown
    visitor.post("feed_revoke", feed.uuid)
    for path in found:
        assert visitor.client.get(path).status_code == 404


def test_the_secret_of_a_webhook_is_shown_when_it_is_asked_for() -> None:
    visitor = Visitor()
    secret = secret_in(visitor.post("webhooks", **HOOK))
    endpoint = WebhookEndpoint.objects.get()
    assert (endpoint.partner, secret) == (visitor.partner, signing.secret_of(endpoint))
    assert secret not in everywhere(visitor)
    assert visitor.get("webhook_secret", endpoint.uuid).status_code == 405
    assert secret_in(visitor.post("webhook_secret", endpoint.uuid)) == secret
    new = secret_in(visitor.post("webhook_secret", endpoint.uuid, rotate="1"))
    endpoint.refresh_from_db()
    assert new == signing.secret_of(endpoint) != secret
    assert new not in everywhere(visitor)


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://site.example/"},
        {"url": "https://10.0.0.1/"},
        {"url": "https://localhost/"},
        {"url": "https://moi:secret@site.example/"},
        {"events": []},
        {"events": ["tribune.inventee"]},
        {"name": ""},
    ],
)
def test_a_webhook_that_would_never_be_called_is_refused(
    wrong: dict[str, Any], settings: Any
) -> None:
    settings.OUTSIDE_MAY_BE_LOCAL = False
    visitor = Visitor()
    assert visitor.client.post(url("webhooks"), HOOK | wrong).status_code == 422
    assert not WebhookEndpoint.objects.exists()
    visitor.post("webhooks", **HOOK)
    endpoint = WebhookEndpoint.objects.get()
    answer = visitor.client.post(url("webhook", endpoint.uuid), HOOK | wrong)
    assert answer.status_code == 422
    endpoint.refresh_from_db()
    assert (endpoint.url, endpoint.events) == (HOOK["url"], HOOK["events"])


def test_a_webhook_is_tried_stopped_started_replayed_and_removed() -> None:
    visitor = Visitor()
    visitor.post("webhooks", **HOOK)
    endpoint = WebhookEndpoint.objects.get()

    def act(name: str) -> str:
        page = text_of(visitor.post("webhook_act", endpoint.uuid, name))
        endpoint.refresh_from_db()
        return page

    assert "message d’essai part" in act("essayer")
    message = WebhookMessage.objects.get()
    assert message.event_type == "webhook.test"
    WebhookMessage.objects.update(state="failed", last_status=500, last_answer="<script>alert(1)")
    page = text_of(visitor.get("webhook", endpoint.uuid))
    assert "&lt;script&gt;alert(1)" in page
    assert "HTTP 500" in page
    assert "Le message repart" in text_of(
        visitor.post("webhook_replay", endpoint.uuid, message.uuid)
    )
    message.refresh_from_db()
    assert message.state == "waiting"
    act("desactiver")
    assert not endpoint.is_active
    assert "désactivé" in act("essayer")
    assert "réactivez-le" in text_of(visitor.post("webhook_replay", endpoint.uuid, message.uuid))
    act("reactiver")
    assert endpoint.is_active
    assert visitor.client.post(url("webhook_act", endpoint.uuid, "inventer")).status_code == 404
    assert "Supprimer" in text_of(visitor.get("webhook_delete", endpoint.uuid))
    assert "est supprimé" in text_of(visitor.post("webhook_delete", endpoint.uuid))
    assert not WebhookEndpoint.objects.exists()


def test_a_name_of_several_lines_is_refused() -> None:
    """It goes into the subject of letters, which would not leave."""
    name, visitor = "Site\r\nBcc: x@y.example", Visitor()
    for page, data in (("feeds", {"name": name}), ("webhooks", HOOK | {"name": name})):
        answer = visitor.client.post(url(page), data)
        assert answer.status_code == 422
        assert "sur une seule ligne" in text_of(answer)
    assert not FeedAddress.objects.exists()
    assert not WebhookEndpoint.objects.exists()
