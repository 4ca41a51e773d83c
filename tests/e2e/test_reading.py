"""Reading the cahier on the site: by keyboard alone, by mouse, on a phone, without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from focus.models import Insert
from tests.components import node_module
from tests.e2e.test_accessibility import AXE, TAGS
from tests.focus.cahiers import printed
from tests.pages import bring_online

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

WIDE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 780}


@pytest.fixture
def insert(live_server: LiveServer) -> Insert:
    """A cahier of eight pages, online."""
    insert = printed(8)
    bring_online(insert)
    return insert


@pytest.fixture
def address(live_server: LiveServer, insert: Insert) -> str:
    """The address of its page."""
    return f"{live_server.url}{insert.url}"


@pytest.fixture
def reader(page: Page, address: str) -> Page:
    """The cahier in a wide window."""
    page.set_viewport_size(WIDE)
    page.goto(address)
    return page


def place(page: Page) -> str:
    """Return where the reader is told to be."""
    return page.locator("[data-reader-place]").inner_text()


def zoom(page: Page) -> str:
    """Return the size that she is told of."""
    return page.locator("[data-reader-zoom]").text_content().replace("\u202f", " ")


def top_of(page: Page, number: int) -> float:
    """Return how far a page is below the top of the window, in pixels."""
    return page.locator(f"#page-{number}").bounding_box()["y"]


def width_of(page: Page, number: int) -> float:
    """Return the width of the picture of a page, in pixels."""
    return page.locator(f"#page-{number} img").bounding_box()["width"]


def test_arrows_turn_the_spreads_and_the_address_follows(reader: Page) -> None:
    assert place(reader) == "Page 1 sur 8"
    reader.keyboard.press("ArrowRight")
    assert place(reader) == "Pages 2 et 3 sur 8"
    assert 0 < top_of(reader, 2) < 120
    assert top_of(reader, 2) == top_of(reader, 3)
    assert reader.url.endswith("#page-2")
    expect(reader.locator("#page-2")).to_be_focused()
    reader.keyboard.press("End")
    assert place(reader) == "Page 8 sur 8"
    reader.keyboard.press("ArrowRight")
    assert place(reader) == "Page 8 sur 8"
    reader.keyboard.press("ArrowLeft")
    assert place(reader) == "Pages 6 et 7 sur 8"
    reader.keyboard.press("Home")
    assert place(reader) == "Page 1 sur 8"


def test_everything_is_reached_with_the_tab_key_and_seen(reader: Page) -> None:
    reader.keyboard.press("ArrowRight")
    reader.keyboard.press("Tab")
    focused = reader.locator(":focus")
    expect(focused).to_have_text("Lire le texte de la page 2")
    reader.keyboard.press("Enter")
    expect(reader.get_by_text("Texte de la page 2, version 1.")).to_be_visible()
    assert focused.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"


def test_plus_and_minus_change_the_size_inside_the_reader_alone(reader: Page) -> None:
    before = width_of(reader, 1)
    reader.keyboard.press("+")
    assert zoom(reader) == "100 %"
    reader.keyboard.press("ArrowRight")
    for shown in ("150 %", "200 %", "300 %", "300 %"):
        reader.keyboard.press("+")
        assert zoom(reader) == shown
    assert width_of(reader, 1) == pytest.approx(3 * before, abs=2)
    assert place(reader) == "Pages 2 et 3 sur 8"
    assert reader.evaluate("document.documentElement.scrollWidth") == WIDE["width"]
    for _ in range(3):
        reader.keyboard.press("-")
    assert zoom(reader) == "100 %"
    assert width_of(reader, 1) == before


def test_the_buttons_do_the_same(reader: Page) -> None:
    reader.get_by_role("button", name="Suivante").click()
    assert place(reader) == "Pages 2 et 3 sur 8"
    reader.get_by_role("button", name="Suivante").press("Enter")
    assert place(reader) == "Pages 4 et 5 sur 8"
    reader.get_by_role("button", name="Agrandir").press("Enter")
    assert zoom(reader) == "150 %"
    reader.get_by_role("button", name="Précédente").press("Enter")
    assert place(reader) == "Pages 2 et 3 sur 8"


def test_a_click_enlarges_what_is_under_the_pointer_and_the_page_can_be_dragged(
    reader: Page,
) -> None:
    reader.keyboard.press("ArrowRight")
    box = reader.locator("#page-3 img").bounding_box()
    x, y = box["x"] + box["width"] * 0.75, box["y"] + 300
    down = 300 / box["height"]
    reader.mouse.click(x, y)
    assert zoom(reader) == "200 %"
    after = reader.locator("#page-3 img").bounding_box()
    assert after["x"] + after["width"] * 0.75 == pytest.approx(x, abs=2)
    assert after["y"] + after["height"] * down == pytest.approx(y, abs=2)
    reader.mouse.move(x, y)
    reader.mouse.down()
    reader.mouse.move(x - 100, y - 50, steps=4)
    reader.mouse.up()
    dragged = reader.locator("#page-3 img").bounding_box()
    assert (dragged["x"], dragged["y"]) == pytest.approx((after["x"] - 100, after["y"] - 50), abs=2)
    assert zoom(reader) == "200 %"
    reader.mouse.click(x, y)
    assert zoom(reader) == "100 %"


def test_larger_pages_come_in_larger_pictures(reader: Page) -> None:
    sizes = reader.locator("#page-1 img").get_attribute("sizes")
    reader.get_by_role("button", name="Agrandir").click()
    assert re.fullmatch(r"\d{3}px", reader.locator("#page-1 img").get_attribute("sizes"))
    reader.get_by_role("button", name="Réduire").click()
    assert reader.locator("#page-1 img").get_attribute("sizes") == sizes


def test_an_address_leads_to_its_page(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size(WIDE)
    page.goto(f"{address}#page-5")
    page.wait_for_function("document.querySelector('#page-5').getBoundingClientRect().top < 120")
    expect(page.locator("[data-reader-place]")).to_have_text("Pages 4 et 5 sur 8")


def test_on_a_phone_pages_are_turned_one_by_one(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.get_by_role("button", name="Suivante").click()
    page.get_by_role("button", name="Suivante").click()
    assert place(page) == "Page 3 sur 8"
    assert 0 < top_of(page, 3) < 120
    assert width_of(page, 3) > 340
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_without_scripts_the_pages_follow_one_another(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator("section.sheet img")).to_have_count(8)
    page.get_by_text("Lire le texte de la page 4").click()
    expect(page.get_by_text("Texte de la page 4, version 1.")).to_be_visible()
    expect(page.locator(".reader-index a").nth(7)).to_have_attribute("href", "#page-8")
    context.close()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_axe_finds_nothing_in_enlarged_pages_with_their_words(
    page: Page, address: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)
    page.goto(address)
    page.get_by_role("button", name="Agrandir").click()
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
    assert page.evaluate(AXE, TAGS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
