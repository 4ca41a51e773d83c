"""Reference/syndication.md §6, «web»: where a text was withdrawn, 410 with a notice."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from cms.withdrawing import lift, withdraw
from tests.factories.focus import ArticleFactory, FocusFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.pages import read, text_of
from tribunes.models import TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]
REASON = "Les chiffres étaient faux."
NOTE = "Plainte de la mairie."


@pytest.fixture
def tribune(db: None) -> TribunePage:
    """A tribune that is online."""
    return TribuneFactory(parent=FocusFactory(out=True), title="Ouvrons !", published=True)


def remove(tribune: TribunePage) -> str:
    """Withdraw a text; return the address at which readers had found it."""
    address = tribune.url
    withdraw(tribune, reason=REASON, note=NOTE)
    return address


def notice(client: Client, address: str) -> BeautifulSoup:
    """Return the notice at an address."""
    document = read(client, address, status=410)
    assert REASON in text_of(document.main)
    assert NOTE not in str(document)
    return document


def test_the_notice_explains_itself(client: Client, tribune: TribunePage) -> None:
    document = notice(client, remove(tribune))
    said = text_of(document.main)
    assert text_of(document.h1) == "Ouvrons\u202f!"
    today = timezone.localdate().isoformat()
    assert [time["datetime"] for time in document.select("main time")] == [today, today]
    assert "dépublier votre copie" in said
    assert document.select_one("meta[name=robots]")["content"] == "noindex"
    assert "Un premier paragraphe" not in str(document)
    assert tribune.chapo not in str(document)


def test_a_robot_that_asks_for_the_head_is_told_the_same(
    client: Client, tribune: TribunePage
) -> None:
    answer = client.head(remove(tribune))
    assert (answer.status_code, answer.content) == (410, b"")
    assert answer["Cache-Control"] == "no-cache"


def test_the_address_answers_in_all_its_forms(client: Client, tribune: TribunePage) -> None:
    address = remove(tribune)
    for form in (
        address[:-1],
        f"{address}?utm_source=lettre",
        address.replace("/", "//")[1:],
        f"{address}/",
    ):
        notice(client, form)


def test_an_article_is_told_of_as_well(client: Client) -> None:
    article = ArticleFactory(parent=FocusFactory(out=True), published=True)
    notice(client, remove(article))


def test_the_notice_outlives_the_page(client: Client, tribune: TribunePage) -> None:
    address = remove(tribune)
    tribune.refresh_from_db()
    tribune.delete()
    notice(client, address)


def test_the_notice_stays_when_the_page_is_renamed_or_moved(
    client: Client, tribune: TribunePage
) -> None:
    address = remove(tribune)
    tribune.refresh_from_db()
    tribune.slug = "autre-nom"
    tribune.save()
    notice(client, address)
    tribune.move(FocusFactory(out=True, semester=1), pos="last-child")
    notice(client, address)
    notice(client, TribunePage.objects.get().get_url())


def test_the_notice_goes_before_a_redirection(client: Client, tribune: TribunePage) -> None:
    address = remove(tribune)
    Redirect.add_redirect(address, redirect_to="https://exemple.invalid/")
    notice(client, address)


def test_an_older_address_leads_to_the_notice(client: Client, tribune: TribunePage) -> None:
    old = tribune.url
    tribune.slug = "nouveau-nom"
    publish(tribune)
    if not Redirect.objects.exists():
        Redirect.add_redirect(old, redirect_to=tribune)
    address = remove(tribune)
    answer = client.get(old, follow=True)
    assert answer.redirect_chain[-1][0].endswith(address)
    assert answer.status_code == 410


def test_what_the_public_never_read_is_not_told_of(client: Client, tribune: TribunePage) -> None:
    focus = tribune.get_parent()
    private = TribuneFactory(parent=focus, title="Privée", published=True)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    hour = timezone.now() + timedelta(hours=1)
    held = TribuneFactory(parent=focus, title="Tenue", published=True, embargoed_until=hour)
    for hidden in (private, held):
        address = remove(hidden)
        assert hidden.title not in str(read(client, address, status=404))
        hidden.refresh_from_db()
        hidden.delete()
        assert hidden.title not in str(read(client, address, status=404))


def test_a_withdrawal_is_told_until_the_text_is_published_again(
    client: Client, tribune: TribunePage
) -> None:
    address = tribune.url
    lift(withdraw(tribune, reason=REASON))
    read(client, address, status=410)
    tribune.refresh_from_db()
    publish(tribune)
    read(client, address)


def test_a_text_that_takes_the_address_is_read(client: Client, tribune: TribunePage) -> None:
    address, focus = remove(tribune), tribune.get_parent()
    tribune.refresh_from_db()
    tribune.delete()
    focus.refresh_from_db()
    TribuneFactory(parent=focus, title="Neuve", slug=tribune.slug, published=True)
    assert text_of(read(client, address).h1) == "Neuve"


def test_other_addresses_are_as_before(client: Client, tribune: TribunePage) -> None:
    address = remove(tribune)
    read(client, f"{address}autre/", status=404)
    read(client, "/nulle-part/", status=404)
    assert client.post(address).status_code == 404
