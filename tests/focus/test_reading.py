"""The cahier on the site: what readers find of each page, before and after its hour."""

from datetime import timedelta

import pytest
import requests
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from focus.models import Insert, InsertPage
from focus.reading import spreads
from tests.factories.focus import ArticleFactory
from tests.focus.cahiers import add_version, an_hour_ago, cahier, printed, sign
from tests.pages import addresses, bring_online, read, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def online(pages: int = 4) -> Insert:
    """Return a cahier that readers can read."""
    insert = printed(pages, intro="Huit pages d’exemple.")
    bring_online(insert)
    return insert


def preview(insert: Insert) -> str:
    """Return the page as its editors preview it."""
    return insert.get_latest_revision_as_object().make_preview_request().rendered_content


@pytest.mark.parametrize(
    ("count", "numbers"),
    [
        (0, []),
        (4, [[1], [2, 3], [4]]),
        (8, [[1], [2, 3], [4, 5], [6, 7], [8]]),
        (12, [[1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11], [12]]),
    ],
)
def test_pages_lie_side_by_side_as_in_the_open_paper(count: int, numbers: list[list[int]]) -> None:
    assert [list(spread) for spread in spreads(range(1, count + 1))] == numbers


def test_each_page_has_its_picture_its_title_and_its_words(client: Client) -> None:
    insert = online()
    insert.pages.filter(number=2).update(rubric="Terrain", headline="Qui paie ?")
    document = read(client, insert)
    sheets = document.select("section.sheet")
    assert [sheet["id"] for sheet in sheets] == ["page-1", "page-2", "page-3", "page-4"]
    assert text_of(sheets[1].select_one("h2")) == "Page 2 · Terrain Qui paie\u202f?"
    assert sheets[1]["aria-labelledby"] == sheets[1].select_one("h2")["id"]
    assert "Texte de la page 2, version 1." in text_of(sheets[1].select_one("details"))
    assert sheets[1].img["alt"] == "Page 2 telle qu’elle est imprimée"
    assert (sheets[1].img["width"], sheets[1].img["height"]) == ("1600", "2240")
    assert "800w" in sheets[1].img["srcset"]
    assert document.select_one(".reader-index a[href='#page-2']")
    assert not document.select(".notice")


def test_everything_shown_is_in_the_public_bucket(client: Client) -> None:
    document = read(client, online())
    public = settings.OBJECT_STORAGE["PUBLIC_URL"]
    stored = {address for address in addresses(document) if address.startswith(public)}
    assert len(stored) == 9
    for address in stored:
        assert requests.get(address, timeout=20).status_code == 200
    assert "X-Amz-Signature" not in str(document)


def test_the_pdf_is_announced_with_its_size(client: Client) -> None:
    document = read(client, online())
    button = document.select_one("a[type='application/pdf']")
    size = len(requests.get(button["href"], timeout=20).content)
    written = f"{max(size / 1e6, 0.1):.1f}".replace(".", ",")
    assert text_of(button) == f"Télécharger le cahier (PDF, {written}\u00a0Mo)"


def test_texts_that_anybody_may_read_are_linked_and_no_others(client: Client) -> None:
    insert = online()
    public = ArticleFactory(parent=insert.focus, title="L’article public", published=True)
    draft = ArticleFactory(parent=insert.focus, title="Le brouillon")
    hidden = ArticleFactory(parent=insert.focus, title="Le retiré", published=True)
    hidden.unpublish()
    insert.pages.get(number=1).linked_pages.set([public, draft, hidden])
    links = read(client, insert).select(".sheet-links a")
    assert [(link["href"], text_of(link)) for link in links] == [(public.url, "L’article public")]


def test_before_the_hour_the_page_says_when_and_shows_nothing(client: Client) -> None:
    insert = cahier(hour=timezone.now() + timedelta(days=2))
    InsertPage.objects.update(headline="Un secret")
    document = read(client, insert)
    assert text_of(document.select_one(".notice")).startswith("Le cahier paraît le ")
    assert not document.select("section.sheet, .reader, a[type='application/pdf']")
    assert "Un secret" not in str(document)


@pytest.mark.parametrize("hour", [None, "past"])
def test_while_it_is_not_there_the_page_promises_no_date(client: Client, hour: str | None) -> None:
    insert = cahier(hour=an_hour_ago() if hour else None)
    document = read(client, insert)
    assert text_of(document.select_one(".notice")) == "Le cahier arrive bientôt."


def test_a_version_that_is_not_signed_is_for_editors_alone(client: Client) -> None:
    insert = online()
    add_version(insert.pages.get(number=1), text=["Un texte pas encore relu."])
    assert "pas encore relu" not in str(read(client, insert))
    draft = preview(insert)
    assert "pas encore relu" in draft
    assert "X-Amz-Signature" in draft


def test_a_preview_says_why_the_cahier_is_not_online() -> None:
    assert "pas de date de sortie" in preview(cahier(hour=None))


def test_words_of_a_pdf_cannot_become_markup(client: Client) -> None:
    insert = cahier(hour=an_hour_ago())
    for page in insert.pages.all():
        sign(add_version(page, text=["<script>alert(1)</script> & «\u00a0fin\u00a0»"]))
    bring_online(insert)
    document = read(client, insert)
    assert "<script>alert(1)" in text_of(document.select_one(".sheet-text"))
    assert "alert(1)" not in "".join(script.text for script in document.select("script"))


def test_the_number_of_queries_does_not_grow() -> None:
    def queries(insert: Insert) -> int:
        read(Client(), insert)
        with CaptureQueriesContext(connection) as captured:
            read(Client(), insert)
        return len(captured)

    small, large = online(4), online(8)
    for number, page in enumerate(large.pages.all()):
        page.linked_pages.set(
            [
                ArticleFactory(parent=large.focus, title=f"{number}.{rank}", published=True)
                for rank in range(2)
            ]
        )
    assert queries(large) <= queries(small)
