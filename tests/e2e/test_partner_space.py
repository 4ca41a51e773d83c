"""Somebody at a partner’s in a real browser: from a letter to a token that opens the API."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.core import mail
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab
from pytest_django.live_server_helper import LiveServer

from cms.services import set_up_site
from tests.components import node_module
from tests.conftest import Worker
from tests.e2e.test_accessibility import AXE, DRESSES, TAGS
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.space.test_pages import furnished
from tests.tribunes.space.visits import link_for, url
from tribunes.models import Partner, Record
from tribunes.space.urls import urlpatterns

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]


@pytest.fixture
def partner(live_server: LiveServer, settings: Any) -> Partner:
    """A partner of a site with one tribune."""
    settings.SITE_URL = live_server.url
    set_up_site()
    TribuneFactory(
        title="Ce que les aidants nous apprennent",
        parent=FocusFactory(out=True),
        published=True,
        signatories=3,
    )
    return PartnerFactory(organisation__name="Mutuelle d’exemple")


def test_from_a_letter_to_a_call_of_the_api(
    live_server: LiveServer, partner: Partner, worker: Worker, page: Tab
) -> None:
    page.goto(f"{live_server.url}/partenaires/catalogue/")
    page.get_by_label("Votre adresse électronique").fill(partner.contacts.first().email)
    page.get_by_role("button", name="Recevoir un lien").press("Enter")
    expect(page.get_by_role("heading", name="Consultez votre messagerie")).to_be_visible()
    worker.drain()
    page.goto(re.search(r"http://\S+/entrer/\S+", mail.outbox[-1].body)[0])
    page.get_by_role("button", name="Entrer").press("Enter")
    expect(page.get_by_role("navigation", name="Espace partenaire")).to_be_visible()
    page.get_by_role("link", name="Ce que les aidants nous apprennent").press("Enter")
    with page.expect_download() as download:
        page.get_by_role("link", name="Texte (.txt)").press("Enter")
    assert "AIDANTS" in download.value.path().read_text().upper()

    page.get_by_role("link", name="Jetons").press("Enter")
    page.get_by_label("Nom", exact=True).fill("site de la mutuelle")
    page.get_by_label("textes").press("Space")
    page.get_by_role("button", name="Créer le jeton").press("Enter")
    secret = page.get_by_label("site de la mutuelle").input_value()
    headers = {"Authorization": f"Bearer {secret}"}
    changes = requests.get(f"{live_server.url}/api/v1/changes", headers=headers).json()
    assert [entry["data"]["headline"] for entry in changes["items"]] == [
        "Ce que les aidants nous apprennent"
    ]

    page.get_by_role("link", name="Je l’ai copié").press("Enter")
    assert secret not in page.content()
    page.get_by_role("link", name="Révoquer site de la mutuelle").press("Enter")
    page.get_by_role("button", name="Révoquer").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("est révoqué")
    refused = requests.get(f"{live_server.url}/api/v1/changes", headers=headers)
    assert refused.status_code == 401
    page.goto(refused.json()["type"])
    expect(page.locator("#token-revoked")).to_be_in_viewport()

    page.get_by_role("button", name="Se déconnecter").press("Enter")
    page.go_back()
    expect(page.get_by_role("button", name="Se déconnecter")).to_have_count(0)


@pytest.fixture
def dressed(browser: Browser) -> Iterator[list[Tab]]:
    """Open a tab without JavaScript of ours in each size and colour."""
    contexts = [browser.new_context(locale="fr-FR", **dress) for dress in DRESSES]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


POSTED = {
    "tokens": ("Créer le jeton", {"Nom": "essai"}, ["textes"]),
    "feeds": ("Créer l’adresse", {"Nom": "essai"}, []),
    "webhooks": ("Créer le webhook", {"Nom": "essai", "Adresse": "https://site.example/"}, []),
}


def test_axe_finds_nothing_and_nothing_overflows(
    live_server: LiveServer, partner: Partner, dressed: list[Tab]
) -> None:
    arguments = furnished(partner, Record.objects.get())
    strangers = [url("sign_in"), url("link_sent"), url("enter", "a" * 64)]
    members = [
        url(pattern.name, *arguments.get(pattern.name, ()))
        for pattern in urlpatterns
        if pattern.name
        not in {"sign_in", "link_sent", "enter", "sign_out", "picture", "download", "mirror"}
        | {"token_rotate", "webhook_secret", "webhook_act", "webhook_replay"}
    ]
    found: dict[str, Any] = {}
    for tab in dressed:
        for path in strangers:
            tab.goto(live_server.url + path)
            found |= problems(tab)
        tab.goto(live_server.url + link_for(partner.contacts.first()))
        found |= problems(tab)
        tab.get_by_role("button", name="Entrer").click()
        for path in members:
            assert tab.goto(live_server.url + path).status == 200, path
            found |= problems(tab)
        for name, (button, fields, boxes) in POSTED.items():
            tab.goto(live_server.url + url(name))
            tab.get_by_role("button", name=button).click()
            expect(tab.get_by_role("alert")).to_be_visible()
            found |= problems(tab)
            for label, value in fields.items():
                tab.get_by_label(label, exact=True).fill(value)
            for box in boxes:
                tab.get_by_label(box).check()
            if name == "webhooks":
                tab.get_by_label("une tribune paraît").check()
            tab.get_by_role("button", name=button).click()
            expect(tab.locator(".secret").first).to_be_visible()
            found |= problems(tab)
    assert found == {}


def problems(tab: Tab) -> dict[str, list[str]]:
    """Return what axe finds on the page that a tab shows, and whether it is too wide."""
    tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    tab.add_script_tag(path=node_module("axe-core") / "axe.min.js")
    found = tab.evaluate(AXE, TAGS)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    if wide != tab.viewport_size["width"]:
        found.append(f"{wide} pixels wide")
    return {f"{tab.url} {tab.title()} {tab.viewport_size['width']}": found} if found else {}
