"""What readers see of a focus and of the archive of all of them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from cms.models import HomePage
from focus.models import ArticlePage, FocusIndexPage, FocusPage, FocusPartner, Piece
from tests.factories.cms import (
    ImageFactory,
    OrganisationFactory,
    PersonFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.factories.focus import (
    ArticleFactory,
    FocusFactory,
    ForumFactory,
    InsertFactory,
    publish,
)
from tests.factories.tribunes import TribuneFactory
from tests.pages import bring_online, note_object, read, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(title="Vieillir chez soi ?", out=True)


def published(focus: FocusPage, **fields: Any) -> ArticlePage:
    """Publish an article in a focus."""
    return ArticleFactory(parent=focus, published=True, **fields)


def restrict(page: Page) -> None:
    """Ask readers of a page for a login."""
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def titles(document: BeautifulSoup, within: str) -> list[str]:
    """Return the titles of the cards in a part of a page."""
    return [text_of(title) for title in document.select(f"{within} .card-title")]


def test_a_focus_shows_what_it_is_made_of(client: Client) -> None:
    focus = FocusFactory(
        title="Vieillir",
        cover=ImageFactory(),
        theme=ThemeFactory(name="Habitat"),
        elsewhere_url="https://www.liberation.fr/dossier/",
        responsible=PersonFactory(first_name="Ada", last_name="Hôte"),
        out=True,
    )
    logo = OrganisationFactory(name="Libération", logo=ImageFactory())
    named = OrganisationFactory(name="CESE", website="https://exemple.invalid/")
    for order, organisation in enumerate((logo, named)):
        focus.partners.add(FocusPartner(organisation=organisation, sort_order=order))
    focus.territories.add(TerritoryFactory())
    publish(focus)
    for page in (InsertFactory(parent=focus), ForumFactory(parent=focus, title="Le direct")):
        publish(page)
    article, tribune = published(focus), TribuneFactory(parent=focus, published=True)
    for position, page in enumerate((tribune, article)):
        Piece.objects.filter(page_id=page.pk).update(position=position)
    ArticleFactory(parent=focus, title="Brouillon")
    bring_online(focus)
    document = read(client, focus)
    hero = document.select_one(".focus-hero")
    assert text_of(hero.select_one(".kicker")) == "Focus Second semestre 2026 · Habitat"
    assert hero.select_one(".kicker a")["href"] == focus.get_parent().url
    assert hero.img["src"].startswith(settings.OBJECT_STORAGE["PUBLIC_URL"])
    assert hero.select_one(".button")["href"] == focus.elsewhere_url
    assert document.select_one(".partners img")["alt"] == "Libération"
    assert document.select_one(".partners a")["href"] == "https://exemple.invalid/"
    assert titles(document, ".sommaire") == [tribune.title, article.title]
    assert titles(document, ".others") == ["Le cahier", "Le direct"]
    assert "Brouillon" not in str(document)
    assert text_of(document.select_one(".tags li")) == str(TerritoryFactory())
    assert "Ada Hôte" in text_of(document.select_one(".small-print"))
    feeds = {link["href"] for link in document.select("link[rel=alternate]")}
    assert {link["href"] for link in document.select(".follow a")} == feeds
    assert len(feeds) == 3


def test_an_empty_focus_says_so(client: Client, focus: FocusPage) -> None:
    document = read(client, focus)
    assert text_of(document.select_one(".sommaire .notice")).startswith("Les textes de ce focus")
    assert not document.select(".partners, .others, .follow, .cover")


def test_the_archive_is_narrowed_down_by_year_and_by_theme(client: Client) -> None:
    habitat, food = ThemeFactory(name="Habitat", slug="habitat"), ThemeFactory(slug="manger")
    ThemeFactory(slug="inutile")
    old = FocusFactory(title="Ancien", year=2024, theme=habitat, out=True)
    new = FocusFactory(title="Nouveau", year=2026, theme=food, out=True)
    FocusFactory(title="Brouillon", year=2027)
    article = published(new, title="Des toits")
    article.themes.add(habitat)
    publish(article)
    index = FocusIndexPage.objects.get()

    document = read(client, index)
    assert titles(document, "#trouves + .cards") == ["Nouveau", "Ancien"]
    choices = {
        text_of(nav.h2): [text_of(link) for link in nav.select("a")]
        for nav in document.select(".choices nav")
    }
    assert choices == {"Par année": ["2026", "2024"], "Par thème": ["Habitat", food.name]}
    assert not document.select("#textes, [name=robots]")

    link = document.select_one('.choices a[href*="habitat"]')["href"]
    document = read(client, link)
    assert titles(document, "#trouves + .cards") == [old.title]
    assert titles(document, "section:has(#textes)") == ["Des toits"]
    assert document.select_one("link[rel=canonical]")["href"] == f"{index.full_url}?theme=habitat"
    chosen = document.select_one("[aria-current=true]")
    assert text_of(chosen).startswith("Habitat")
    assert chosen["href"] == index.url

    both = read(client, f"{index.url}?annee=2026&theme=habitat&autre=x")
    assert both.select_one(".archive .notice a")["href"] == index.url
    assert titles(both, "section:has(#textes)") == ["Des toits"]
    canonical = both.select_one("link[rel=canonical]")["href"]
    assert canonical == f"{index.full_url}?theme=habitat&annee=2026"


def test_an_archive_page_without_anything_is_not_for_search_engines(client: Client) -> None:
    FocusFactory(year=2024, theme=ThemeFactory(slug="habitat"), out=True)
    FocusFactory(year=2026, theme=ThemeFactory(slug="manger"), out=True)
    document = read(client, f"{FocusIndexPage.objects.get().url}?annee=2024&theme=manger")
    assert document.select_one("[name=robots]")["content"] == "noindex"
    assert "Aucun focus" in text_of(document.select_one(".notice"))


@pytest.mark.parametrize(
    "asked",
    ["theme=inconnu", "annee=1999", "annee=2026%27", "annee=-1", "theme=%00", "annee=２０２６"],
)
def test_what_was_never_chosen_makes_no_page(client: Client, asked: str) -> None:
    FocusFactory(year=2026, out=True)
    read(client, f"{FocusIndexPage.objects.get().url}?{asked}", status=404)


def test_the_archive_before_the_first_focus(client: Client) -> None:
    index = FocusFactory().get_parent()
    notice = read(client, f"{index.url}?theme=&annee=").select_one(".notice")
    assert text_of(notice) == "Le premier focus paraît bientôt."


def test_themes_of_what_is_hidden_are_not_offered(client: Client) -> None:
    hidden = FocusFactory(theme=ThemeFactory(name="Secret"), out=True)
    restrict(hidden)
    draft = ArticleFactory(parent=FocusFactory(out=True))
    draft.themes.add(ThemeFactory(name="Embargo"))
    draft.save(clean=False)
    document = str(read(client, FocusIndexPage.objects.get()))
    assert "Secret" not in document
    assert "Embargo" not in document
    assert hidden.title not in document


def test_the_home_page_shows_focuses_and_texts(client: Client, focus: FocusPage) -> None:
    article = published(focus, surtitre="Reportage")
    document = read(client, HomePage.objects.get())
    assert document.select_one(".feature h2 a")["href"] == focus.get_parent().url
    kickers = {
        card.select_one(".card-title a")["href"]: text_of(card.select_one(".kicker"))
        for card in document.select(".card")
    }
    assert kickers == {article.url: "Reportage", focus.url: "Focus · Second semestre 2026"}


def test_a_preview_of_a_focus_shows_its_pages_before_they_come_out(focus: FocusPage) -> None:
    draft = FocusFactory(title="En préparation", cover=ImageFactory())
    ArticleFactory(parent=draft, title="Pas encore paru")
    draft.save_revision()
    html = draft.get_latest_revision_as_object().make_preview_request().rendered_content
    assert "Pas encore paru" in html
    assert "X-Amz-Signature" in BeautifulSoup(html, "html.parser").select_one(".cover img")["src"]


def test_the_front_page_of_the_cahier_stands_for_it(client: Client, focus: FocusPage) -> None:
    insert = InsertFactory(parent=focus)
    publish(insert)
    assert not read(client, focus).select(".card img")
    note_object(insert, "page-1-800", height=1024)
    note_object(insert, "page-1-1600", height=2048, text=[])
    front = read(client, focus).select_one(".card img")
    assert (front["width"], front["height"]) == ("1600", "2048")


def test_the_hour_of_the_forum_is_that_of_paris(client: Client, focus: FocusPage) -> None:
    forum = ForumFactory(parent=focus, starts_at=datetime(2026, 12, 3, 23, 5, tzinfo=UTC))
    publish(forum)
    moment = read(client, focus).select_one(".card time")
    assert text_of(moment) == "4\u00a0décembre 2026, 0\u00a0h\u00a005"
