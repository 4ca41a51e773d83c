"""A chief editor lets a focus go out, in a real browser, with a keyboard."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.roles import CHIEF_EDITORS
from cms.services import set_up_site
from focus.models import ArticlePage, Package
from focus.package.release import release, take
from tests.components import node_module
from tests.e2e.test_accessibility import AXE, TAGS
from tests.factories.cms import UserFactory
from tests.focus.packages import live, ordered, package_of_four

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]


@pytest.fixture
def package() -> Package:
    """A package in preparation, with something to mend."""
    set_up_site()
    package = package_of_four()
    ArticlePage.objects.update(chapo="")
    return package


@pytest.fixture
def address(page: Page, live_server: LiveServer, package: Package) -> str:
    """The screen of the package, in the browser of a chief editor who is logged in."""
    client = Client()
    client.force_login(UserFactory(groups=[Group.objects.get(name=CHIEF_EDITORS.name)]))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return f"{live_server.url}/admin/focus/{package.focus_id}/parution/"


def press(page: Page, name: str) -> None:
    """Reach a link or a button with the keyboard, and press it."""
    page.locator(".package__acts, form[method=post]").get_by_text(name, exact=True).focus()
    page.keyboard.press("Enter")


def test_from_the_report_to_the_readers(page: Page, address: str, package: Package) -> None:
    page.goto(address)
    press(page, "Soumettre à validation")
    press(page, "Confirmer")
    expect(page.get_by_text("Le focus est en validation")).to_be_visible()

    press(page, "Valider")
    press(page, "Confirmer")
    expect(page.get_by_text("1 point bloquant")).to_be_visible()

    ArticlePage.objects.update(chapo="Deux phrases d’exemple.")
    ArticlePage.objects.get().save_revision()
    press(page, "Valider")
    press(page, "Confirmer")
    expect(page.get_by_text("Tout est validé")).to_be_visible()

    press(page, "Faire paraître")
    press(page, "Confirmer")
    panel = page.locator("[data-package-state]")
    expect(panel).to_contain_text("La parution va commencer.")
    release(take(package.pk))
    # Nobody touches the browser: the panel follows by itself.
    expect(panel).to_contain_text("Paru le")
    expect(panel.get_by_role("link", name="Retirer du site")).to_be_visible()
    assert len(live(package)) == 5


def test_the_panel_shows_how_far_the_check_is(page: Page, address: str, package: Package) -> None:
    ArticlePage.objects.update(chapo="Deux phrases d’exemple.")
    ordered(package)
    Package.objects.update(done=40, total=100)
    page.goto(address)
    bar = page.get_by_role("progressbar", name="Avancement")
    expect(bar).to_have_attribute("value", "40")
    button = page.get_by_role("link", name="Annuler la parution")
    button.focus()
    Package.objects.update(done=80)
    expect(bar).to_have_attribute("value", "80")
    expect(button).to_be_focused()


def test_everything_works_without_scripts(
    page: Page, address: str, package: Package, live_server: LiveServer
) -> None:
    browser = page.context.browser
    with browser.new_context(java_script_enabled=False) as context:
        context.add_cookies(page.context.cookies())
        plain = context.new_page()
        plain.goto(address)
        plain.get_by_role("link", name="Soumettre à validation").click()
        plain.get_by_role("button", name="Confirmer").click()
        expect(plain.get_by_text("elles attendent la validation")).to_be_visible()


@pytest.mark.parametrize(
    ("screen", "state"),
    [("", "approved"), ("", "published"), ("paraitre/", "approved"), ("retirer/", "published")],
)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing(
    page: Page, address: str, screen: str, state: str, width: int, scheme: str
) -> None:
    Package.objects.update(state=state, problem="Rien n’a paru : une page a changé.")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}{screen}")
    page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
    assert page.evaluate(AXE, TAGS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
