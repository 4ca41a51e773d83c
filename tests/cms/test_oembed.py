"""oEmbed 1.0 (https://oembed.com): cards for other sites, and nothing that the page refuses."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from django.utils import timezone
from lxml import etree
from wagtail.models import Page, PageViewRestriction

from benchmarks.measure import queries
from cms.withdrawing import withdraw
from focus.models import ForumPage
from podcasts.models import EpisodePage
from tests.factories.cms import ImageFactory, PersonFactory
from tests.factories.focus import ArticleFactory, FocusFactory, ForumFactory, publish
from tests.factories.podcasts import EpisodeFactory
from tests.factories.tribunes import TribuneFactory
from tests.pages import bring_online, read
from tribunes.models import TribuneAuthor, TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def ask(client: Client, page: Page | str, status: int = 200, **asked: Any) -> Any:
    """Ask for the card of a page or of an address."""
    url = page if isinstance(page, str) else page.full_url
    answer = client.get("/oembed", {"url": url, **asked})
    assert answer.status_code == status, answer.content
    return answer.json() if status == 200 else answer.content.decode()


@pytest.fixture
def tribune(db: None) -> TribunePage:
    """A tribune that is online."""
    return TribuneFactory(parent=FocusFactory(out=True), title="<Ouvrons> !", published=True)


@pytest.fixture
def episode(db: None) -> EpisodePage:
    """An episode that can be heard."""
    episode = EpisodeFactory(title="Qui ?")
    bring_online(episode.show, episode)
    return episode


@pytest.fixture
def forum(db: None) -> ForumPage:
    """A forum that is announced."""
    forum = ForumFactory(parent=FocusFactory(out=True), title="Le forum", host=PersonFactory())
    publish(forum)
    return forum


def test_the_card_of_a_tribune_has_title_authors_and_credit_and_no_text(
    client: Client, tribune: TribunePage
) -> None:
    tribune.authors.add(TribuneAuthor(person=PersonFactory(last_name="Delmas"), sort_order=2))
    tribune.credit_line = "Tribune d’exemple & cie"
    publish(tribune)
    rows = TribuneAuthor.objects.filter(tribune=tribune)
    names = ", ".join(row.person.full_name for row in rows)
    card = ask(client, tribune)
    assert card["version"] == "1.0"
    assert (card["type"], card["title"], card["author_name"]) == ("rich", "<Ouvrons> !", names)
    assert card["provider_name"] == "Solutions solidaires"
    assert card["provider_url"] == f"{settings.SITE_URL}/"
    assert (card["width"], card["height"]) == (600, 160)
    shown = BeautifulSoup(card["html"], "html.parser")
    assert [line.get_text() for line in shown.select("blockquote > p")] == [
        "<Ouvrons>\u202f!",
        f"Par {names}",
        "Tribune d’exemple & cie",
    ]
    assert shown.a["href"] == tribune.full_url
    assert tribune.chapo not in str(card)
    assert "paragraphe" not in str(card)
    assert "thumbnail_url" not in card


def test_an_episode_can_be_heard_without_a_script(client: Client, episode: EpisodePage) -> None:
    card = ask(client, episode)
    assert (card["type"], card["author_name"]) == ("rich", episode.show.title)
    shown = BeautifulSoup(card["html"], "html.parser")
    assert shown.audio["src"].startswith(settings.OBJECT_STORAGE["PUBLIC_URL"])
    assert shown.audio["preload"] == "none"
    assert shown.a["href"] == episode.full_url
    assert not shown.select("script, style, iframe, [style], [onclick]")


def test_an_episode_that_cannot_be_heard_yet_is_a_link(client: Client) -> None:
    card = ask(client, EpisodeFactory())
    assert card["type"] == "link"
    assert not {"html", "width", "height"} & card.keys()


def test_a_forum_is_a_link(client: Client, forum: ForumPage) -> None:
    card = ask(client, forum)
    assert (card["type"], card["title"]) == ("link", "Le forum")
    assert card["author_name"] == forum.host.full_name
    assert "html" not in card


def test_a_picture_is_shown_if_it_may_travel_in_the_widest_version_that_fits(
    client: Client, tribune: TribunePage
) -> None:
    tribune.picture = ImageFactory(file__width=2000, file__height=1000)
    publish(tribune)
    bring_online(tribune)
    for republication in ("no", "ask"):
        tribune.picture.republication = republication
        tribune.picture.save()
        assert "thumbnail_url" not in ask(client, tribune), republication
    tribune.picture.republication = "yes"
    tribune.picture.save()
    card = ask(client, tribune)
    assert card["thumbnail_url"].startswith(settings.OBJECT_STORAGE["PUBLIC_URL"])
    assert (card["thumbnail_width"], card["thumbnail_height"]) == (480, 240)
    assert "thumbnail_url" not in ask(client, tribune, maxwidth="300")
    assert "thumbnail_url" not in ask(client, tribune, maxheight="200")


def test_a_card_stays_within_the_bounds_asked(client: Client, tribune: TribunePage) -> None:
    card = ask(client, tribune, maxwidth="320", maxheight="100")
    assert (card["width"], card["height"]) == (320, 100)
    wide = ask(client, tribune, maxwidth="5000", maxheight="5000")
    assert (wide["width"], wide["height"]) == (600, 160)


def test_xml_says_the_same_as_json(client: Client, tribune: TribunePage) -> None:
    TribunePage.objects.update(title="<Ouvrons> \x0b& fermons")
    answer = client.get("/oembed", {"url": tribune.full_url, "format": "xml"})
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    root = etree.fromstring(answer.content)
    assert root.tag == "oembed"
    said = {node.tag: node.text for node in root}
    card = ask(client, tribune, format="json")
    assert said.pop("title") == "<Ouvrons> & fermons"
    assert said == {name: str(card[name]) for name in said}
    assert {*said, "title"} == card.keys()


@pytest.mark.parametrize("name", ["yaml", "JSON", "xml "])
def test_an_unknown_format_is_501(client: Client, tribune: TribunePage, name: str) -> None:
    assert "json, xml" in ask(client, tribune, 501, format=name)


@pytest.mark.parametrize("width", ["0", "-5", "x", "1e3", "999999999", "²"])
def test_a_width_that_is_no_number_is_400(client: Client, tribune: TribunePage, width: str) -> None:
    assert "pixels" in ask(client, tribune, 400, maxwidth=width)


def test_no_address_is_400(client: Client) -> None:
    assert "url=" in ask(client, "", 400)
    assert client.get("/oembed").status_code == 400
    assert client.post("/oembed").status_code == 405


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.invalid/focus/",
        "ftp://localhost:8000/",
        "//localhost:8000/",
        "/focus/",
        "http://[::1/",
        "http://testserver/nulle-part/",
        "http://testserver/admin/",
        "http://testserver/documents/1/x.pdf",
        "http://testserver@exemple.invalid/",
        "javascript:alert(1)",
        "\x00",
    ],
)
def test_an_address_that_is_no_page_of_ours_is_404(
    client: Client, tribune: TribunePage, url: str
) -> None:
    ask(client, url, 404)


def test_pages_without_card_are_404(client: Client, tribune: TribunePage) -> None:
    focus = tribune.get_parent()
    ask(client, focus, 404)
    ask(client, ArticleFactory(parent=focus, published=True), 404)


def test_it_refuses_what_the_page_refuses(client: Client, tribune: TribunePage) -> None:
    address = tribune.full_url
    focus = tribune.get_parent()
    ask(client, TribuneFactory(parent=focus), 404)
    tribune.embargoed_until = timezone.now() + timedelta(hours=1)
    publish(tribune)
    ask(client, address, 404)
    tribune.embargoed_until = None
    publish(tribune)
    restriction = PageViewRestriction.objects.create(page=focus, restriction_type="login")
    assert tribune.title not in ask(client, address, 401)
    restriction.delete()
    ask(client, address)
    withdraw(tribune, reason="Erreur.")
    assert "Erreur" not in ask(client, address, 404)


def test_the_site_answers_for_each_of_its_names(client: Client, tribune: TribunePage) -> None:
    path = urlsplit(tribune.full_url).path
    for origin in (
        "http://testserver",
        "https://testserver",
        "http://localhost",
        settings.SITE_URL,
    ):
        for form in (path, path.rstrip("/"), f"{path}?a=b#c"):
            assert ask(client, f"{origin}{form}")["title"] == tribune.title


def test_pages_with_a_card_say_where_it_is(
    client: Client, tribune: TribunePage, episode: EpisodePage, forum: ForumPage
) -> None:
    for page in (tribune, episode, forum):
        links = read(client, page).select("link[type$='+oembed']")
        assert [link["type"] for link in links] == ["application/json+oembed", "text/xml+oembed"]
        assert {link["rel"][0] for link in links} == {"alternate"}
        as_json, as_xml = (client.get(link["href"]) for link in links)
        assert as_json.json()["title"] == page.title
        assert etree.fromstring(as_xml.content).findtext("title") == page.title
    article = ArticleFactory(parent=tribune.get_parent(), published=True)
    assert not read(client, article).select("link[type$='+oembed']")


def test_nobody_keeps_a_card_that_may_be_withdrawn(client: Client, tribune: TribunePage) -> None:
    answer = client.get("/oembed", {"url": tribune.full_url})
    assert answer["Cache-Control"] == "no-cache"


def test_more_authors_cost_no_more_queries(client: Client, tribune: TribunePage) -> None:
    ask(client, tribune)
    few = queries(lambda: ask(client, tribune))
    for order in range(5):
        tribune.authors.add(TribuneAuthor(person=PersonFactory(), sort_order=order))
    publish(tribune)
    assert queries(lambda: ask(client, tribune)) == few
