"""A focus from its first line to its readers, in real browsers, with a real worker."""

import os
import sys
import time
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from cms.roles import CHIEF_EDITORS
from cms.services import set_up_site
from deploy.processes import Process
from focus.example_data import DATA
from focus.models import FocusIndexPage, FocusPage, InsertPage, PageApproval
from tests.components import node_module
from tests.e2e.test_accessibility import AXE, TAGS
from tests.factories.cms import LicenceFactory, PersonFactory, UserFactory
from tests.factories.focus import FocusIndexFactory, publish
from tests.services import DIRECTORY, S3

CAHIER = DATA / "cahier.pdf"

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]


@pytest.fixture
def worker_process(transactional_db: None) -> Iterator[Process]:
    """Run the worker of the task queue as ``make run`` does."""
    process = Process(
        [sys.executable, "manage.py", "db_worker", "--interval", "0.2", "--no-reload"],
        log=DIRECTORY / "worker-focus.log",
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
    )
    yield process
    process.stop()


class Newsroom:
    """The browser of a chief editor, who reads labels and clicks on buttons."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site

    def button(self, name: str) -> None:
        """Click on a button or a link by its whole name."""
        named = self.page.get_by_role("button", name=name, exact=True)
        linked = self.page.get_by_role("link", name=name, exact=True)
        named.or_(linked).first.click()

    def save_draft(self) -> None:
        """Save what is typed."""
        self.button("Enregistrer le brouillon")
        expect(self.page.locator(".messages .success")).to_be_visible()

    def sommaire(self) -> None:
        """Go to the sommaire of the focus."""
        self.page.goto(f"{self.site}/admin/focus/")
        self.page.get_by_role("link", name="Habiter autrement").first.click()
        expect(self.page.get_by_role("heading", name="Sommaire")).to_be_visible()

    def plan(self, kind: str, title: str, signes: int | None = None) -> None:
        """Plan a piece before any page exists."""
        self.button("Prévoir une pièce")
        self.page.get_by_label("Nature").select_option(label=kind)
        self.page.get_by_role("textbox", name="Titre de travail").fill(title)
        if signes:
            self.page.get_by_label("Longueur visée").fill(str(signes))
        self.page.locator("form[method=post] button[type=submit]").last.click()
        expect(self.page.get_by_role("row").filter(has_text=title)).to_be_visible()

    def create_page(self, title: str) -> None:
        """Make a draft of a planned piece; its editor opens."""
        self.page.get_by_role("button", name=f"Créer la page de « {title} »").click()
        expect(self.page.get_by_role("textbox", name="Titre*", exact=True)).to_have_value(title)

    def choose(self, what: str, name: str) -> None:
        """Choose something in a dialogue box."""
        self.page.get_by_role("button", name=what).click()
        modal = self.page.locator(".modal")
        modal.get_by_role("link", name=name).click()
        modal.wait_for(state="hidden")

    def write(self, person: str, chapo: str, text: str) -> None:
        """Write an article: its signature, its chapô, a paragraph."""
        page = self.page
        page.get_by_role("textbox", name="Chapô").fill(chapo)
        page.get_by_role("button", name="Ajouter un(e) Signature").click()
        self.choose("Choisir personne", person)
        page.locator("#body-root > div > div > .c-sf-add-button").last.click()
        page.get_by_role("option", name="Paragraphe", exact=True).click()
        page.locator("#body-root [contenteditable=true].public-DraftEditor-content").last.click()
        page.keyboard.type(text)

    def axe(self) -> None:
        """Let axe find nothing on this screen, once Wagtail’s passing messages are gone."""
        self.page.reload()
        self.page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
        assert self.page.evaluate(AXE, TAGS) == [], self.page.url


@pytest.fixture
def newsroom(page: Page, live_server: LiveServer, settings: Settings) -> Newsroom:
    """A chief editor who has logged in, on a site that is online."""
    settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = live_server.url
    set_up_site()
    publish(FocusIndexFactory())
    PersonFactory(first_name="Nora", last_name="Delmas", biography="Une journaliste d’exemple.")
    client = Client()
    client.force_login(UserFactory(groups=[Group.objects.get(name=CHIEF_EDITORS.name)]))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return Newsroom(page, live_server.url)


def plan_the_focus(newsroom: Newsroom) -> None:
    """Create the focus, then its lines."""
    page = newsroom.page
    index = FocusIndexPage.objects.get()
    page.goto(f"{newsroom.site}/admin/pages/add/focus/focuspage/{index.pk}/")
    page.get_by_role("textbox", name="Titre*", exact=True).fill("Habiter autrement")
    page.get_by_label("Année").fill("2026")
    page.get_by_role("textbox", name="Chapô").fill("Deux façons d’habiter, en exemple.")
    page.get_by_role("tab", name="Calendrier et flux").click()
    for name, moment in (
        ("Bouclage", "22/11/2026 18:00"),
        ("Sortie du journal", "24/11/2026 06:00"),
    ):
        page.get_by_role("textbox", name=name).click()
        expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
        page.keyboard.type(moment)
        page.keyboard.press("Tab")
        expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    page.get_by_role("tab", name="Réglages").click()
    newsroom.choose("Choisir licence", LicenceFactory().name)
    newsroom.save_draft()
    newsroom.sommaire()
    newsroom.plan("Article", "Une maison pour dix", 200)
    newsroom.plan("Article", "Le prix du seuil", 150)
    newsroom.plan("Cahier", "Le cahier")
    newsroom.axe()


def write_the_articles(newsroom: Newsroom) -> None:
    """Turn two lines into articles."""
    for title, chapo in (
        ("Une maison pour dix", "Dix locataires, un toit, un jardin."),
        ("Le prix du seuil", "Qui paie quand une porte s’ouvre."),
    ):
        newsroom.sommaire()
        newsroom.create_page(title)
        newsroom.write("Nora Delmas", chapo, "Un paragraphe d’exemple, écrit dans un navigateur.")
        expect(newsroom.page.get_by_role("group", name="Longueur")).to_contain_text("signes")
        newsroom.save_draft()


def upload_the_cahier(newsroom: Newsroom) -> None:
    """Send eight pages; follow the preflight to its end."""
    page = newsroom.page
    newsroom.sommaire()
    newsroom.create_page("Le cahier")
    newsroom.save_draft()
    insert_pk = InsertPage.objects.values_list("insert", flat=True).first()
    page.goto(f"{newsroom.site}/admin/cahier/{insert_pk}/")
    newsroom.axe()
    page.locator("input[type=file]").set_input_files(CAHIER)
    newsroom.button("Déposer le cahier")
    expect(page.locator("progress")).to_be_visible()
    expect(page.locator("[data-upload-state]")).to_contain_text("contrôlé", timeout=60_000)
    newsroom.axe()


def approve_the_pages(newsroom: Newsroom, browser: Browser) -> None:
    """Give seven BAT here, the eighth through a link, by somebody without account."""
    page = newsroom.page
    for printed in InsertPage.objects.order_by("number"):
        page.goto(f"{newsroom.site}/admin/cahier/page/{printed.pk}/")
        if printed.number == 1:
            newsroom.axe()
        if printed.number < 8:
            newsroom.button("Donner le BAT")
            expect(page.locator(".messages .success")).to_be_visible()
    links = page.locator("form[action*='lien']")
    links.get_by_role("textbox", name="Nom").fill("Sacha Imprimeur")
    newsroom.button("Créer le lien")
    address = page.get_by_label("Adresse à transmettre").input_value()
    stranger = browser.new_context(locale="fr-FR")
    desk = Newsroom(stranger.new_page(), newsroom.site)
    desk.page.goto(address)
    desk.axe()
    desk.page.goto(address)  # reading twice consumes nothing
    desk.page.get_by_role("textbox").first.fill("Sacha Imprimeur")
    desk.button("Donner le bon à tirer")
    expect(desk.page.get_by_role("heading").first).to_be_visible()
    assert desk.page.goto(address).status == 410
    desk.axe()
    stranger.close()
    assert PageApproval.objects.count() == 8
    assert PageApproval.objects.filter(name="Sacha Imprimeur", user=None).count() == 1


def publish_the_package(newsroom: Newsroom, s3: S3, worker: Process) -> None:
    """Submit, approve, publish: nothing is out before, everything after."""
    page = newsroom.page
    newsroom.sommaire()
    for act in ("Soumettre à validation", "Valider", "Faire paraître"):
        assert [key for key in s3.keys() if "habiter-autrement" in key] == []
        newsroom.button(act)
        newsroom.axe()
        newsroom.button("Confirmer")
    expect(page.locator("[data-package-state]")).to_contain_text("Paru le", timeout=30_000)
    end = time.monotonic() + 60
    while b"Une maison pour dix" not in s3.get("focus/habiter-autrement/rss.xml").content:
        assert time.monotonic() < end, worker.tail(40)
        time.sleep(0.2)
    while not any(key.endswith(".pdf") for key in s3.keys()):
        assert time.monotonic() < end, worker.tail(40)
        time.sleep(0.2)


def read_on_a_phone(context: BrowserContext, site: str) -> None:
    """Go by thumb from the home page to the cahier, through an article."""
    phone = Newsroom(context.new_page(), site)
    phone.page.goto(f"{site}{FocusIndexPage.objects.get().url}")
    phone.axe()
    for name, heading in (
        ("Habiter autrement", "Habiter autrement"),
        ("Une maison pour dix", "Une maison pour dix"),
    ):
        phone.page.get_by_role("main").get_by_role("link", name=name).first.tap()
        expect(phone.page.get_by_role("heading", level=1)).to_contain_text(heading)
        phone.axe()
        width = phone.page.evaluate("document.documentElement.scrollWidth")
        assert width <= phone.page.viewport_size["width"]
    phone.page.get_by_role("link", name="Le prix du seuil").first.tap()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Le prix du seuil")
    phone.page.get_by_role("link", name="Habiter autrement").first.tap()
    phone.page.get_by_role("main").get_by_role("link", name="Le cahier").first.tap()
    expect(phone.page.get_by_role("img").first).to_be_visible()
    phone.axe()


def read_with_a_keyboard(page: Page, site: str) -> None:
    """Reach an article from the focus without a mouse."""
    page.goto(f"{site}{FocusPage.objects.get().url}")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Une maison pour dix" in page.locator(":focus").inner_text():
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Une maison pour dix")


def test_a_newsroom_makes_a_focus_and_readers_read_it(
    newsroom: Newsroom, worker_process: Process, browser: Browser, s3: S3
) -> None:
    plan_the_focus(newsroom)
    write_the_articles(newsroom)
    upload_the_cahier(newsroom)
    approve_the_pages(newsroom, browser)
    publish_the_package(newsroom, s3, worker_process)
    phone = browser.new_context(
        locale="fr-FR", viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True
    )
    read_on_a_phone(phone, newsroom.site)
    phone.close()
    desk = browser.new_context(locale="fr-FR")
    read_with_a_keyboard(desk.new_page(), newsroom.site)
    desk.close()
