"""An editor in a real browser, with a real worker: from an empty form to the feed in the bucket."""

import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from playwright.sync_api import Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from cms.roles import CHIEF_EDITORS
from cms.services import set_up_site
from deploy.processes import Process
from podcasts.models import EpisodePage, ShowPage
from podcasts.roles import LABELS, REQUIRED
from tests.factories.cms import PASSWORD, PersonFactory, UserFactory
from tests.factories.podcasts import SPEECH, ShowFactory
from tests.services import DIRECTORY, S3

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]

PEOPLE = ("Nora Delmas", "Maryse Courtade", "Karim Haddadi", "Hélène Vauquelin")


@pytest.fixture
def worker_process(transactional_db: None) -> Iterator[Process]:
    """Run the worker of the task queue as ``make run`` does."""
    process = Process(
        [sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--no-reload"],
        log=DIRECTORY / "worker.log",
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )
    yield process
    process.stop()


@pytest.fixture
def show(live_server: LiveServer) -> ShowPage:
    """A show that is online, with people to invite."""
    set_up_site()
    for name in PEOPLE:
        first_name, last_name = name.split()
        PersonFactory(first_name=first_name, last_name=last_name)
    call_command("update_index", verbosity=0)
    return ShowFactory(title="Une question, trois voix")


class Desk:
    """The browser of a chief editor, who reads labels and clicks on buttons."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def log_in(self) -> None:
        """Open the admin and give name and password."""
        group = Group.objects.get(name=CHIEF_EDITORS.name)
        user = UserFactory(username="cheffe", groups=[group])
        self.page.goto(f"{self.site}/admin/")
        self.page.get_by_role("textbox", name="Nom d’utilisateur").fill(user.username)
        self.page.locator("input[type=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="S'identifier").click()
        self.page.wait_for_url(f"{self.site}/admin/")

    def new_episode(self, show: ShowPage, question: str) -> None:
        """Open the show, add an episode to it, type the question."""
        self.page.goto(f"{self.site}/admin/pages/{show.pk}/")
        self.page.get_by_role("link", name="Ajouter une sous-page").first.click()
        # Wagtail looks at the form two seconds after it came: what a robot typed before is not
        # a change.
        self.page.wait_for_function(
            "window.wagtail?.app?.queryController('w-unsaved')?.initialFormData"
        )
        self.page.get_by_role("textbox", name="Question").press_sequentially(question)

    def see_saved(self, field: str, value: object) -> None:
        """Wait until the draft was saved by itself."""
        end = time.monotonic() + 15
        while getattr(draft(), field, None) != value:
            assert time.monotonic() < end, f"the draft was not saved by itself: {field}"
            self.page.wait_for_timeout(100)

    def summarise(self, text: str) -> None:
        """Type the summary, and see that the draft is saved by itself."""
        self.page.get_by_role("textbox", name="Résumé").press_sequentially(text)
        self.page.keyboard.press("Tab")
        self.see_saved("summary", text)
        expect(self.page.get_by_text("Enregistré", exact=True)).to_be_visible()

    def tab(self, name: str) -> None:
        """Go to a tab."""
        self.page.get_by_role("tab", name=re.compile(name)).click()

    @property
    def sound(self) -> Locator:
        """What is said next to the chosen sound."""
        return self.page.locator("[data-audio-state]")

    def upload(self, path: Path) -> None:
        """Send a sound through the chooser, over a slow line; see how far it comes."""
        self.page.get_by_role("button", name="Choisir ou envoyer un son").click()
        modal = self.page.locator(".modal")
        modal.get_by_role("tab", name="Envoyer un fichier").click()
        modal.locator("input[type=file]").set_input_files(path)
        line = self.page.context.new_cdp_session(self.page)
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1}
        line.send("Network.enable")
        line.send(
            "Network.emulateNetworkConditions",
            {**slow, "uploadThroughput": path.stat().st_size * 1.5},
        )
        modal.get_by_role("button", name="Envoyer").click()
        self.page.wait_for_function(
            "document.querySelector('.modal progress')?.value > 0.1", timeout=5000
        )
        assert 0 < modal.locator("progress").evaluate("bar => bar.value") < 1
        modal.wait_for(state="hidden")
        line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})

    def add_voice(self, role: str, name: str) -> None:
        """Add somebody in a role."""
        self.page.get_by_role("button", name="Ajouter un(e) Voix").click()
        row = self.page.locator("[data-inline-panel-child]:has(select[name$='-role'])").last
        row.get_by_label("Rôle").select_option(label=role)
        row.get_by_role("button", name="Choisir personne").click()
        modal = self.page.locator(".modal")
        modal.get_by_role("textbox", name="Terme de recherche").fill(name)
        modal.get_by_role("link", name=name).click()
        modal.wait_for(state="hidden")

    def publish(self) -> None:
        """Click on «Publier»."""
        self.page.get_by_role("button", name="Plus d'actions").last.click()
        self.page.get_by_role("button", name="Publier", exact=True).click()


@pytest.fixture
def desk(page: Page, live_server: LiveServer, show: ShowPage) -> Desk:
    """A chief editor who has logged in."""
    desk = Desk(page, live_server.url)
    desk.log_in()
    return desk


def draft() -> EpisodePage | None:
    """Return the only episode as it was last saved."""
    episode = EpisodePage.objects.first()
    return episode and episode.get_latest_revision_as_object()


def listed(s3: S3, show: ShowPage) -> list[str]:
    """Return the titles in the feed, as any reader sees them."""
    return [entry.title for entry in feedparser.parse(s3.get(show.feed_key).content).entries]


def test_an_editor_publishes_an_episode_and_the_feed_lists_it_within_five_seconds(
    desk: Desk, show: ShowPage, worker_process: Process, s3: S3
) -> None:
    question = "Qui prendra soin de nous ?"
    desk.new_episode(show, question)
    desk.upload(SPEECH)
    expect(desk.sound).to_contain_text("00:00:15, MP3, 96 kbit/s mono", timeout=15_000)
    desk.summarise("Trois voix répondent.")
    for role, name in zip(REQUIRED, PEOPLE, strict=True):
        desk.add_voice(LABELS[role], name)
    desk.publish()
    clicked = time.monotonic()
    expect(desk.page.get_by_text("a été publiée")).to_be_visible()
    while question not in listed(s3, show):
        assert time.monotonic() - clicked < 5, worker_process.tail(40)
        time.sleep(0.1)
    episode = EpisodePage.objects.get()
    assert [row.person.full_name for row in episode.participants.all()] == list(PEOPLE)
    desk.page.goto(f"{desk.site}/admin/pages/{episode.pk}/edit/")
    desk.tab("Son et flux")
    expect(desk.page.locator("[data-publication-state]")).to_contain_text("en ligne")
    assert desk.page.locator(".publication__state--published").is_visible()


def test_what_is_wrong_is_said_next_to_it_and_nothing_is_lost(
    desk: Desk, show: ShowPage, worker_process: Process, tmp_path: Path
) -> None:
    damaged = bytearray(SPEECH.read_bytes())
    damaged[60_000:150_000] = bytes(90_000)
    (tmp_path / "abîmé.mp3").write_bytes(damaged)
    page = desk.page
    desk.new_episode(show, "Qui prendra soin de nous ?")
    desk.upload(tmp_path / "abîmé.mp3")
    expect(desk.sound).to_contain_text("Refusé. Le fichier est", timeout=15_000)
    desk.summarise("Trois voix répondent.")
    assert draft().slug == "qui-prendra-soin-de-nous"
    assert draft().summary == "Trois voix répondent."
    desk.add_voice(LABELS[REQUIRED[0]], PEOPLE[0])
    desk.publish()
    expect(page.get_by_text("Ce son a été refusé. Le fichier est")).to_be_visible()
    expect(page.get_by_text("Il manque\u00a0: Élu·e")).to_be_visible()
    expect(page.get_by_role("textbox", name="Question")).to_have_value("Qui prendra soin de nous ?")
    expect(page.get_by_role("textbox", name="Résumé")).to_have_value("Trois voix répondent.")
    expect(page.get_by_text(PEOPLE[0])).to_be_visible()
    expect(desk.sound).to_contain_text("Refusé")
    expect(page.locator("[data-chooser-title]", has_text="abîmé")).to_be_visible()
    assert not EpisodePage.objects.get().live


def test_what_is_typed_while_a_save_is_under_way_is_saved_too(desk: Desk, show: ShowPage) -> None:
    summary = desk.page.get_by_role("textbox", name="Résumé")

    def type_meanwhile(save: Route) -> None:
        answer = save.fetch()
        summary.fill("Tapé pendant l’enregistrement.")
        save.fulfill(response=answer)

    desk.new_episode(show, "Qui prendra soin de nous ?")
    desk.page.route("**/admin/pages/add/**", type_meanwhile, times=1)
    desk.see_saved("summary", "Tapé pendant l’enregistrement.")
