"""Taking a tribune: one click fills the clipboard, no script is needed, axe finds nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.withdrawing import withdraw
from tests.components import node_module
from tests.conftest import Worker
from tests.e2e.test_accessibility import AXE, DRESSES, TAGS
from tests.factories.cms import (
    ImageFactory,
    LicenceFactory,
    PersonFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.factories.focus import FocusFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.site.pages import TribuneIndexFactory
from tribunes.models import (
    TribuneAuthor,
    TribuneCorrection,
    TribuneIndexPage,
    TribunePage,
    TribuneSignatory,
)

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

WORD = "anticonstitutionnellement "
READ = """
    async () => {
        const [item] = await navigator.clipboard.read();
        const read = async (type) => [type, await (await item.getType(type)).text()];
        return Object.fromEntries(await Promise.all(item.types.map(read)));
    }
"""


@pytest.fixture
def index(db: None) -> TribuneIndexPage:
    """The page of all tribunes."""
    return TribuneIndexFactory(intro="<p>Des prises de position d’exemple.</p>")


@pytest.fixture
def tribune(index: TribuneIndexPage) -> TribunePage:
    """A tribune alone, with all that can be said of one, and words too long for a phone."""
    tribune = TribuneFactory(
        parent=index, title=WORD * 3, picture=ImageFactory(republication="no"), signatories=25
    )
    said = {
        "biography": "Elle dirige un centre d’exemple.",
        "interests": "Administratrice d’une mutuelle d’exemple.",
        "territory": TerritoryFactory(),
    }
    tribune.authors.add(TribuneAuthor(person=PersonFactory(), sort_order=2, **said))
    tribune.signatories.add(
        TribuneSignatory(person=PersonFactory(last_name=WORD), sort_order=0, **said)
    )
    tribune.corrections.add(
        TribuneCorrection(text="Ils sont onze.", severity="high"),
        TribuneCorrection(text="Le bus passe le jeudi."),
    )
    tribune.themes.add(ThemeFactory(name="Habitat", slug="habitat"))
    publish(tribune)
    return tribune


@pytest.fixture
def dressed(browser: Browser) -> Iterator[list[Page]]:
    """Open a tab in each size and colour."""
    contexts = [browser.new_context(locale="fr-FR", **dress) for dress in DRESSES]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_axe_finds_nothing_and_nothing_overflows(
    tribune: TribunePage, live_server: LiveServer, dressed: list[Page], worker: Worker
) -> None:
    index = TribuneIndexPage.objects.get()
    reply = TribuneFactory(parent=FocusFactory(out=True), replies_to=tribune, published=True)
    refused = TribuneFactory(parent=index, licence=LicenceFactory(code="autre"), published=True)
    gone = TribuneFactory(parent=index, title="Retirée", published=True)
    withdraw(gone, reason="Un motif d’exemple.")
    worker.drain()
    wanted = {
        index.url: 200,
        f"{index.url}?q=tribune&theme=habitat": 200,
        tribune.url: 200,
        reply.url: 200,
        f"/reprendre/{tribune.uuid}/": 200,
        f"/reprendre/{tribune.uuid}/?format=texte": 200,
        f"/reprendre/{refused.uuid}/": 403,
        f"/reprendre/{gone.uuid}/": 410,
        f"{index.url}{gone.slug}/": 410,
    }
    found = {}
    for tab in dressed:
        for address, status in wanted.items():
            assert tab.goto(f"{live_server.url}{address}").status == status, address
            tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            tab.add_script_tag(path=node_module("axe-core") / "axe.min.js")
            if problems := tab.evaluate(AXE, TAGS):
                found[address, tab.viewport_size["width"]] = problems
            width = tab.evaluate("document.documentElement.scrollWidth")
            assert width == tab.viewport_size["width"], address
    assert found == {}


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser whose clipboard a page may read."""
    allowed = ["clipboard-read", "clipboard-write"]
    context = browser.new_context(locale="fr-FR", permissions=allowed)
    yield context
    context.close()


def test_one_click_copies_the_html_as_source_and_as_rich_text(
    tribune: TribunePage, live_server: LiveServer, context: BrowserContext
) -> None:
    tab = context.new_page()
    tab.goto(f"{live_server.url}{tribune.url}")
    tab.get_by_role("link", name="Reprendre cette tribune").click()
    tab.get_by_label("Niveau du titre dans votre page").select_option("4")
    tab.get_by_role("button", name="Changer").click()
    tab.get_by_role("button", name="Copier le HTML").click()
    expect(tab.get_by_role("status")).to_have_text("Copié")
    source = tab.get_by_role("textbox").input_value()
    held = tab.evaluate(READ)
    assert source.startswith('<article lang="fr">')
    assert f"<h4>{tribune.title}</h4>" in source
    assert held["text/plain"] == source
    for said in ("<h4", "<h5", "Ils sont onze.", 'href="'):
        assert said in held["text/html"], said
    assert "<script" not in held["text/html"]


def test_the_text_alone_is_copied_as_text(
    tribune: TribunePage, live_server: LiveServer, context: BrowserContext
) -> None:
    tab = context.new_page()
    tab.goto(f"{live_server.url}/reprendre/{tribune.uuid}/")
    tab.get_by_role("link", name="Texte seul").click()
    tab.get_by_role("button", name="Copier le texte").click()
    expect(tab.get_by_role("status")).to_have_text("Copié")
    held = tab.evaluate(READ)
    assert held.keys() == {"text/plain"}
    assert held["text/plain"] == tab.get_by_role("textbox").input_value()


def test_a_browser_that_refuses_selects_the_text(
    tribune: TribunePage, live_server: LiveServer, page: Page
) -> None:
    page.add_init_script("navigator.clipboard.write = () => Promise.reject(new Error())")
    page.goto(f"{live_server.url}/reprendre/{tribune.uuid}/")
    page.get_by_role("button", name="Copier le HTML").click()
    expect(page.get_by_role("status")).to_contain_text("copiez-le au clavier")
    assert page.evaluate("getSelection().toString()").startswith("<article")


def test_without_a_script_the_text_is_there_to_be_copied(
    tribune: TribunePage, live_server: LiveServer, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    tab = context.new_page()
    tab.goto(f"{live_server.url}/reprendre/{tribune.uuid}/")
    expect(tab.get_by_role("button", name="Copier")).to_have_count(0)
    tab.get_by_label("Niveau du titre").select_option("3")
    tab.get_by_role("button", name="Changer").click()
    assert f"<h3>{tribune.title}</h3>" in tab.get_by_role("textbox").input_value()
    expect(tab.get_by_role("textbox")).to_be_editable(editable=False)
    context.close()
