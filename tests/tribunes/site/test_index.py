"""All tribunes: which are listed, how they are searched, what is said of each."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from benchmarks.measure import queries
from cms.withdrawing import withdraw
from tests.factories.cms import ImageFactory, PersonFactory, ThemeFactory
from tests.factories.focus import FocusFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.pages import bring_online, read, structured_data, text_of
from tests.tribunes.site.pages import TribuneIndexFactory
from tribunes.models import TribuneAuthor, TribuneIndexPage, TribunePage, TribuneSignatory
from tribunes.site.index import PER_PAGE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def index(db: None) -> TribuneIndexPage:
    """The page of all tribunes."""
    return TribuneIndexFactory()


def alone(index: TribuneIndexPage, **fields: object) -> TribunePage:
    """Publish a tribune without focus."""
    return TribuneFactory(parent=index, published=True, **fields)


def index_everything() -> None:
    """Let the search engine know of all pages, as the worker does."""
    call_command("update_index", verbosity=0)


def titles(document: BeautifulSoup) -> list[str]:
    """Return the titles of the cards."""
    return [text_of(title) for title in document.select(".tribunes .card-title")]


def test_tribunes_of_focuses_and_those_alone_are_listed_newest_first(
    client: Client, index: TribuneIndexPage
) -> None:
    old = alone(index, title="Ancienne")
    TribunePage.objects.filter(pk=old.pk).update(
        first_published_at=timezone.now() - timedelta(days=9)
    )
    TribuneFactory(parent=FocusFactory(out=True), title="Du focus", published=True)
    alone(index, title="Récente")
    assert titles(read(client, index)) == ["Récente", "Du focus", "Ancienne"]


def test_what_the_public_may_not_read_is_not_listed_nor_found(
    client: Client, index: TribuneIndexPage
) -> None:
    alone(index, title="Publique mot")
    TribuneFactory(parent=index, title="Brouillon mot")
    alone(index, title="Sous embargo mot", embargoed_until=timezone.now() + timedelta(hours=1))
    PageViewRestriction.objects.create(
        page=alone(index, title="Privée mot"), restriction_type="login"
    )
    withdraw(alone(index, title="Retirée mot"), reason="Erreur.")
    alone(index, title="Dépubliée mot").unpublish()
    index_everything()
    assert titles(read(client, index)) == ["Publique mot"]
    assert titles(read(client, f"{index.url}?q=mot")) == ["Publique mot"]


def test_a_card_says_who_wrote_it_how_many_sign_and_when(
    client: Client, index: TribuneIndexPage
) -> None:
    tribune = alone(index, signatories=3, picture=ImageFactory())
    bring_online(tribune)
    (card,) = read(client, index).select(".tribunes .card")
    author = tribune.authors.get().person.full_name
    said = text_of(card.select_one(".meta"))
    assert said.startswith(f"Par {author} 3 signataires ")
    assert card.time["datetime"] == timezone.localdate().isoformat()
    assert card.img["src"].startswith(settings.OBJECT_STORAGE["PUBLIC_URL"])
    assert card.a["href"] == tribune.url
    one, none = alone(index, title="Une", signatories=1), alone(index, title="Aucune")
    cards = {text_of(card.h3): text_of(card) for card in read(client, index).select(".card")}
    assert " 1 signataire " in cards[one.title]
    assert "signataire" not in cards[none.title]


def test_a_droit_de_reponse_is_called_so(client: Client, index: TribuneIndexPage) -> None:
    answered = alone(index, title="Attaque")
    alone(index, title="Réponse", replies_to=answered)
    first, second = read(client, index).select(".card")
    assert text_of(first.select_one(".kicker")) == "Droit de réponse"
    assert not second.select(".kicker")


def test_words_are_looked_for_in_title_chapo_and_text(
    client: Client, index: TribuneIndexPage
) -> None:
    alone(index, title="Le logement d’abord")
    alone(index, title="Autre", chapo="Il y est question de logement.")
    alone(index, title="Sans rapport", chapo="Rien.")
    index_everything()
    found = read(client, f"{index.url}?q=logement")
    assert sorted(titles(found)) == ["Autre", "Le logement d’abord"]
    assert text_of(found.select_one("#trouvees")) == "2 tribunes pour «\u202flogement\u202f»"
    assert found.select_one("#recherche")["value"] == "logement"
    assert titles(read(client, f"{index.url}?q=logement+abord")) == ["Le logement d’abord"]
    assert len(titles(read(client, f"{index.url}?q=gras"))) == 3  # in the body of all


def test_a_tribune_is_found_by_who_wrote_or_signed_it(
    client: Client, index: TribuneIndexPage
) -> None:
    tribune = alone(index, title="Signée")
    alone(index, title="Sans elle")
    for name in ("Nour", "Zoé"):
        person = PersonFactory(first_name=name, last_name="Delmas")
        tribune.signatories.add(TribuneSignatory(person=person, organisation="Mutuelle Exemple"))
    tribune.authors.add(TribuneAuthor(person=PersonFactory(last_name="Martin-Dupont")))
    publish(tribune)
    index_everything()
    for words in ("nour delmas", "Delmas", "zoé", "mutuelle exemple", "martin-dupont"):
        assert titles(read(client, f"{index.url}?q={words}")) == ["Signée"], words


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "'",
        "*",
        "((",
        "AND",
        "NOT OR",
        "a:b",
        "%",
        "\\",
        "\x00",
        "🌳",
        "x" * 5000,
        "-",
        "^",
        ";--",
    ],
)
def test_whatever_is_typed_is_looked_for(
    client: Client, index: TribuneIndexPage, words: str
) -> None:
    alone(index)
    answer = client.get(index.url, {"q": words})
    assert answer.status_code == 200
    document = BeautifulSoup(answer.content, "html.parser")
    assert "\x00" not in document.select_one("#recherche")["value"]
    assert len(document.select_one("#recherche")["value"]) <= 200


def test_nothing_found_says_so_and_is_not_indexed(client: Client, index: TribuneIndexPage) -> None:
    assert "paraît bientôt" in text_of(read(client, index).select_one(".notice"))
    alone(index)
    document = read(client, f"{index.url}?q=introuvable")
    assert "Aucune tribune" in text_of(document.select_one(".notice"))
    assert document.select_one("meta[name=robots]")["content"] == "noindex"
    assert not read(client, index).select("meta[name=robots]")


def test_a_theme_narrows_the_list_and_is_left_by_choosing_it_again(
    client: Client, index: TribuneIndexPage
) -> None:
    housing, _ = ThemeFactory(name="Habitat", slug="habitat"), ThemeFactory(slug="autre")
    tribune = alone(index, title="Sur l’habitat")
    tribune.themes.add(housing)
    publish(tribune)
    alone(index, title="Sur rien")
    index_everything()
    (choice,) = read(client, index).select(".choices a")
    found = read(client, choice["href"])
    assert titles(found) == ["Sur l’habitat"]
    assert found.select_one("link[rel=canonical]")["href"] == f"{index.full_url}?theme=habitat"
    (chosen,) = found.select(".choices a")
    assert chosen["aria-current"] == "true"
    assert len(titles(read(client, chosen["href"]))) == 2
    both = read(client, f"{index.url}?q=habitat&theme=habitat")
    assert titles(both) == ["Sur l’habitat"]
    assert both.select_one("input[name=theme]")["value"] == "habitat"


@pytest.mark.parametrize(
    "query", ["theme=autre", "theme=nulle-part", "page=0", "page=2", "page=x", "page=-1", "page=²"]
)
def test_an_address_that_means_nothing_makes_no_page(
    client: Client, index: TribuneIndexPage, query: str
) -> None:
    ThemeFactory(slug="autre")
    alone(index)
    read(client, f"{index.url}?{query}", status=404)


def test_pages_lead_to_each_other_and_keep_the_search(
    client: Client, index: TribuneIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tribunes.site.index.PER_PAGE", 2)
    for number in range(5):
        alone(index, title=f"Mot {number}")
    index_everything()
    seen = []
    address = f"{index.url}?q=mot"
    while address:
        document = read(client, address)
        seen += titles(document)
        following = document.select_one(".pages [rel=next]")
        address = following and following["href"]
    assert sorted(seen) == [f"Mot {number}" for number in range(5)]
    assert document.select_one("[rel=prev]")["href"] == f"{index.url}?q=mot&page=2"
    assert text_of(document.select_one(".pages p")) == "Page 3 sur 3"
    canonical = read(client, f"{index.url}?page=2").select_one("link[rel=canonical]")
    assert canonical["href"] == f"{index.full_url}?page=2"
    assert PER_PAGE > 2


def test_feeds_are_named_once_they_can_be_read(client: Client, index: TribuneIndexPage) -> None:
    assert not read(client, index).select(".follow, link[rel=alternate]")
    publish(index)
    alone(index)
    call_command("publish", stale=True, verbosity=0)
    document = read(client, index)
    folder = f"{settings.OBJECT_STORAGE['PUBLIC_URL']}/tribunes"
    wanted = [f"{folder}/{name}" for name in ("rss.xml", "atom.xml", "feed.json")]
    assert [link["href"] for link in document.select(".follow a")] == wanted
    assert [link["href"] for link in document.select("link[rel=alternate]")] == wanted


def test_search_engines_are_told_what_the_page_gathers(
    client: Client, index: TribuneIndexPage
) -> None:
    tribune = alone(index)
    collection, way = structured_data(read(client, index))["@graph"]
    assert collection["hasPart"] == [{"@id": tribune.full_url, "url": tribune.full_url}]
    assert [step["name"] for step in way["itemListElement"]] == ["Solutions solidaires", "Tribunes"]


@pytest.mark.parametrize("query", ["", "?q=tribune"])
def test_more_tribunes_cost_no_more_queries(index: TribuneIndexPage, query: str) -> None:
    theme = ThemeFactory()

    def add(signatories: int) -> None:
        tribune = alone(index, signatories=signatories, picture=ImageFactory())
        tribune.themes.add(theme)
        publish(tribune)
        bring_online(tribune)

    def cost() -> int:
        index_everything()
        read(Client(), f"{index.url}{query}")
        return queries(lambda: read(Client(), f"{index.url}{query}"))

    add(1)
    few = cost()
    for _ in range(4):
        add(5)
    assert cost() == few
