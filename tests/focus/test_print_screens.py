"""The print desk in a real browser: axe, keyboard, mouse, without script, on paper."""

from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.roles import CHIEF_EDITORS
from cms.services import set_up_site
from focus.models import Insert, InsertUpload
from focus.print_desk import links
from focus.print_desk.uploads import examine, take
from tests.components import node_module
from tests.e2e.conftest import base_url
from tests.e2e.test_accessibility import AXE, TAGS
from tests.factories.focus import ArticleFactory
from tests.focus.print_room import (
    ERROR,
    WARNING,
    Person,
    asset,
    cahier,
    one_page,
    page_of,
    uploaded,
    version,
)

__all__ = ["base_url", "one_page"]  # fixtures

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]


class Desk:
    """A site, a cahier, and somebody who may publish it, logged in."""

    def __init__(self, live_server: LiveServer, pages: int = 8) -> None:
        set_up_site()
        self.site = live_server.url
        self.boss = Person(CHIEF_EDITORS, "Charlie Chef")
        self.insert = cahier(pages, printing_notes="Papier journal.")

    @property
    def cookie(self) -> dict[str, Any]:
        """The session."""
        value = self.boss.client.cookies["sessionid"].value
        return {"name": "sessionid", "value": value, "url": self.site}

    def address(self, name: str, *args: object) -> str:
        """Return the address of a screen."""
        return self.site + reverse(f"focus_print:{name}", args=args)

    def headlines(self) -> str:
        """Return the headlines in order."""
        found = Insert.objects.get().pages.order_by("number").values_list("headline", flat=True)
        return "".join(found)


@pytest.fixture
def desk(live_server: LiveServer, page: Page) -> Desk:
    """Give a desk whose pages are named by letters."""
    desk = Desk(live_server)
    for one in desk.insert.pages.all():
        one.headline = "abcdefgh"[one.number - 1]
        one.save()
    page.context.add_cookies([desk.cookie])
    return desk


def test_axe_finds_nothing(desk: Desk, page: Page) -> None:
    insert = desk.insert
    first = page_of(insert, 1)
    old, new = version(first, ERROR), version(first, WARNING)
    approved = version(page_of(insert, 2))
    desk.boss.post("approve", approved.pk, waiver="")
    first.linked_pages.add(ArticleFactory(parent=insert.focus))
    photo = asset(first, licence=None)
    _, token = links.create(new, desk.boss.user, name="Dominique Imprimeur")
    withdrawn, other = links.create(new, desk.boss.user, name="Alex")
    links.revoke(withdrawn, desk.boss.user)
    pending = InsertUpload.objects.create(insert=insert, name="x.pdf")
    InsertUpload.objects.filter(pk=old.upload_id).update(
        report={"findings": [vars(ERROR), vars(WARNING)]}
    )
    desk.boss.post("bundles", insert.pk)
    addresses = [
        *(desk.address(name, insert.pk) for name in ("desk", "sheet", "events", "bundles")),
        *(desk.address("page", one.page.pk) for one in (new, approved)),
        desk.address("page", page_of(insert, 3).pk),
        desk.address("compare", first.pk),
        desk.address("asset_add", first.pk),
        desk.address("asset_delete", photo.pk),
        *(desk.address("upload", pk) for pk in (pending.pk, old.upload_id)),
        *(desk.site + reverse("focus_approval", args=(secret,)) for secret in (token, other)),
    ]
    found = {}
    for width, scheme in ((1280, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for address in addresses:
            page.goto(address)
            page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
            if problems := page.evaluate(AXE, TAGS):
                found[address, width] = problems
            assert page.evaluate("document.documentElement.scrollWidth") == width, address
    assert found == {}


def test_pages_are_exchanged_with_the_mouse(desk: Desk, page: Page) -> None:
    page.set_viewport_size({"width": 1600, "height": 1400})  # both pages in sight
    page.goto(desk.address("desk", desk.insert.pk))
    page.locator("#page-2").drag_to(page.locator("#page-5"))
    page.wait_for_url("**#page-5")
    assert desk.headlines() == "aecdbfgh"


def test_pages_are_exchanged_with_the_keyboard_alone(desk: Desk, page: Page) -> None:
    page.goto(desk.address("desk", desk.insert.pk))
    page.get_by_role("link", name="Page 3").focus()
    for _ in range(2):
        page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_accessible_name("Échanger la page 3 avec la suivante")
    page.keyboard.press("Enter")
    page.wait_for_url("**#page-4")
    assert desk.headlines() == "abdcefgh"


def test_everything_works_without_script(desk: Desk, browser: Browser, one_page: Path) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    context.add_cookies([desk.cookie])
    page = context.new_page()
    page.goto(desk.address("desk", desk.insert.pk))
    page.get_by_role("button", name="Échanger la page 1 avec la suivante").click()
    assert desk.headlines() == "bacdefgh"
    page.get_by_role("link", name="Page 1").click()
    page.locator("input[type=file]").set_input_files(one_page)
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(page.get_by_role("heading", name="Contrôle en cours")).to_be_visible()
    examine(take(InsertUpload.objects.get().pk))
    page.get_by_role("link", name="Actualiser").click()
    expect(page.get_by_role("heading", name="Fichier contrôlé")).to_be_visible()
    page.get_by_role("link", name="Voir la page 1").click()
    page.get_by_role("button", name="Donner le BAT").click()
    expect(page.locator("main")).to_contain_text("BAT de Charlie Chef")
    context.close()


def test_the_report_comes_by_itself_and_is_said_aloud(
    desk: Desk, page: Page, one_page: Path
) -> None:
    upload = uploaded(desk.insert, one_page, page_of(desk.insert, 3))
    page.goto(desk.address("upload", upload.pk))
    expect(page.get_by_role("progressbar")).to_be_visible()
    InsertUpload.objects.update(progress=0.4, progress_label="Mesure des encres")
    expect(page.locator("[data-upload-status]")).to_have_text("Mesure des encres")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "40")
    examine(take(upload.pk))
    expect(page.get_by_role("heading", name="Fichier contrôlé")).to_be_visible()
    expect(page.locator("[data-upload-status]")).to_contain_text("Fichier contrôlé")
    expect(page.get_by_role("button", name="Imprimer le rapport")).to_be_visible()


def test_two_versions_are_enlarged_and_moved_together_with_the_keyboard(
    desk: Desk, page: Page
) -> None:
    first = page_of(desk.insert)
    version(first)
    version(first)
    page.goto(desk.address("compare", first.pk))
    views = page.locator("[data-view]")
    widths = [box["width"] for box in (view.bounding_box() for view in views.all())]
    assert widths[0] == pytest.approx(widths[1], abs=1)
    views.first.focus()
    for _ in range(3):
        page.keyboard.press("+")
    images = page.locator("[data-view] img")
    enlarged = [image.bounding_box()["width"] for image in images.all()]
    assert enlarged[0] == pytest.approx(enlarged[1], abs=1)
    assert enlarged[0] > 1.8 * widths[0]
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "() => { const [a, b] = document.querySelectorAll('[data-view]');"
        " return a.scrollLeft > 0 && Math.abs(a.scrollLeft - b.scrollLeft) <= 1; }"
    )
    page.keyboard.press("0")
    assert images.first.bounding_box()["width"] == pytest.approx(widths[0], abs=3)


def test_a_text_is_chosen_and_linked(desk: Desk, page: Page) -> None:
    article = ArticleFactory(parent=desk.insert.focus, title="Qui soigne ?")
    call_command("update_index", verbosity=0)
    first = page_of(desk.insert)
    page.goto(desk.address("page", first.pk))
    page.get_by_role("button", name="Choisir un texte ou un épisode").click()
    modal = page.locator(".modal")
    modal.get_by_label("Terme de recherche").fill("soigne")
    modal.get_by_role("link", name="Qui soigne").click()
    modal.wait_for(state="hidden")
    page.get_by_role("button", name="Lier à la page").click()
    expect(page.get_by_role("button", name="Délier")).to_be_visible()
    assert first.linked_pages.get().pk == article.pk


@pytest.mark.parametrize("pages", [8, 24])
def test_the_chemin_de_fer_is_printed_on_one_a4(
    pages: int, live_server: LiveServer, page: Page, tmp_path: Path
) -> None:
    desk = Desk(live_server, pages)
    for one in desk.insert.pages.all():
        one.headline = "Un titre bien trop long pour tenir sous une vignette " * 4
        one.save()
    page.context.add_cookies([desk.cookie])
    page.goto(desk.address("sheet", desk.insert.pk))
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    with pikepdf.open(tmp_path / "sheet.pdf") as pdf:
        (sheet,) = pdf.pages
        _, _, width, height = map(float, sheet.mediabox)
        assert (round(width), round(height)) == (842, 595)


def test_a_link_is_made_copied_and_used_by_somebody_without_account(
    desk: Desk, page: Page, browser: Browser
) -> None:
    found = version(page_of(desk.insert, 5), WARNING)
    page.goto(desk.address("page", found.page.pk))
    page.get_by_role("textbox", name="Nom", exact=False).first.fill("Dominique Imprimeur")
    page.get_by_role("button", name="Créer le lien").click()
    address = page.get_by_role("textbox", name="Adresse à transmettre").input_value()
    context = browser.new_context(locale="fr-FR")
    other = context.new_page()
    # Links name the site; the server of this test has another port.
    other.goto(desk.site + address.removeprefix("http://testserver"))
    expect(other.get_by_role("heading", level=1)).to_contain_text("page 5")
    image = other.get_by_role("img", name="La page 5")
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 40
    other.get_by_role("button", name="Donner le bon à tirer").click()
    expect(other.get_by_role("alert")).to_contain_text("écrivez pourquoi")
    other.get_by_label("Pourquoi accepter").fill("Vu avec la fabrication.")
    other.get_by_role("button", name="Donner le bon à tirer").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Merci")
    assert context.cookies() == []
    context.close()
    page.goto(desk.address("page", found.page.pk))
    expect(page.locator("main")).to_contain_text("BAT de Dominique Imprimeur")
    expect(page.locator("main")).to_contain_text("Vu avec la fabrication.")
