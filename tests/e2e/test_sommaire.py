"""The sommaire in a real browser: planned, put in order by keyboard and by hand, made pages."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.roles import EDITORS
from cms.services import set_up_site
from focus.models import ArticlePage, FocusPage, Package, Piece
from tests.components import node_module
from tests.e2e.test_accessibility import AXE, TAGS
from tests.factories.cms import ImageFactory, UserFactory
from tests.factories.focus import ArticleFactory, FocusFactory, ForumFactory, InsertFactory
from tests.factories.tribunes import TribuneFactory

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]


@pytest.fixture
def focus() -> FocusPage:
    """A focus with a page of each kind."""
    set_up_site()
    focus = FocusFactory(title="Bien vieillir")
    ArticleFactory(parent=focus, title="Le reportage", picture=ImageFactory(credit=""))
    TribuneFactory(parent=focus, title="La tribune", signatories=2)
    InsertFactory(parent=focus)
    ForumFactory(parent=focus)
    return focus


@pytest.fixture
def address(page: Page, live_server: LiveServer, focus: FocusPage) -> str:
    """The sommaire, in the browser of an editor who is logged in."""
    client = Client()
    client.force_login(UserFactory(groups=[Group.objects.get(name=EDITORS.name)]))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return f"{live_server.url}/admin/focus/{focus.pk}/sommaire/"


def titles(page: Page) -> list[str]:
    """Return the titles in the order of the screen."""
    return page.locator("[data-piece]").evaluate_all("rows => rows.map(row => row.dataset.title)")


def stored() -> list[str]:
    """Return the titles in the order of the database."""
    return [str(piece) for piece in Piece.objects.select_related("page")]


def test_an_editor_plans_a_piece_puts_it_first_and_makes_its_page(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Prévoir une pièce").click()
    page.get_by_label("Titre de travail").fill("Une enquête")
    page.get_by_label("Longueur visée").fill("6000")
    page.get_by_role("button", name="Prévoir").click()
    expect(page.get_by_text("« Une enquête » est au sommaire.")).to_be_visible()
    assert titles(page)[-1] == "Une enquête"

    said = page.locator("[data-sommaire-said]")
    page.get_by_role("button", name="Monter « Une enquête »").focus()
    for place in (4, 3, 2, 1):
        page.keyboard.press("Enter")
        expect(said).to_have_text(f"« Une enquête » : place {place} sur 5.")
    expect(page.get_by_role("button", name="Descendre « Une enquête »")).to_be_focused()
    wanted = ["Une enquête", "Le reportage", "La tribune", "Le cahier", "Le forum"]
    assert titles(page) == stored() == wanted

    page.get_by_role("button", name="Créer la page de « Une enquête »").click()
    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(page.locator("#id_title")).to_have_value("Une enquête")
    assert ArticlePage.objects.get(title="Une enquête").target_signes == 6000


@pytest.mark.parametrize(
    ("moving", "target", "height", "wanted"),
    [
        ("Le forum", "La tribune", 0.2, ["Le reportage", "Le forum", "La tribune", "Le cahier"]),
        ("Le reportage", "Le cahier", 0.8, ["La tribune", "Le cahier", "Le reportage", "Le forum"]),
    ],
)
def test_a_piece_is_dragged_and_nobody_else_loses_a_move(
    page: Page, address: str, moving: str, target: str, height: float, wanted: list[str]
) -> None:
    page.goto(address)
    page.locator(f"[data-title='{moving}'] [data-handle]").hover()  # which may scroll
    box = page.locator(f"[data-title='{target}']").bounding_box()
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] * height, steps=5)
    Piece.objects.create(focus_id=Piece.objects.first().focus_id, title="Ajoutée", position=99)
    page.mouse.up()
    expect(page.locator("[data-sommaire-said]")).to_contain_text(f"« {moving} » : place")
    assert titles(page) == stored() == [*wanted, "Ajoutée"]


def test_a_drag_that_is_given_up_moves_nothing(page: Page, address: str) -> None:
    page.goto(address)
    before = titles(page)
    page.locator("[data-title='Le reportage'] [data-handle]").hover()
    box = page.locator("[data-title='La tribune']").bounding_box()
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + 5, steps=5)
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.locator(".is-dragged").count() == 0
    assert titles(page) == stored() == before


@pytest.mark.parametrize("failure", ["network", "session"])
def test_a_move_that_fails_is_said(page: Page, address: str, failure: str) -> None:
    page.goto(address)
    if failure == "network":
        page.route("**/deplacer/**", lambda route: route.abort())
    else:
        page.context.clear_cookies(name="sessionid")
    with page.expect_event("dialog") as dialog:
        page.once("dialog", lambda box: box.accept())
        page.get_by_role("button", name="Monter « Le forum »").click()
    assert "n’a pas bougé" in dialog.value.message
    assert titles(page) == stored()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (800, "dark")])
def test_axe_finds_nothing_on_the_screens(
    page: Page, address: str, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    focus = FocusPage.objects.get()
    piece = Piece.objects.create(focus=focus, title="Une enquête", position=9, target_signes=6000)
    if scheme == "dark":
        Package.objects.update(state=Package.State.REVIEW)
    screens = ["", "../../../focus/"]
    if width > 800:
        screens += ["?owner=personne", "prevoir/", f"{piece.pk}/", f"{piece.pk}/rattacher/"]
    for screen in screens:
        page.goto(f"{address}{screen}")
        page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
        assert page.evaluate(AXE, TAGS) == [], screen
