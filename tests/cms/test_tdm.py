"""Reference/syndication.md §5, «text and data mining»: one answer, in a file and in headers."""

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page

from cms.licences import mining
from tests.factories.cms import LicenceFactory
from tests.factories.focus import ArticleFactory, FocusFactory
from tests.factories.tribunes import TribuneFactory

POLICY = f"{settings.SITE_URL}/.well-known/tdm-policy.json"


def test_the_file_reserves_the_whole_site_and_names_the_policy(client: Client) -> None:
    answer = client.get("/.well-known/tdmrep.json")
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == [{"location": "/", "tdm-reservation": 1, "tdm-policy": POLICY}]
    assert client.head("/.well-known/tdmrep.json").status_code == 200
    assert client.post("/.well-known/tdmrep.json").status_code == 405


def test_the_policy_says_whom_to_ask(client: Client) -> None:
    answer = client.get("/.well-known/tdm-policy.json")
    assert answer["Content-Type"] == "application/ld+json"
    policy = answer.json()
    assert policy["uid"] == POLICY
    assert policy["assigner"]["vcard:hasEmail"] == f"mailto:{settings.CONTACT_EMAIL}"
    (permission,) = policy["permission"]
    assert permission["action"] == "tdm:mine"
    assert permission["duty"] == [{"action": "obtainConsent"}]


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("cc-by-4.0", "allowed"),
        ("cc-by-sa-4.0", "allowed"),
        ("cc0-1.0", "allowed"),
        ("etalab-2.0", "allowed"),
        ("cc-by-nd-4.0", "reserved"),
        ("cc-by-nc-4.0", "reserved"),
        ("cc-by-nc-sa-4.0", "reserved"),
        ("tous-droits-reserves", "reserved"),
        ("", "reserved"),
    ],
)
def test_a_licence_decides(code: str, answer: str) -> None:
    assert mining(code) == answer


@pytest.mark.django_db
@pytest.mark.usefixtures("s3")
@pytest.mark.parametrize("factory", [ArticleFactory, TribuneFactory])
def test_a_text_says_so_in_its_headers(client: Client, factory: type) -> None:
    focus = FocusFactory(out=True, licence=LicenceFactory(code="cc-by-sa-4.0"))
    reserved = factory(parent=focus, published=True, licence=LicenceFactory(code="cc-by-nd-4.0"))
    assert headers(client, reserved) == ("1", POLICY)
    inherited = factory(parent=focus, published=True, licence=None)
    assert headers(client, inherited) == ("0", None)
    focus.licence = None
    focus.save_revision().publish()
    assert headers(client, inherited) == ("1", POLICY)


def headers(client: Client, page: Page) -> tuple[str | None, str | None]:
    """Return what the headers of a page say."""
    answer = client.get(page.url)
    assert answer.status_code == 200
    return answer.get("tdm-reservation"), answer.get("tdm-policy")
