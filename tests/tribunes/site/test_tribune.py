"""The page of a tribune: who they were on the day, what was corrected, who answered."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from benchmarks.measure import queries
from cms.withdrawing import withdraw
from focus.models import FocusPage
from tests.factories.cms import LicenceFactory, PersonFactory, TerritoryFactory, ThemeFactory
from tests.factories.focus import FocusFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.pages import read, structured_data, text_of
from tests.tribunes.site.pages import TribuneIndexFactory
from tribunes.models import (
    TribuneAuthor,
    TribuneCorrection,
    TribuneIndexPage,
    TribunePage,
    TribuneSignatory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(title="Vieillir", out=True)


@pytest.fixture
def index(db: None) -> TribuneIndexPage:
    """The page of all tribunes."""
    return TribuneIndexFactory()


def published(parent: FocusPage | TribuneIndexPage, **fields: object) -> TribunePage:
    """Publish a tribune."""
    return TribuneFactory(parent=parent, published=True, **fields)


def test_signatories_and_authors_are_what_they_were_on_the_day(
    client: Client, focus: FocusPage
) -> None:
    tribune = published(focus)
    person = PersonFactory(
        first_name="Nour",
        last_name="Delmas",
        role="maire",
        organisation__name="Ville d’exemple",
        biography="Elle est infirmière.",
    )
    said = {
        "person": person,
        "role": "maire",
        "organisation": "Ville d’exemple",
        "territory": TerritoryFactory(code="46", name="Lot"),
        "interests": "Administratrice de la mutuelle Exemple.",
    }
    tribune.signatories.add(TribuneSignatory(**said))
    tribune.authors.add(TribuneAuthor(**said, sort_order=3))
    publish(tribune)
    person.biography, person.role = "Elle est ministre.", "ministre"
    person.save()
    document = read(client, tribune)
    (line,) = document.select(".signatories li")
    territory = TerritoryFactory(code="46").name
    assert text_of(line) == (
        f"Nour Delmas maire, Ville d’exemple · {territory} Elle est infirmière. "
        "Liens d’intérêts\u00a0: Administratrice de la mutuelle Exemple."
    )
    (author,) = document.select(".author")
    assert text_of(author) == (
        "Nour Delmas Elle est infirmière. "
        "Liens d’intérêts\u00a0: Administratrice de la mutuelle Exemple."
    )
    assert "ministre" not in str(document)


def test_a_grave_correction_is_on_top_whole(client: Client, focus: FocusPage) -> None:
    tribune = published(focus)
    tribune.corrections.add(
        TribuneCorrection(date=date(2026, 5, 2), text="Ils sont onze.", severity="high"),
        TribuneCorrection(date=date(2026, 6, 1), text="Le bus passe le jeudi."),
    )
    publish(tribune)
    document = read(client, tribune)
    first, second, *_ = document.select(".text-body > *")
    assert "1er\u00a0juin 2026" in text_of(first)
    assert text_of(second) == "Correction grave du 2\u00a0mai 2026\u00a0: Ils sont onze."
    assert len(document.select(".is-grave")) == 1
    assert len(document.select("#corrections ~ dl dd")) == 2


def test_a_droit_de_reponse_and_its_text_name_each_other(client: Client, focus: FocusPage) -> None:
    tribune = published(focus, title="Attaque")
    reply = published(focus, title="Réponse", replies_to=tribune)
    document = read(client, reply)
    assert text_of(document.select_one(".text-hero .kicker")) == "Vieillir Droit de réponse"
    notice = document.select_one(".text-body > .notice")
    assert "Droit de réponse à la tribune «\u202fAttaque\u202f»" in text_of(notice)
    assert notice.a["href"] == tribune.url
    notice = read(client, tribune).select_one(".text-body > .notice")
    assert "«\u202fRéponse\u202f»" in text_of(notice)
    assert notice.a["href"] == reply.url


def test_a_droit_de_reponse_says_when_it_was_asked_for(focus: FocusPage) -> None:
    """Its legal delay runs from that day."""
    reply = TribuneFactory(parent=focus, replies_to=published(focus), reply_received_on=None)
    assert list(reply.publishing_problems()) == ["reply_received_on"]
    reply.reply_received_on = timezone.localdate()
    assert reply.publishing_problems() == {}


@pytest.mark.parametrize("state", ["draft", "embargo", "private", "withdrawn"])
def test_a_text_that_the_public_may_not_read_is_not_named(
    client: Client, focus: FocusPage, state: str
) -> None:
    tribune = published(focus, title="Visible")
    for hidden in (
        TribuneFactory(parent=focus, title="Cachée d’un côté", replies_to=tribune),
        TribuneFactory(parent=focus, title="Cachée de l’autre"),
    ):
        if state != "draft":
            publish(hidden)
        if state == "embargo":
            hidden.embargoed_until = timezone.now() + timedelta(hours=1)
            publish(hidden)
        if state == "private":
            PageViewRestriction.objects.create(page=hidden, restriction_type="login")
        if state == "withdrawn":
            withdraw(hidden, reason="Erreur.")
        if hidden.replies_to is None:
            tribune.replies_to, tribune.reply_received_on = hidden, timezone.localdate()
            publish(tribune)
    document = read(client, tribune)
    assert "Cachée" not in str(document)
    assert not document.select(".text-body > .notice")


def test_a_tribune_without_focus_speaks_of_no_focus(
    client: Client, index: TribuneIndexPage
) -> None:
    first, tribune = published(index, title="Première"), published(index, title="Seule")
    tribune.themes.add(ThemeFactory(name="Habitat", slug="habitat"))
    publish(tribune)
    document = read(client, tribune)
    assert "focus" not in text_of(document.main).lower()
    assert text_of(document.select_one(".text-hero .kicker")) == "Tribune"
    assert document.select_one(".text-hero .kicker a")["href"] == index.url
    assert not document.select(".neighbours")
    assert document.select_one(".tags a")["href"] == f"{index.url}?theme=habitat"
    assert "Première" not in text_of(document.main)
    read(client, document.select_one(".tags a")["href"])
    way = structured_data(document)["@graph"][-1]["itemListElement"]
    assert [step["name"] for step in way] == ["Solutions solidaires", "Tribunes", "Seule"]
    assert first.live


def test_without_public_index_a_tribune_leads_nowhere(
    client: Client, index: TribuneIndexPage
) -> None:
    tribune = published(index)
    index.unpublish()
    assert not read(client, tribune).select(".text-hero .kicker a")


def test_it_can_be_taken_when_anybody_may(client: Client, focus: FocusPage) -> None:
    link = read(client, published(focus)).select_one(".take a")
    assert text_of(link) == "Reprendre cette tribune"
    assert read(client, link["href"]).h1
    yesterday = timezone.localdate() - timedelta(days=1)
    for fields in (
        {"licence": LicenceFactory(code="reprise-interdite")},
        {"licence_expires_on": yesterday},
        {"for_web": False},
    ):
        assert not read(client, published(focus, **fields)).select(".take"), fields


def test_a_preview_shows_what_is_typed_and_not_saved_yet(index: TribuneIndexPage) -> None:
    person = PersonFactory(first_name="Nour", last_name="Delmas", biography="Elle est infirmière.")
    answered = TribuneFactory(parent=index, title="Brouillon répondu")
    new = TribunePage(title="Neuve", slug="neuve", chapo="…", replies_to=answered)
    new.signatories.add(TribuneSignatory(person=person))
    new.authors.add(TribuneAuthor(person=person))
    new.set_url_path(index)
    new.path = f"{index.path}0009"
    new.depth = index.depth + 1
    document = BeautifulSoup(new.make_preview_request().rendered_content, "html.parser")
    assert "Elle est infirmière." in text_of(document.select_one(".signatories li"))
    assert "Elle est infirmière." in text_of(document.select_one(".author"))
    assert "Brouillon répondu" in text_of(document.select_one(".text-body > .notice"))
    assert not document.select(".take")


def test_its_page_costs_as_many_queries_with_much_as_with_little(focus: FocusPage) -> None:
    def cost(page: TribunePage) -> int:
        read(Client(), page)
        return queries(lambda: read(Client(), page))

    few, many = published(focus, signatories=1), published(focus, signatories=100)
    territory = TerritoryFactory()
    few.signatories.update(territory=territory)
    many.signatories.update(territory=territory)
    published(focus, replies_to=few)
    for _ in range(4):
        published(focus, replies_to=many)
    assert cost(few) == cost(many)
