"""An editor declares a republication, has it looked at again, removes a mistake."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.roles import EDITORS, grant
from tests.factories.cms import UserFactory
from tests.pages import text_of
from tests.tribunes.followup.acts import copy, record_of
from tribunes.models import Partner, Republication, RepublicationCheck, TribunePage

pytestmark = pytest.mark.django_db

URL = "https://partenaire.exemple.invalid/une-place"


@pytest.fixture(autouse=True)
def signed_in(client: Client, tribune: TribunePage) -> None:
    """Somebody of the newsroom, signed in."""
    user = UserFactory(
        groups=[grant(EDITORS, pages_under=tribune.get_parent())],
        first_name="Ada",
        last_name="Hôte",
    )
    client.force_login(user)


def address(name: str, *args: object) -> str:
    return reverse(f"tribunes_reports:{name}", args=args)


def form(tribune: TribunePage, partner: Partner, **fields: object) -> dict[str, object]:
    day = timezone.localdate()
    said = {"record": record_of(tribune).pk, "partner": partner.pk, "published_on": day, "url": URL}
    return said | fields


def test_an_editor_declares_for_a_partner(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    answer = client.post(address("declare"), form(tribune, partner))
    row = Republication.objects.get()
    assert answer["Location"] == address("copy", row.pk)
    assert (row.url, row.version, row.declared_by) == (URL, 1, "Ada Hôte")
    client.post(address("declare"), form(tribune, partner, url="", printed_in="Le Journal"))
    assert Republication.objects.get(url="").state == "printed"


def test_the_form_comes_with_the_tribune_one_came_from(
    client: Client, tribune: TribunePage
) -> None:
    answer = client.get(address("declare"), {"record": record_of(tribune).pk})
    page = BeautifulSoup(answer.content, "html.parser")
    assert text_of(page.select_one("#id_record option[selected]")) == "Ouvrir les portes"


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"url": "http:///x"}, "url"),
        ({"url": ""}, "url"),
        ({"version": 9}, "version"),
        ({"record": 0}, "record"),
        ({"published_on": timezone.localdate() + timedelta(days=1)}, "published_on"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    client: Client, tribune: TribunePage, partner: Partner, fields: dict[str, object], named: str
) -> None:
    answer = client.post(address("declare"), form(tribune, partner, **fields))
    assert answer.status_code == 422
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one(f"[name={named}]")["aria-invalid"] == "true"
    assert not Republication.objects.exists()


def test_a_copy_shows_what_was_found_with_its_dates(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    row = copy(partner, tribune, URL, state="wrong", checked_at=timezone.now())
    for text in ("Le lien obligatoire manque.", "La mention obligatoire manque."):
        finding = {"code": "link", "level": "wrong", "text": text}
        RepublicationCheck.objects.create(republication=row, state="wrong", findings=[finding])
    page = BeautifulSoup(client.get(address("copy", row.pk)).content, "html.parser")
    heads = [text_of(head) for head in page.select(".follow-checks h3")]
    moments = [timezone.localtime(check.at) for check in row.checks.all()]
    assert heads == [f"{at:%d/%m/%Y à %H:%M}\u00a0: à reprendre" for at in moments]
    said = text_of(page.select_one(".follow-wrong"))
    assert said == "À reprendre. La mention obligatoire manque."
    assert client.get(address("copy", 0)).status_code == 404


def test_a_page_is_looked_at_again_on_demand_by_post_alone(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    row, printed = copy(partner, tribune, URL), copy(partner, tribune, "", printed_in="Le Journal")
    assert client.get(address("recheck", row.pk)).status_code == 405
    for one in (row, printed):
        client.post(address("recheck", one.pk))
        one.refresh_from_db()
    assert row.check_at is not None
    assert printed.check_at is None


def test_a_mistaken_declaration_is_removed_by_post_alone(
    client: Client, tribune: TribunePage, partner: Partner
) -> None:
    row = copy(partner, tribune, URL)
    assert client.get(address("remove", row.pk)).status_code == 405
    answer = client.post(address("remove", row.pk))
    assert answer["Location"] == address("tribune", record_of(tribune).pk)
    assert not Republication.objects.exists()


def test_what_changes_something_wants_the_token_of_the_form(
    tribune: TribunePage, partner: Partner
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(superuser=True))
    row = copy(partner, tribune, URL)
    for name, args in (("declare", ()), ("recheck", (row.pk,)), ("remove", (row.pk,))):
        assert strict.post(address(name, *args), form(tribune, partner)).status_code == 403
    assert Republication.objects.count() == 1
