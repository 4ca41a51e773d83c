"""An editor types an article: the browser's signes are those of the draft that is saved."""

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from cms.length import Lengths, lengths
from cms.services import set_up_site
from cms.signes import label
from focus.models import ArticlePage
from tests.components import node_module
from tests.e2e.test_accessibility import TAGS
from tests.factories.cms import UserFactory
from tests.factories.focus import ArticleFactory

TARGET = 70  # signes
AXE = """
    async (tags) => {
        const mine = {include: [[".signes"], [".signes-counter"]]};
        const results = await axe.run(mine, {runOnly: {type: "tag", values: tags}});
        if (!results.passes.some((rule) => rule.id === "color-contrast")) return ["nothing read"];
        return results.violations.map(
            (rule) => `${rule.id}: ${rule.nodes.map((node) => node.html).join(" | ")}`,
        );
    }
"""

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("s3"),
]


class Desk:
    """The form of an article, in the browser of an editor."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.panel = page.get_by_role("group", name="Longueur")

    def add(self, kind: str) -> Locator:
        """Add a block at the end of the text; return its part of the form."""
        blocks = self.page.locator("#body-root > div > [data-streamfield-child]")
        number = blocks.count()
        self.page.locator("#body-root > div > div > .c-sf-add-button").last.click()
        self.page.get_by_role("option", name=kind, exact=True).click()
        return blocks.nth(number)

    def write(self, block: Locator, text: str) -> None:
        """Type at the end of the rich text of a block."""
        block.locator("[contenteditable=true].public-DraftEditor-content").click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(text)

    def link(self, address: str) -> None:
        """Make a link of what is selected."""
        self.page.keyboard.press("Control+k")
        self.page.get_by_role("link", name="Lien externe").click()
        self.page.get_by_role("textbox", name="URL").fill(address)
        self.page.get_by_role("button", name="Insérer un lien").click()

    def sees(self, length: Lengths) -> None:
        """Wait for numbers in the panel, and beside the fields."""
        for name in ("title", "chapo", "body"):
            said = label(getattr(length, name))
            expect(self.panel.locator(f"[data-signes-of={name}]")).to_have_text(said)
            field = self.page.locator(f".w-field__wrapper:has([name={name}], [name={name}-count])")
            expect(field.first.locator("> .signes-counter")).to_have_text(said)
        expect(self.panel.locator("[data-signes-total]")).to_have_text(label(length.total, TARGET))

    def saves(self) -> ArticlePage:
        """Save the draft; return the article as it is stored."""
        self.page.get_by_role("button", name="Enregistrer le brouillon").click()
        expect(self.page.get_by_text("a été mise à jour")).to_be_visible()
        return ArticlePage.objects.get().get_latest_revision_as_object()


@pytest.fixture
def desk(page: Page, live_server: LiveServer, client: Client) -> Desk:
    """An editor who opens an article that has no text yet."""
    set_up_site()
    article = ArticleFactory(title="À écrire", chapo="", body="[]", target_signes=TARGET)
    client.force_login(UserFactory(superuser=True))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}/admin/pages/{article.pk}/edit/")
    return Desk(page)


def test_the_browser_counts_what_is_then_saved(desk: Desk) -> None:
    page, status = desk.page, desk.panel.get_by_role("status")
    desk.sees(Lengths(title=8, chapo=0, body=0))
    page.get_by_role("textbox", name="Titre*", exact=True).fill("Qui soigne\u202f? 👍\u00ad")
    page.get_by_role("textbox", name="Chapô").fill("Deux voix.\nUne  réponse. ")
    paragraph = desk.add("Paragraphe")
    desk.write(paragraph, "Voir la ")
    page.keyboard.press("Control+b")
    page.keyboard.type("loi ")
    page.keyboard.press("Control+b")
    page.keyboard.type("de 2005")
    page.keyboard.press("Control+Shift+ArrowLeft")
    desk.link("https://exemple.fr/loi")
    desk.sees(Lengths(title=14, chapo=22, body=19))
    box = desk.add("Encadré")
    box.get_by_role("textbox", name="Titre").fill("Repères")
    desk.write(box, "Un.")
    page.keyboard.press("Enter")
    page.keyboard.type("Deux.")
    expect(status).to_be_empty()
    desk.add("Intertitre").get_by_role("textbox").fill("Un intertitre de trop")
    desk.sees(Lengths(title=14, chapo=22, body=19 + 15 + 21))
    expect(status).to_have_text("La longueur visée est dépassée.")
    page.get_by_role("button", name="Supprimer").last.click()
    box.get_by_role("button", name="Monter").click()
    final = Lengths(title=14, chapo=22, body=19 + 15)
    desk.sees(final)
    expect(status).to_have_text("Sous la longueur visée.")
    draft = desk.saves()
    box, paragraph = draft.body
    assert box.value["title"] == "Repères"
    assert "la <b>loi </b>de <a href=" in paragraph.value.source
    assert lengths(draft) == final
    page.reload()
    desk.sees(final)


def test_axe_finds_nothing_in_the_panel_beside_the_fields_and_nothing_moves(desk: Desk) -> None:
    page, chapo = desk.page, desk.page.get_by_role("textbox", name="Chapô")
    page.add_script_tag(path=node_module("axe-core") / "axe.min.js")
    for length in (6, TARGET + 1):
        chapo.fill("a" * length)
        desk.sees(Lengths(title=8, chapo=length, body=0))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(AXE, TAGS) == []
    with_counter = chapo.bounding_box()
    page.add_style_tag(content=".signes-counter { display: none }")
    assert chapo.bounding_box() == with_counter
