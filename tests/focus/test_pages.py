"""What readers see of focuses and articles, and what they must never see."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from benchmarks.measure import queries
from cms.models import HomePage, Image
from focus.models import (
    ArticleAuthor,
    ArticleCorrection,
    ArticlePage,
    FocusPage,
    FocusPartner,
    Piece,
)
from tests.factories import bodies
from tests.factories.cms import (
    ImageFactory,
    LicenceFactory,
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
from tests.pages import addresses, bring_online, note_picture, read, structured_data, text_of

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


def nodes(document: BeautifulSoup) -> dict[str, Any]:
    """Return what a page says to search engines, by type."""
    return {node["@type"]: node for node in structured_data(document)["@graph"]}


def titles(document: BeautifulSoup, within: str) -> list[str]:
    """Return the titles of the cards in a part of a page."""
    return [text_of(title) for title in document.select(f"{within} .card-title")]


def test_the_head_of_an_article(client: Client, focus: FocusPage) -> None:
    people = [
        PersonFactory(first_name="Ada", last_name="Hôte", role="journaliste"),
        PersonFactory(first_name="Bob", last_name="Porteur", role="", organisation=None),
    ]
    article = published(focus, title="Qui vient ?", surtitre="Reportage", people=people)
    head = read(client, article).select_one(".text-hero")
    assert text_of(head.h1) == "Qui vient\u202f?"
    assert text_of(head.select_one(".kicker")) == "Vieillir chez soi\u202f? Reportage"
    assert head.select_one(".kicker a")["href"] == focus.url
    assert text_of(head.select_one(".lead")) == article.chapo
    organisation = people[0].organisation.name
    assert [text_of(line) for line in head.select(".byline li")] == [
        f"Par Ada Hôte journaliste, {organisation}",
        "Bob Porteur",
    ]
    assert text_of(head.select_one(".meta")).endswith("Lecture\u00a0: 1 min")


def test_role_and_organisation_are_those_of_the_time(client: Client, focus: FocusPage) -> None:
    person = PersonFactory(role="maire")
    article = published(focus, people=[person])
    person.role = "sénatrice"
    person.save()
    assert "maire" in text_of(read(client, article).select_one(".byline"))
    assert "sénatrice" not in str(read(client, article))


def test_the_opening_picture_has_caption_and_credit(client: Client, focus: FocusPage) -> None:
    picture = ImageFactory(credit="Jeanne Martin")
    article = published(focus, picture=picture, picture_caption="Le bus.")
    bring_online(article)
    document = read(client, article)
    opening = document.select_one(".opening")
    assert text_of(opening.figcaption) == "Le bus. · Jeanne Martin"
    assert opening.img["src"].startswith(settings.OBJECT_STORAGE["PUBLIC_URL"])
    assert opening.img["fetchpriority"] == "high"
    assert document.select_one("[property='og:image']")["content"] == opening.img["src"]
    Image.objects.update(rights_expire_on=timezone.localdate() - timedelta(days=1))
    document = read(client, article)
    assert not document.select(".opening, [property='og:image']")
    assert "image" not in nodes(document)["NewsArticle"]


def test_corrections_are_seen_first_and_said_last(client: Client, focus: FocusPage) -> None:
    article = published(focus)
    assert not read(client, article).select(".notice, #corrections")
    article.corrections.add(
        ArticleCorrection(date=date(2026, 5, 2), text="Ils sont onze."),
        ArticleCorrection(date=date(2026, 6, 1), text="Le bus passe le jeudi."),
    )
    publish(article)
    document = read(client, article)
    notice = document.select_one(".text-body > :first-child")
    assert text_of(notice) == "Ce texte a été corrigé le 1er\u00a0juin 2026\u00a0: ce qui a changé."
    said = document.select_one(notice.a["href"]).parent
    assert [text_of(line) for line in said.select("dt, dd")] == [
        "1er\u00a0juin 2026",
        "Le bus passe le jeudi.",
        "2\u00a0mai 2026",
        "Ils sont onze.",
    ]
    corrections = nodes(document)["NewsArticle"]["correction"]
    assert [correction["datePublished"] for correction in corrections] == [
        "2026-06-01",
        "2026-05-02",
    ]


def test_search_engines_keep_the_address_that_refers(client: Client, focus: FocusPage) -> None:
    elsewhere = "https://www.liberation.fr/exemple/"
    article = published(focus, elsewhere_url=elsewhere, elsewhere_date=date(2026, 5, 3))
    document = read(client, article)
    assert document.select_one("link[rel=canonical]")["href"] == article.full_url
    said = document.select_one(".small-print p")
    assert text_of(said) == "Paru aussi sur liberation.fr le 3\u00a0mai 2026"
    assert said.a["href"] == elsewhere
    article.elsewhere_is_canonical = True
    publish(article)
    document = read(client, article)
    assert document.select_one("link[rel=canonical]")["href"] == elsewhere
    assert nodes(document)["NewsArticle"]["mainEntityOfPage"] == elsewhere
    assert document.select_one("[property='og:url']")["content"] == article.full_url


def test_the_licence_is_that_of_the_article_or_of_its_focus(
    client: Client, focus: FocusPage
) -> None:
    article = published(focus, licence=None)
    licence = read(client, article).select_one("a[rel=license]")
    assert licence["href"] == focus.licence.url
    article.licence = LicenceFactory(code="cc-by-4.0")
    publish(article)
    assert read(client, article).select_one("a[rel=license]")["href"] == article.licence.url


def test_themes_lead_to_the_archive_and_territories_are_named(
    client: Client, focus: FocusPage
) -> None:
    article = published(focus)
    article.themes.add(ThemeFactory(name="Habitat", slug="habitat"))
    article.territories.add(TerritoryFactory())
    publish(article)
    tags = read(client, article).select_one(".tags")
    assert [text_of(tag) for tag in tags.select("li")] == ["Habitat", str(TerritoryFactory())]
    found = read(client, tags.a["href"])
    assert titles(found, "section:has(#textes)") == [article.title]


def test_who_signed_and_what_the_text_is_about_lead_further(
    client: Client, focus: FocusPage
) -> None:
    ada, theme = PersonFactory(first_name="Ada", last_name="Hôte"), ThemeFactory()
    here, hers, akin, draft, hidden = (
        ArticleFactory(parent=focus, people=[person])
        for person in (ada, ada, PersonFactory(), ada, ada)
    )
    tribune = TribuneFactory(parent=focus)
    for page in (here, hers, akin, draft, hidden, tribune):
        page.themes.add(theme)
    for page in (here, hers, akin, hidden, tribune):
        publish(page)
    restrict(hidden)
    document = read(client, here)
    groups = {
        text_of(group.h2): [text_of(title) for title in group.select(".card-title")]
        for group in document.select(".related")
    }
    assert groups == {
        "Aussi signé Ada Hôte": [hers.title],
        "Sur le même thème": [tribune.title, akin.title],
    }
    assert draft.title not in str(document)
    assert hidden.title not in str(document)


def test_texts_follow_each_other_as_in_the_sommaire(client: Client, focus: FocusPage) -> None:
    first, third, draft = published(focus), published(focus), ArticleFactory(parent=focus)
    second = TribuneFactory(parent=focus, published=True)
    for position, page in enumerate((first, draft, second, third)):
        Piece.objects.filter(page_id=page.pk).update(position=position)
    steps = {
        link["rel"][0]: link["href"] for link in read(client, second).select(".neighbours [rel]")
    }
    assert steps == {"prev": first.url, "next": third.url}
    assert [link["rel"] for link in read(client, third).select(".neighbours [rel]")] == [["prev"]]
    assert read(client, third).select_one(".back-to-focus a")["href"] == focus.url


def test_a_text_that_outlives_its_focus_does_not_name_it(client: Client, focus: FocusPage) -> None:
    article = published(focus)
    focus.unpublish()
    document = read(client, article)
    assert focus.url not in addresses(document)
    assert focus.title not in str(document)
    assert not document.select(f'a[href="{focus.url}"]')


def test_a_draft_is_not_there(client: Client, focus: FocusPage) -> None:
    read(client, ArticleFactory(parent=focus), status=404)
    read(client, FocusFactory(), status=404)


def test_readers_get_no_cookie_and_nothing_from_elsewhere(client: Client, focus: FocusPage) -> None:
    article = published(focus, body=bodies.full([ImageFactory() for _ in range(3)]))
    bring_online(article)
    for page in (article, focus, focus.get_parent()):
        answer = client.get(page.url)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        document = read(client, page)
        for element in document.select("link[rel=stylesheet], script[src]"):
            address = element.get("href") or element.get("src")
            assert finders.find(address.removeprefix("/static/")), address
        inline = [script for script in document.select("script") if not script.get("src")]
        assert [script["type"] for script in inline] == ["application/ld+json"]
        assert not document.select("style, [style], [onclick]")
        assert len(document.select("h1")) == 1


def test_an_article_describes_itself_and_the_way_to_it(client: Client, focus: FocusPage) -> None:
    article = published(focus, title="</script><script>alert(1)</script>")
    found = nodes(read(client, article))
    assert found["NewsArticle"]["headline"] == article.title
    assert found["NewsArticle"]["isPartOf"]["url"] == focus.full_url
    assert found["NewsArticle"]["author"][0]["name"] == article.authors.get().person.full_name
    way = found["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"]) for step in way] == [
        (1, "Solutions solidaires"),
        (2, "Focus"),
        (3, focus.title),
        (4, article.title),
    ]
    assert way[-1]["item"] == article.full_url


def test_a_preview_of_a_page_that_does_not_exist_yet(focus: FocusPage) -> None:
    draft = ArticlePage(title="Un article ?", slug="article", chapo="Bientôt.")
    draft.set_url_path(focus)
    draft.depth = focus.depth + 1
    draft.path = ArticlePage._get_children_path_interval(focus.path)[1]
    draft.authors.add(ArticleAuthor(person=PersonFactory(role="maire")))
    html = draft.make_preview_request().rendered_content
    assert "Un article\u202f?" in html
    assert "maire" in html


def cost(page: Page | str) -> int:
    """Return how many queries a page takes, once the caches of the site are full."""
    read(Client(), page)
    return queries(lambda: read(Client(), page))


def furnish(focus: FocusPage, theme: Any, count: int) -> None:
    """Add as many texts with people and pictures, as if these were in the bucket."""
    for _ in range(count):
        picture = ImageFactory()
        article = ArticleFactory(
            parent=focus, picture=picture, people=[PersonFactory(), PersonFactory()]
        )
        article.themes.add(theme)
        publish(article)
        note_picture(article, picture, 64, height=64)
        publish(TribuneFactory(parent=focus, signatories=2))


def test_a_focus_of_twelve_texts_costs_as_many_queries_as_one_of_one(focus: FocusPage) -> None:
    theme = ThemeFactory(slug="habitat")
    archive = f"{focus.get_parent().url}?theme=habitat"
    home = HomePage.objects.get()
    for page in (InsertFactory(parent=focus), ForumFactory(parent=focus)):
        publish(page)
    focus.partners.add(FocusPartner(organisation=OrganisationFactory(logo=ImageFactory())))
    publish(focus)
    furnish(focus, theme, 1)
    few, at_home = [cost(page) for page in (focus, archive)], cost(home)
    furnish(focus, theme, 11)
    for order in range(5):
        focus.partners.add(FocusPartner(organisation=OrganisationFactory(logo=ImageFactory())))
        focus.territories.add(TerritoryFactory(code=f"{30 + order}"))
        FocusFactory(out=True, cover=ImageFactory())
    publish(focus)
    assert [cost(page) for page in (focus, archive)] == few
    assert cost(home) <= at_home  # whose twelve newest pages are of fewer types now
    assert len(read(Client(), focus).select(".sommaire .card")) == 24


def test_twelve_authors_cost_as_many_queries_as_one(focus: FocusPage) -> None:
    theme = ThemeFactory()
    furnish(focus, theme, 4)
    article = ArticleFactory(parent=focus, people=[PersonFactory(portrait=ImageFactory())])
    article.themes.add(theme)
    article.corrections.add(ArticleCorrection(text="Un mot."))
    publish(article)
    bring_online(article)
    few = cost(article)
    for order in range(11):
        person = PersonFactory(portrait=ImageFactory(), biography="Elle écrit.")
        article.authors.add(ArticleAuthor(person=person, sort_order=order + 2))
        article.corrections.add(ArticleCorrection(text="Un autre mot."))
        article.territories.add(TerritoryFactory(code=f"{40 + order}"))
        article.themes.add(ThemeFactory())
    publish(article)
    bring_online(article)
    assert cost(article) == few
    assert len(read(Client(), article).select(".byline img")) == 12
