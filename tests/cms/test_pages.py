"""The frame of every page, the home page and the error pages."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.views.defaults import server_error

from cms.models import HomePage
from cms.published import objects_of, picture
from cms.templatetags.pages import ld_json
from publishing.models import Publication, PublishedObject
from tests.factories.cms import HomePageFactory, ImageFactory
from tests.pages import addresses, read, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def put(key: str, *roles: str) -> None:
    """Note objects of a publication as live in the bucket."""
    publication = Publication.objects.create(key=key)
    for role in roles:
        PublishedObject.objects.create(
            publication=publication,
            role=role,
            key=f"{key}/{role}.jpg".replace(":", "-"),
            state=PublishedObject.State.LIVE,
            content_type="image/jpeg",
        )


def test_the_home_page_introduces_the_site(client: Client) -> None:
    home = HomePageFactory(intro="<p>Qui agit ? Les <b>départements</b> : voilà.</p>")
    document = read(client, home)
    assert document.html["lang"] == "fr"
    assert text_of(document.title) == "Solutions solidaires"
    assert text_of(document.h1) == "Solutions solidaires"
    assert text_of(document.select_one(".lead")) == (
        "Qui agit\u202f? Les départements\u00a0: voilà."
    )
    assert document.select_one("link[rel=canonical]")["href"] == home.full_url
    assert document.select_one("[property='og:image']")["content"].startswith(home.full_url)


def test_readers_get_no_cookie_and_caches_may_share_the_page(client: Client) -> None:
    answer = client.get(HomePageFactory().url)
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_pages_name_no_third_party(client: Client) -> None:
    home = HomePageFactory()
    assert addresses(read(client, home)) == {
        home.full_url,
        f"{home.full_url}static/cms/img/share.png",
    }


def test_the_menu_is_made_of_the_public_pages_that_ask_for_it(client: Client) -> None:
    home = HomePageFactory()
    assert not read(client, home).nav
    for slug, fields in (
        ("ici", {"show_in_menus": True}),
        ("absente", {}),
        ("brouillon", {"show_in_menus": True, "live": False}),
    ):
        home.add_child(instance=HomePage(title=slug, slug=slug, **fields))
    menu = read(client, home).nav
    assert [(text_of(link), link["href"]) for link in menu.select("a")] == [("ici", "/ici/")]
    current = read(client, "/ici/").nav.select("[aria-current=page]")
    assert [text_of(link) for link in current] == ["ici"]


def test_a_keyboard_skips_to_the_content(client: Client) -> None:
    document = read(client, HomePageFactory())
    first_link = document.body.a
    assert text_of(first_link) == "Aller au contenu"
    assert document.select_one(first_link["href"]).name == "main"


def test_a_page_that_is_not_there_is_said_in_french_with_ways_out(client: Client) -> None:
    home = HomePageFactory()
    home.add_child(instance=HomePage(title="Le podcast", slug="podcast", show_in_menus=True))
    document = read(client, "/nulle-part/", status=404)
    assert text_of(document.h1) == "Cette page est introuvable"
    ways = {link["href"] for link in document.select("main a")}
    assert ways == {"/", "/podcast/"}


def test_a_page_that_is_not_there_is_said_even_without_a_site(client: Client) -> None:
    assert read(client, "/nulle-part/", status=404).h1


def test_a_failure_is_said_without_the_database(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with CaptureQueriesContext(connection) as queries:
        answer = server_error(request)
    assert answer.status_code == 500
    assert "Quelque chose s’est enrayé" in answer.content.decode()
    assert len(queries) == 0


def test_a_page_type_without_a_card_has_the_common_one(client: Client) -> None:
    home = HomePageFactory()
    home.add_child(instance=HomePage(title="Une page", slug="page", listing_summary="Quoi ?"))
    document = read(client, home)
    assert text_of(document.select_one(".card")) == "Une page Quoi\u202f?"


def test_the_home_page_costs_as_many_queries_for_one_section_as_for_five() -> None:
    home = HomePageFactory()

    def count_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(Client(), home)
        return len(queries)

    def grow(numbers: range) -> None:
        for number in numbers:
            image = ImageFactory()
            home.add_child(
                instance=HomePage(title="Page", slug=f"page-{number}", listing_image=image)
            )

    grow(range(1))
    count_queries()
    few = count_queries()
    grow(range(1, 5))
    assert count_queries() == few


def test_a_picture_is_what_the_bucket_has_of_it() -> None:
    put("podcasts.show:7", "artwork", "artwork-640", "artwork-320", "artwork-note")
    objects = {row.role: row for row in PublishedObject.objects.all()}
    shown = picture(objects, "artwork", ImageFactory(credit="Jeanne"))
    assert list(shown.sources) == [320, 640]
    assert shown.src.endswith("/podcasts.show-7/artwork-640.jpg")
    assert shown.srcset.count(" 320w") == 1
    assert (shown.alt, shown.credit) == ("Un carré bleu canard", "Jeanne")


def test_a_picture_that_may_not_be_shown_is_none() -> None:
    put("podcasts.show:7", "artwork-640")
    objects = {row.role: row for row in PublishedObject.objects.all()}
    assert picture(objects, "artwork", None) is None
    assert picture(objects, "artwork", ImageFactory(licence=None)) is None
    assert picture({}, "artwork", ImageFactory()) is None


def test_a_page_that_publishes_nothing_has_no_objects() -> None:
    home = HomePageFactory()
    assert objects_of([home]) == {home.pk: {}}


@pytest.mark.parametrize("text", ["</script>", "<!--", "a & b", "\u2028\u2029", 'é "»'])
def test_no_text_ends_the_script_that_holds_it(text: str) -> None:
    written = ld_json({"name": text})
    assert json.loads(written) == {"name": text}
    assert not set("<>&\u2028\u2029") & set(written)


def test_style_sheets_use_only_tokens_that_exist() -> None:
    sheets = [
        *Path("cms/static").rglob("*.css"),
        *map(Path("podcasts/static/podcasts").joinpath, ("podcasts.css", "player.css")),
        *map(Path("focus/static/focus").joinpath, ("focus.css", "forum.css", "reading.css")),
        Path("tribunes/static/tribunes/tribunes.css"),
    ]
    text = "\n".join(sheet.read_text() for sheet in sheets)
    used = set(re.findall(r"var\((--(?!w-)[\w-]+)\)", text))  # --w- are Wagtail’s
    declared = set(re.findall(r"(--[\w-]+):", text))
    assert used - declared == set()
    assert declared - used == set()
