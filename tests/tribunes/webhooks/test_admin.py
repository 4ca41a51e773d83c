"""«Journal des envois»: editors see everything, those who may send again."""

import csv
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories.cms import UserFactory
from tests.factories.partners import PartnerFactory
from tests.pages import read, text_of
from tests.tribunes.webhooks.acts import send, write
from tests.tribunes.webhooks.receiver import Receiver
from tribunes.models import WebhookEndpoint, WebhookMessage
from tribunes.webhooks.events import EVENTS
from tribunes.webhooks.services import disable

pytestmark = pytest.mark.django_db
JOURNAL = "tribunes_webhooks:journal"


def somebody(*permissions: str) -> Client:
    """Log somebody in who may enter the admin, and what is named."""
    user = UserFactory()
    names = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def reader() -> Client:
    """Give somebody who may look."""
    return somebody("view_webhookmessage")


@pytest.fixture
def chief() -> Client:
    """Give somebody who may send again."""
    return somebody("view_webhookmessage", "change_webhookmessage")


def address(name: str, message: WebhookMessage) -> str:
    return reverse(f"tribunes_webhooks:{name}", args=[message.pk])


def test_the_journal_shows_what_became_of_every_message(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Client
) -> None:
    receiver.status = 500
    message = write(endpoint)
    send(message)
    shown = text_of(read(reader, reverse(JOURNAL)).select_one("table"))
    for text in ("tribune.corrected", str(endpoint.partner), "Site", "en attente", "500"):
        assert text in shown
    detail = read(reader, address("message", message))
    assert message.payload in detail.text
    assert str(message.uuid) in detail.text
    assert not detail.select("main form")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"state": "sent"}, 1),
        ({"state": "waiting"}, 2),
        ({"event_type": "tribune.updated"}, 1),
        ({"event_type": "inconnu"}, 3),
        ({"endpoint__partner": "first"}, 2),
    ],
)
def test_it_is_filtered(
    endpoint: WebhookEndpoint, reader: Client, query: dict[str, str], count: int
) -> None:
    other = WebhookEndpoint.objects.create(
        partner=PartnerFactory(), name="Autre", url=endpoint.url, events=list(EVENTS)
    )
    send(write(endpoint))
    write(endpoint, "tribune.updated")
    write(other)
    if "endpoint__partner" in query:
        query = {"endpoint__partner": str(endpoint.partner_id)}
    document = read(reader, f"{reverse(JOURNAL)}?" + "&".join(f"{k}={v}" for k, v in query.items()))
    assert len(document.select("main table tbody tr")) == count


def test_what_a_partner_answers_is_shown_as_text(
    endpoint: WebhookEndpoint, receiver: Receiver, reader: Client
) -> None:
    receiver.status, receiver.answer = 500, b"<script>alert(1)</script>"
    message = write(endpoint)
    send(message)
    document = read(reader, address("message", message))
    assert "<script>alert(1)</script>" in text_of(document.select("pre")[1])


def test_who_may_send_again_does(
    endpoint: WebhookEndpoint, receiver: Receiver, chief: Client
) -> None:
    message = write(endpoint)
    send(message)
    (form,) = read(chief, address("message", message)).select("main form")
    answer = chief.post(form["action"], follow=True)
    assert "L’annonce est renvoyée." in answer.content.decode()
    message.refresh_from_db()
    assert (message.state, message.tries) == ("waiting", 0)


def test_a_disabled_endpoint_says_why_and_is_enabled_first(
    endpoint: WebhookEndpoint, chief: Client
) -> None:
    message = write(endpoint)
    disable(endpoint, "Aucun succès depuis 5 jours.")
    answer = chief.post(address("replay", message), follow=True)
    assert "réactivez-le" in answer.content.decode()
    document = read(chief, address("message", message))
    assert "Aucun succès depuis 5 jours." in text_of(document.select_one(".help-warning"))
    (form,) = document.select("main form")
    chief.post(form["action"])
    endpoint.refresh_from_db()
    assert endpoint.is_active


def test_the_others_may_not(endpoint: WebhookEndpoint, reader: Client, chief: Client) -> None:
    message = write(endpoint)
    stranger = somebody()
    for url in (reverse(JOURNAL), address("message", message)):
        assert stranger.get(url).status_code in (302, 403)
        assert Client().get(url).status_code == 302
        assert reader.get(url).status_code == 200
    disable(endpoint, "Essai.")
    for name in ("replay", "enable"):
        for client in (stranger, reader, Client()):
            assert client.post(address(name, message)).status_code in (302, 403)
        assert chief.get(address(name, message)).status_code == 405
    endpoint.refresh_from_db()
    assert not endpoint.is_active
    guarded = Client(enforce_csrf_checks=True)
    guarded.cookies = chief.cookies
    assert guarded.post(address("enable", message)).status_code == 403


def test_the_menu_shows_it_to_those_who_may_look(reader: Client) -> None:
    home = reverse("wagtailadmin_home")
    assert reverse(JOURNAL) in reader.get(home).content.decode()
    assert reverse(JOURNAL) not in somebody().get(home).content.decode()


def test_the_journal_costs_the_same_for_many_messages(
    endpoint: WebhookEndpoint, reader: Client
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            reader.get(reverse(JOURNAL))
        return len(captured)

    write(endpoint)
    queries()
    few = queries()
    for _ in range(9):
        other = WebhookEndpoint.objects.create(
            partner=PartnerFactory(), name="Autre", url=endpoint.url, events=list(EVENTS)
        )
        write(other)
    assert queries() == few


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_partners_wrote_is_no_formula_in_a_spreadsheet(
    endpoint: WebhookEndpoint, reader: Client, form: str
) -> None:
    """OWASP, CSV injection: a name that partners choose, and what their servers answer."""
    WebhookEndpoint.objects.update(name='=HYPERLINK("https://x.example")')
    organisation = endpoint.partner.organisation
    organisation.name = "+Mutuelle"
    organisation.save()
    message = write(endpoint)
    WebhookMessage.objects.filter(pk=message.pk).update(last_error="@SUM(A1)")
    answer = reader.get(reverse(JOURNAL), {"export": form})
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if form == "csv":
        rows = list(csv.reader(content.decode().splitlines()))
    else:
        sheet = load_workbook(BytesIO(content)).active
        rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    cells = rows[1]
    for text in ('=HYPERLINK("https://x.example")', "+Mutuelle", "@SUM(A1)"):
        assert f"'{text}" in cells
        assert text not in cells
    assert cells[0] == str(message.uuid)
    assert all(rows[0])
