"""The forum in a browser: nothing of others is asked for before the reader asks."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from focus.models import ForumPage
from tests.components import node_module
from tests.e2e.test_accessibility import AXE, TAGS
from tests.focus.forums import LIVE, OVER, UPCOMING, YOUTUBE, forum
from tests.pages import bring_online

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

HOST = "https://www.youtube-nocookie.com/"
OURS = ("http://127.0.0.1:", "http://localhost:")


@pytest.fixture
def strangers(page: Page) -> list[Request]:
    """What the page asks of others; nothing leaves this machine."""
    asked: list[Request] = []

    def answer(route: Route) -> None:
        if route.request.url.startswith(OURS):
            route.continue_()
        else:
            asked.append(route.request)
            route.fulfill(body="<title>Lecteur</title>", content_type="text/html")

    page.route("**/*", answer)
    return asked


def online(starts_in: timedelta) -> ForumPage:
    """Return a forum with all that a page can show."""
    found = forum(starts_in, poster=True, replay_url=YOUTUBE if starts_in == OVER else "")
    bring_online(found)
    return found


@pytest.mark.parametrize("starts_in", [UPCOMING, LIVE, OVER])
def test_no_request_leaves_before_a_click(
    page: Page, strangers: list[Request], live_server: LiveServer, starts_in: timedelta
) -> None:
    page.goto(f"{live_server.url}{online(starts_in).url}")
    page.wait_for_load_state("networkidle")
    page.mouse.wheel(0, 5000)
    page.wait_for_load_state("networkidle")
    assert strangers == []
    assert page.context.cookies() == []


def test_a_click_brings_the_player_which_knows_the_site_and_not_the_page(
    page: Page, strangers: list[Request], live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}{online(LIVE).url}")
    with page.expect_request(f"{HOST}**"):
        page.get_by_role("button", name="Lire la vidéo (YouTube, dépose des cookies)").click()
    (request,) = strangers
    assert request.url == f"{HOST}embed/dQw4w9WgXcQ?autoplay=1&rel=0"
    # YouTube plays for a site that it knows; the address of the page is no business of its.
    assert request.headers["referer"] == f"{live_server.url}/"
    frame = page.locator(".screen iframe")
    expect(frame).to_have_attribute("title", "Le forum")
    expect(page.locator(".screen-poster, .screen .play-choice")).to_have_count(0)


def test_a_part_is_played_at_its_time_by_keyboard_in_the_one_screen(
    page: Page, strangers: list[Request], live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}{online(OVER).url}")
    for number, start in ((2, 1200), (3, 2400)):
        button = page.locator(f"#partie-{number} [data-player]")
        with page.expect_request(f"{HOST}**"):
            button.press("Enter")
        assert strangers[-1].url.endswith(f"&start={start}")
    expect(page.locator("iframe")).to_have_count(1)
    expect(page.locator("iframe")).to_have_attribute("title", "Partie 3")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    expect(page.locator(".screen")).to_be_in_viewport()


def test_parts_with_replays_of_their_own_find_a_screen(
    page: Page, strangers: list[Request], live_server: LiveServer
) -> None:
    found = forum(OVER)
    found.parts.update(replay_url="https://vimeo.com/123456789")
    page.goto(f"{live_server.url}{found.url}")
    expect(page.locator(".screen")).to_be_hidden()
    with page.expect_request("https://player.vimeo.com/**"):
        page.locator("#partie-1 [data-player]").click()
    expect(page.locator(".screen iframe")).to_be_visible()


def test_the_words_of_a_part_are_read_without_leaving_the_page(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}{online(OVER).url}")
    page.locator("#partie-1 summary").press("Enter")
    expect(page.locator("#partie-1").get_by_text("Nous, tous.")).to_be_visible()


def test_without_scripts_links_lead_to_the_video_and_no_button_lies(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}{online(OVER).url}")
    expect(page.get_by_role("button")).to_have_count(0)
    link = page.get_by_role("link", name="Voir cette partie, à partir de 20:00 sur YouTube")
    expect(link).to_have_attribute("href", f"{YOUTUBE}&t=1200s")
    context.close()


@pytest.mark.parametrize("starts_in", [UPCOMING, LIVE, OVER])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_at_any_moment(
    page: Page, live_server: LiveServer, starts_in: timedelta, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}{online(starts_in).url}")
    page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
    page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
    assert page.evaluate(AXE, TAGS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
