"""Listening on the site, by mouse, by keyboard and by a shared address."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from podcasts.models import EpisodeChapter, EpisodePage
from tests.factories.podcasts import EpisodeFactory, republish
from tests.pages import bring_online

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

TRANSCRIPT = f"""WEBVTT

00:00.000 --> 00:06.000
<v Ada>Qui répond ?

00:06.000 --> 00:12.000
<v Bob>{"Nous. " * 400}
"""


@pytest.fixture
def episode(live_server: LiveServer) -> EpisodePage:
    """An episode of a quarter of a minute, online, with two chapters and two voices."""
    episode = EpisodeFactory(published=False)
    episode.chapters.add(
        EpisodeChapter(start=0, title="La question"), EpisodeChapter(start=6.5, title="La suite")
    )
    republish(episode, transcript=TRANSCRIPT)
    bring_online(episode, episode.show)
    return episode


@pytest.fixture
def address(live_server: LiveServer, episode: EpisodePage) -> str:
    """The address of its page."""
    return f"{live_server.url}{episode.url}"


def time_of(page: Page) -> float:
    """Return where the sound is, in seconds."""
    return page.evaluate("document.querySelector('audio').currentTime")


def test_a_chapter_seeks_plays_and_becomes_the_current_one(page: Page, address: str) -> None:
    page.goto(address)
    current = page.locator(".chapters [aria-current=true]")
    expect(current).to_have_count(0)
    page.get_by_role("link", name="La suite").press("Enter")
    expect(current).to_have_text("0:06 La suite")
    page.wait_for_function("document.querySelector('audio').currentTime > 6.6")
    assert not page.evaluate("document.querySelector('audio').paused")
    expect(page.locator(".turn:has([aria-current=true]) b")).to_have_text("Bob")


def test_a_time_of_the_transcript_seeks(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Écouter à partir de 0:06").click()
    expect(page.locator(".turn:has([aria-current=true]) b")).to_have_text("Bob")
    assert time_of(page) >= 6


def test_a_shared_address_opens_at_its_time_without_playing(
    page: Page, address: str, episode: EpisodePage
) -> None:
    page.goto(f"{address}#t=6.5")
    expect(page.locator(".chapters [aria-current=true]")).to_have_text("0:06 La suite")
    assert time_of(page) == 6.5
    assert page.evaluate("document.querySelector('audio').paused")
    share = page.locator("[data-share]")
    expect(share).to_have_text("Écouter à partir de 0:06")
    expect(share).to_have_attribute("href", f"{episode.full_url}#t=6")


def test_the_drawing_seeks(page: Page, address: str) -> None:
    page.goto(address)
    box = page.locator(".score").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 4)
    seconds = page.evaluate("Number(document.querySelector('[data-player]').dataset.seconds)")
    assert time_of(page) == pytest.approx(seconds / 2, abs=0.2)


def test_the_feed_address_is_copied_by_keyboard(
    page: Page, context: BrowserContext, address: str, episode: EpisodePage
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address)
    page.get_by_role("button", name="Copier l’adresse").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copié")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == episode.show.feed_url


def test_without_scripts_nothing_is_promised_that_does_not_work(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_role("link", name="La suite")).to_have_attribute(
        "href", page.locator("audio").get_attribute("src") + "#t=6.5"
    )
    context.close()


def test_what_is_reached_is_not_under_the_player(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1000, "height": 600})
    page.goto(address)
    page.get_by_role("link", name="Lire la transcription").click()
    title = page.get_by_role("heading", name="Transcription").bounding_box()
    player = page.locator(".player").bounding_box()
    assert player["y"] + player["height"] <= title["y"] < 600
