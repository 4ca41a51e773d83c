"""What readers see of a tribune: who wrote it, who signs it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from benchmarks.measure import queries
from cms.models import Image
from focus.models import FocusPage
from tests.factories.cms import ImageFactory, OrganisationFactory, PersonFactory
from tests.factories.focus import ArticleFactory, FocusFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.pages import bring_online, read, structured_data, text_of
from tribunes.models import TribuneAuthor, TribunePage, TribuneSignatory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(title="Vieillir", out=True)


def tribune(focus: FocusPage, **fields: object) -> TribunePage:
    """Publish a tribune."""
    return TribuneFactory(parent=focus, published=True, **fields)


def test_the_authors_are_introduced(client: Client, focus: FocusPage) -> None:
    page = tribune(focus)
    known = PersonFactory(
        first_name="Ada",
        last_name="Hôte",
        biography="Elle dirige un centre d’exemple : le premier.",
        website="https://exemple.invalid/ada",
        portrait=ImageFactory(),
    )
    page.authors.add(TribuneAuthor(person=known, sort_order=5))
    publish(page)
    bring_online(page)
    document = read(client, page)
    assert text_of(document.select_one(".text-hero .kicker")) == "Vieillir Tribune"
    assert len(document.select(".byline li")) == 2
    (author,) = document.select(".author")
    assert text_of(author) == "Ada Hôte Elle dirige un centre d’exemple\u00a0: le premier."
    assert author.a["href"] == "https://exemple.invalid/ada"
    assert author.img["alt"] == ""
    Image.objects.update(rights_expire_on=timezone.localdate().replace(year=2020, day=1))
    assert not read(client, page).select(".author img, .byline img")


def test_signatories_come_in_their_order_with_what_they_were(
    client: Client, focus: FocusPage
) -> None:
    page = tribune(focus)
    for order, name in enumerate(("Zoé", "Ada", "Bob")):
        organisation = OrganisationFactory(name=f"Département {name}")
        person = PersonFactory(
            first_name=name, last_name="Exemple", role="maire", organisation=organisation
        )
        row = TribuneSignatory(person=person, sort_order=order)
        page.signatories.add(row)
    publish(page)
    document = read(client, page)
    assert text_of(document.select_one("#signataires")) == "3 signataires"
    assert [text_of(line) for line in document.select(".signatories ol li")] == [
        f"{name} Exemple maire, Département {name}" for name in ("Zoé", "Ada", "Bob")
    ]
    assert not document.select(".signatories details")


def test_one_signatory_is_not_plural_and_none_is_not_there(
    client: Client, focus: FocusPage
) -> None:
    alone = read(client, tribune(focus, signatories=1)).select_one("#signataires")
    assert text_of(alone) == "1 signataire"
    assert not read(client, tribune(focus)).select(".signatories")


def test_hundreds_of_signatories_stay_readable(client: Client, focus: FocusPage) -> None:
    document = read(client, tribune(focus, signatories=143))
    shown, folded = document.select(".signatories ol")
    assert len(shown.select("li")) == 20
    assert len(folded.select("li")) == 123
    assert folded["start"] == "21"
    assert text_of(folded.parent.summary) == "Voir les 123 autres signataires"
    assert "open" not in folded.parent.attrs


def test_a_tribune_is_an_opinion_for_search_engines(client: Client, focus: FocusPage) -> None:
    page = tribune(focus, title="Ouvrons !")
    node, way = structured_data(read(client, page))["@graph"]
    assert (node["@type"], node["headline"]) == ("OpinionNewsArticle", "Ouvrons !")
    assert node["license"] == page.licence.url
    assert way["itemListElement"][-1]["item"] == page.full_url


def test_texts_of_the_same_author_lead_from_one_kind_to_the_other(
    client: Client, focus: FocusPage
) -> None:
    page = tribune(focus)
    author = page.authors.get().person
    article = ArticleFactory(parent=focus, people=[author], published=True)
    related = read(client, page).select_one(".related")
    assert text_of(related.h2) == f"Aussi signé {author.full_name}"
    assert related.select_one(".card-title a")["href"] == article.url
    back = read(client, article).select_one(".related .card-title a")
    assert back["href"] == page.url


def test_hundreds_of_signatories_cost_as_many_queries_as_one(focus: FocusPage) -> None:
    def cost(page: TribunePage) -> int:
        read(Client(), page)
        return queries(lambda: read(Client(), page))

    # Both tribunes are there when either is read: so are their neighbours.
    few, many = tribune(focus, signatories=1), tribune(focus, signatories=200)
    assert cost(few) == cost(many)


def test_more_signatories_than_one_query_can_name(client: Client, focus: FocusPage) -> None:
    page = tribune(focus, signatories=1100)
    assert len(read(client, page).select(".signatories li")) == 1100
    assert page.record.version == 1


def test_a_preview_signs_as_the_published_page_will(client: Client, focus: FocusPage) -> None:
    known = PersonFactory(role="présidente", biography="Elle préside.")
    page = TribuneFactory(parent=focus)
    typed = TribuneSignatory(person=known, role="gardienne", sort_order=0)
    page.signatories = [typed, TribuneSignatory(person=known, sort_order=1)]
    request = page.make_preview_request(preview_mode=page.default_preview_mode)
    document = BeautifulSoup(request.content, "html.parser")
    shown = [text_of(line) for line in document.select(".signatories ol li")]
    page.save(clean=False)
    publish(page)
    published = read(client, page).select(".signatories ol li")
    assert shown == [text_of(line) for line in published]
    assert known.organisation.name not in shown[0]
    assert known.organisation.name in shown[1]
