"""The delivery log in a real browser: axe, small screens, the keyboard."""

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from cms.services import set_up_site
from tests.components import node_module
from tests.e2e.conftest import base_url
from tests.e2e.test_accessibility import AXE, TAGS
from tests.factories.cms import UserFactory
from tests.tribunes.webhooks.acts import send, write
from tests.tribunes.webhooks.receiver import Receiver
from tribunes.models import WebhookEndpoint, WebhookMessage
from tribunes.webhooks.services import disable

__all__ = ["base_url"]  # a fixture

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WAGTAILS = 'landmark-unique: <form role="search"'
"""Wagtail gives its menu and the header of every filtered list a search of the same name."""


@pytest.fixture
def addresses(
    live_server: LiveServer, page: Page, endpoint: WebhookEndpoint, receiver: Receiver
) -> list[str]:
    """Log a chief in; give the addresses of the journal and of a message that failed."""
    set_up_site()
    client = Client()
    client.force_login(UserFactory(superuser=True))
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    receiver.status, receiver.answer = 500, b"x" * 500
    message = write(endpoint)
    send(message)
    return [
        live_server.url + reverse("tribunes_webhooks:journal"),
        live_server.url + reverse("tribunes_webhooks:message", args=[message.pk]),
    ]


def test_axe_finds_nothing(addresses: list[str], page: Page, endpoint: WebhookEndpoint) -> None:
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
        disable(endpoint, "Aucun succès depuis 5 jours.")
    assert not any(found.values()), found


def test_a_message_is_sent_again_with_the_keyboard(addresses: list[str], page: Page) -> None:
    page.goto(addresses[1])
    button = page.get_by_role("button", name="Renvoyer cette annonce")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_text("L’annonce est renvoyée.").wait_for()
    assert WebhookMessage.objects.get().tries == 0
