"""axe finds nothing on any page of the site, in any dress.

Tags: RGAA 4.1 and WCAG 2.2 AA, with the good practices on top.
"""

from collections.abc import Iterator

import pytest
from django.apps import apps
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Page

from cms.management.commands.example import create_logins, load_examples
from cms.services import set_up_site
from podcasts.models import ShowPage
from tests.components import node_module
from tests.conftest import Worker
from tests.factories.podcasts import EpisodeFactory

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DRESSES = [
    {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    {"viewport": {"width": 320, "height": 700}, "color_scheme": "dark", "reduced_motion": "reduce"},
]
AXE = """
    async (tags) => {
        const results = await axe.run({runOnly: {type: "tag", values: tags}});
        return results.violations.map(
            (rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(" | ")}`,
        );
    }
"""


@pytest.fixture
def addresses(live_server: LiveServer, worker: Worker) -> list[str]:
    """Put the example site online; return the addresses of its pages.

    One more episode has a long title, and a sound that is not in the bucket yet.
    """
    set_up_site()
    create_logins()
    load_examples(apps.get_app_configs())
    worker.drain()
    show = ShowPage.objects.get()
    EpisodeFactory(parent=show, number=99, title="Une question anticonstitutionnelle " * 4)
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    return [f"{live_server.url}{page}" for page in (*pages, "/nulle-part/")]


@pytest.fixture
def dressed(browser: Browser) -> Iterator[list[Tab]]:
    """Open a tab in each size and colour."""
    contexts = [browser.new_context(locale="fr-FR", **dress) for dress in DRESSES]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_axe_finds_nothing_and_nothing_overflows(addresses: list[str], dressed: list[Tab]) -> None:
    axe = node_module("axe-core") / "axe.min.js"
    found = {}
    for tab in dressed:
        for address in addresses:
            assert tab.goto(address).status in (200, 404), address
            tab.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
            tab.add_script_tag(path=axe)
            if problems := tab.evaluate(AXE, TAGS):
                found[address, tab.viewport_size["width"]] = problems
            width = tab.evaluate("document.documentElement.scrollWidth")
            assert width == tab.viewport_size["width"], address
    assert found == {}


def test_axe_finds_what_is_wrong(page: Tab) -> None:
    page.set_content("<html lang=fr><title>x</title><main><h1>x</h1><img src=x></main></html>")
    page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
    assert [problem.split(":")[0] for problem in page.evaluate(AXE, TAGS)] == ["image-alt"]
