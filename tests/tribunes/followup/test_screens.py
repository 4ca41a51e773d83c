"""Reports, republications and notices in a real browser: axe, small screens, the keyboard."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from cms.services import set_up_site
from tests.components import node_module
from tests.e2e.conftest import base_url
from tests.e2e.test_accessibility import AXE, TAGS
from tests.factories.cms import UserFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.followup.acts import copy, correct, pull, record_of, retract
from tribunes.followup import links
from tribunes.models import Notice, RepublicationCheck

__all__ = ["base_url"]  # a fixture

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

WAGTAILS = 'landmark-unique: <form role="search"'
"""Wagtail gives its menu and the header of every filtered list a search of the same name."""


@pytest.fixture
def addresses(live_server: LiveServer, page: Page) -> list[str]:
    """Log a chief in; give the addresses of every screen, each with something to show."""
    set_up_site()
    client = Client()
    client.force_login(UserFactory(superuser=True))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    partner = PartnerFactory()
    tribune = TribuneFactory(
        parent=FocusFactory(out=True),
        title="Une tribune d’exemple au titre assez long pour un petit écran",
        published=True,
    )
    tribune.reply_received_on = timezone.localdate()
    tribune.save_revision()
    for months in range(12):
        for _ in range(months % 5):
            pull(partner, tribune, at=timezone.now() - timedelta(days=30 * months))
    row = copy(partner, tribune, f"https://partenaire.exemple.invalid/{'chemin-' * 20}")
    RepublicationCheck.objects.create(
        republication=row,
        state="wrong",
        findings=[
            {"code": level, "level": level, "text": "Une phrase."}
            for level in ("ok", "warn", "wrong")
        ],
    )
    correct(tribune)
    retract(tribune)
    answered, waiting = Notice.objects.order_by("pk")
    Notice.objects.filter(pk=answered.pk).update(
        acknowledged_at=timezone.now(), acknowledged_by="Ada", acknowledged_url=row.url
    )
    names = ("tribunes", "partners", "pulls", "copies", "notices", "signers", "replies", "declare")
    paths = [
        *(reverse(f"tribunes_reports:{name}") for name in names),
        reverse("tribunes_reports:tribune", args=(record_of(tribune).pk,)),
        reverse("tribunes_reports:partner", args=(partner.pk,)),
        reverse("tribunes_reports:copy", args=(row.pk,)),
        *(
            reverse("tribunes_notice", args=(links.token_of(notice),))
            for notice in (answered, waiting)
        ),
    ]
    return [live_server.url + path for path in paths]


def test_axe_finds_nothing(addresses: list[str], page: Page) -> None:
    found = {}
    for width, scheme in ((1280, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
            problems = page.evaluate(AXE, TAGS)
            found[address, width] = [line for line in problems if not line.startswith(WAGTAILS)]
            assert page.evaluate("document.documentElement.scrollWidth") == width, address
    assert not any(found.values()), {key: lines for key, lines in found.items() if lines}


def test_a_notice_is_acknowledged_with_the_keyboard(addresses: list[str], page: Page) -> None:
    page.goto(addresses[-1])
    page.get_by_label("Votre nom").focus()
    page.keyboard.type("Ada Hôte")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Accusé de réception le").wait_for()
    assert Notice.objects.get(kind="withdrawal").acknowledged_by == "Ada Hôte"
