"""Tribunes and partners in a real browser: a pasted list, a token shown once, a withdrawal."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.models import Withdrawal
from cms.roles import CHIEF_EDITORS
from cms.services import set_up_site
from cms.withdrawing import withdraw
from tests.components import node_module
from tests.e2e.test_accessibility import AXE, TAGS
from tests.factories.cms import PersonFactory, UserFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory, token_of
from tests.factories.tribunes import TribuneFactory
from tribunes import keys
from tribunes.models import Partner, PartnerToken, TribunePage

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

LIST = """Les premiers signataires
1. Marie DUPONT, maire de Carcassonne, Ville de Carcassonne
2. Mme Anne Roux, vice-présidente, chargée de l’autonomie, Département de l’Aude
3.\tZoé Martins\tmédecin\tCHU
"""


@pytest.fixture
def tribune() -> TribunePage:
    """A tribune that is out, and people of the address book."""
    set_up_site()
    PersonFactory(
        first_name="Marie",
        last_name="Dupont",
        role="maire de Carcassonne",
        organisation__name="Ville de Carcassonne",
    )
    PersonFactory(first_name="Zoé", last_name="Martin", role="médecin")
    return TribuneFactory(
        parent=FocusFactory(out=True, title="Bien vieillir"), title="La tribune", published=True
    )


@pytest.fixture
def partner() -> Partner:
    """A partner with a token."""
    partner = PartnerFactory(organisation__name="Mutuelle d’exemple")
    token_of(partner, name="ancien site")
    return partner


@pytest.fixture
def chief(page: Page, live_server: LiveServer, tribune: TribunePage) -> Page:
    """The browser of a chief editor who is logged in."""
    chief = UserFactory(groups=[Group.objects.get(name=CHIEF_EDITORS.name)])
    client = Client()
    client.force_login(chief)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    page.context.add_cookies([cookie | {"url": live_server.url}])
    return page


def signing(tribune: TribunePage) -> list[str]:
    fresh = TribunePage.objects.get(pk=tribune.pk)
    return [str(row) for row in fresh.get_latest_revision_as_object().signatories.all()]


def test_a_list_is_pasted_with_the_keyboard_alone(
    chief: Page, live_server: LiveServer, tribune: TribunePage
) -> None:
    chief.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[tribune.pk])}")
    chief.get_by_role("button", name="Actions").first.click()
    chief.get_by_role("link", name="Coller des signataires").click()
    text = chief.get_by_label("Liste des signataires")
    text.focus()
    chief.keyboard.insert_text(LIST)
    chief.keyboard.press("Tab")
    chief.keyboard.press("Enter")
    expect(chief.get_by_label("Ligne 2, Marie Dupont")).to_have_value(re.compile(r"\d+"))
    expect(chief.get_by_label("Ligne 3, Anne Roux")).to_have_value("new")
    undecided = chief.get_by_label("Ligne 4, Zoé Martins")
    expect(undecided).to_have_value("")
    expect(chief.get_by_label("Ligne 1,")).to_have_value("out")
    chief.get_by_role("button", name="Ajouter au brouillon").click()
    expect(chief.get_by_text("1 ligne à revoir")).to_be_visible()
    expect(chief.get_by_text("Choisissez ce que devient cette ligne.")).to_be_visible()
    undecided.focus()
    chief.keyboard.type("nouv")
    chief.get_by_role("button", name="Ajouter au brouillon").press("Enter")
    expect(chief.get_by_text("3 signataires dans le brouillon")).to_be_visible()
    assert signing(tribune) == [
        "Marie Dupont, maire de Carcassonne, Ville de Carcassonne",
        "Anne Roux, vice-présidente, chargée de l’autonomie, Département de l’Aude",
        "Zoé Martins, médecin, CHU",
    ]
    assert TribunePage.objects.get().signatories.count() == 0


def test_a_token_is_issued_copied_and_revoked(
    chief: Page, live_server: LiveServer, partner: Partner
) -> None:
    chief.goto(f"{live_server.url}{reverse('wagtailadmin_home')}")
    chief.get_by_role("link", name="Partenaires", exact=True).click()
    chief.get_by_role("link", name="Mutuelle d’exemple").first.click()
    chief.get_by_role("link", name="Accès et suivi").click()
    chief.get_by_role("link", name="Nouveau jeton").click()
    chief.get_by_label("Nom", exact=False).first.fill("site")
    chief.get_by_label("textes").check()
    chief.get_by_role("button", name="Émettre et montrer").click()
    secret = chief.get_by_label("Jeton", exact=True).input_value()
    chief.get_by_role("button", name="Copier : Jeton").click()
    expect(chief.get_by_role("status").filter(has_text="Copié")).to_be_visible()
    assert chief.evaluate("navigator.clipboard.readText()") == secret
    assert keys.find_token(secret).is_usable
    chief.get_by_role("link", name="Je l’ai copié").click()
    assert secret not in chief.content()
    chief.get_by_role("link", name="Révoquer site").click()
    chief.get_by_role("button", name="Confirmer").click()
    expect(chief.get_by_text("plus rien ne s’ouvre avec")).to_be_visible()
    assert not keys.find_token(secret).is_usable


def test_a_text_is_withdrawn_and_the_withdrawal_lifted(
    chief: Page, live_server: LiveServer, tribune: TribunePage
) -> None:
    chief.goto(f"{live_server.url}{reverse('wagtailadmin_pages:edit', args=[tribune.pk])}")
    chief.get_by_role("button", name="Actions").first.click()
    chief.get_by_role("link", name="Retirer ce texte").click()
    chief.get_by_role("button", name="Retirer ce texte").click()
    expect(chief.get_by_text("Champ requis.")).to_be_visible()
    chief.get_by_label("Motif public").fill("Les chiffres étaient faux.")
    chief.get_by_role("button", name="Retirer ce texte").click()
    expect(chief.get_by_text("est retiré. Ce qui en était publié")).to_be_visible()
    assert chief.request.get(f"{live_server.url}{tribune.url}").status == 410
    chief.get_by_role("link", name="La tribune").click()
    expect(chief.get_by_text("Ce texte est retiré depuis le")).to_be_visible()
    chief.get_by_role("link", name="Lever le retrait").click()
    chief.get_by_role("button", name="Lever le retrait").click()
    expect(chief.get_by_text("Le texte reste hors ligne")).to_be_visible()
    assert not Withdrawal.objects.standing().exists()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (800, "dark")])
def test_axe_finds_nothing_on_the_screens(
    chief: Page,
    live_server: LiveServer,
    tribune: TribunePage,
    partner: Partner,
    width: int,
    scheme: str,
    tmp_path: Path,
) -> None:
    other = TribuneFactory(parent=tribune.get_parent().specific, published=True)
    withdrawal = withdraw(other, reason="Une erreur.")
    token = PartnerToken.objects.get()
    viewset = Partner.snippet_viewset
    addresses = {
        "withdraw": reverse("cms_withdrawals:withdraw", args=[tribune.pk]),
        "withdrawals": reverse("cms_withdrawals:index"),
        "lift": reverse("cms_withdrawals:lift", args=[withdrawal.pk]),
        "partners": reverse(viewset.get_url_name("list")),
        "partner": reverse(viewset.get_url_name("inspect"), args=[partner.pk]),
        "token": reverse("tribunes_admin:issue_token", args=[partner.pk]),
        "feed": reverse("tribunes_admin:issue_feed", args=[partner.pk]),
        "revoke": reverse("tribunes_admin:revoke", args=[partner.pk, "jetons", token.pk]),
        "paste": reverse("tribunes_admin:paste", args=[tribune.pk]),
    }
    chief.set_viewport_size({"width": width, "height": 900})
    chief.emulate_media(color_scheme=scheme)
    found = {}

    def look(name: str) -> None:
        chief.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        chief.add_script_tag(path=node_module("axe-core") / "axe.min.js")
        if problems := chief.evaluate(AXE, TAGS):
            found[name] = problems

    for name, address in addresses.items():
        chief.goto(f"{live_server.url}{address}")
        look(name)
    chief.get_by_label("Liste des signataires").fill(f"{LIST}\n, maire")
    chief.get_by_role("button", name="Lire la liste").click()
    expect(chief.get_by_role("button", name="Ajouter au brouillon")).to_be_visible()
    look("proposals")
    chief.goto(f"{live_server.url}{addresses['feed']}")
    chief.get_by_label("Nom", exact=False).first.fill("veille")
    chief.get_by_role("button", name="Émettre et montrer").click()
    expect(chief.get_by_label("Atom", exact=True)).to_be_visible()
    look("secret")
    assert found == {}
