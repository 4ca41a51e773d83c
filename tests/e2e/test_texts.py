"""Texts in a browser: axe finds nothing, nothing overflows, a keyboard is enough."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from focus.models import ArticleCorrection, FocusPage
from tests.components import node_module
from tests.conftest import Worker
from tests.e2e.test_accessibility import AXE, DRESSES, TAGS
from tests.factories import bodies
from tests.factories.cms import ImageFactory, PersonFactory, TerritoryFactory, ThemeFactory
from tests.factories.focus import (
    ArticleFactory,
    FocusFactory,
    ForumFactory,
    InsertFactory,
    publish,
)
from tests.factories.podcasts import CoverFactory, EpisodeFactory
from tests.factories.tribunes import TribuneFactory

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

WORD = "anticonstitutionnellement "


@pytest.fixture
def focus(worker: Worker) -> FocusPage:
    """Put a focus online with every block there is, and words too long for a phone."""
    theme = ThemeFactory(name="Habitat", slug="habitat")
    focus = FocusFactory(title=WORD * 3, theme=theme, cover=ImageFactory(), out=True)
    forum, insert = ForumFactory(parent=focus), InsertFactory(parent=focus)
    forum.replay_url = "https://youtu.be/abcdefghijk"
    publish(forum)
    publish(insert)
    tribune = TribuneFactory(parent=focus, title="La tribune", signatories=25, published=True)
    article = ArticleFactory(
        parent=focus,
        title="L’article",
        picture=ImageFactory(credit="Jeanne Martin"),
        people=[PersonFactory(portrait=ImageFactory(), biography=WORD * 4)],
        body=bodies.full(
            [ImageFactory(file__width=900, file__height=600) for _ in range(3)],
            [
                bodies.chosen("episode", EpisodeFactory(artwork=CoverFactory())),
                bodies.chosen("tribune_teaser", tribune),
                bodies.extract(forum, speaker="Nora"),
            ],
        ),
        elsewhere_url="https://www.liberation.fr/exemple/",
    )
    article.corrections.add(ArticleCorrection(text="Ils sont onze."))
    for page in (article, tribune):
        page.themes.add(theme)
        page.territories.add(TerritoryFactory())
        publish(page)
    worker.drain()
    return focus


@pytest.fixture
def dressed(browser: Browser) -> Iterator[list[Page]]:
    """Open a tab in each size and colour."""
    contexts = [browser.new_context(locale="fr-FR", **dress) for dress in DRESSES]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_axe_finds_nothing_and_nothing_overflows(
    focus: FocusPage, live_server: LiveServer, dressed: list[Page]
) -> None:
    index = focus.get_parent()
    pages = [focus.url, *(page.url for page in focus.get_children()), index.url]
    found = {}
    for tab in dressed:
        for address in [*pages, f"{index.url}?theme=habitat"]:
            tab.goto(f"{live_server.url}{address}")
            tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            tab.add_script_tag(path=node_module("axe-core") / "axe.min.js")
            if problems := tab.evaluate(AXE, TAGS):
                found[address, tab.viewport_size["width"]] = problems
            width = tab.evaluate("document.documentElement.scrollWidth")
            assert width == tab.viewport_size["width"], address
    assert found == {}


def test_a_keyboard_is_enough_to_read_without_a_script(
    focus: FocusPage, live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 700})
    tab = context.new_page()
    tab.goto(f"{live_server.url}{focus.url}")
    follow(tab, "L’article")
    follow(tab, "Note 1")
    assert tab.url.endswith("#note-1")
    follow(tab, "Revenir à l’appel de la note 1")
    assert tab.url.endswith("#appel-1")
    follow(tab, "Texte précédent La tribune")
    expect(tab.get_by_text("Camille", exact=False).last).to_be_attached()
    expect(tab.locator(".signatories details ol")).to_be_hidden()
    tab.locator("summary").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator(".signatories details li")).to_have_count(5)
    expect(tab.locator(".signatories details ol")).to_be_visible()
    context.close()


def follow(tab: Page, name: str) -> None:
    """Reach a link with the Tab key, and open it."""
    link = tab.get_by_role("link", name=name, exact=True).first
    for _ in range(80):
        tab.keyboard.press("Tab")
        if link.and_(tab.locator(":focus")).count():
            tab.keyboard.press("Enter")
            tab.wait_for_load_state()
            return
    raise AssertionError(f"no Tab leads to {name}")


def test_on_paper_every_signatory_is_there_and_no_control_is(
    focus: FocusPage, live_server: LiveServer, page: Page
) -> None:
    tribune = focus.get_children().get(title="La tribune")
    page.goto(f"{live_server.url}{tribune.url}")
    page.emulate_media(media="print")
    expect(page.locator(".signatories li").last).to_be_visible()
    for hidden in (".neighbours", ".related", "summary", ".site-header nav"):
        assert not any(each.is_visible() for each in page.locator(hidden).all()), hidden
