"""The home page lists the newest pages of the site."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from cms.models import HomePage, InformationPage
from cms.selectors import latest_pages
from tests.factories.cms import HomePageFactory, ImageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def another_type() -> type[Page]:
    """A page type that these tests do not create, so that home pages are the listed ones."""
    return apps.get_model("podcasts.ShowPage")


def make_page(number: int, **fields: object) -> HomePage:
    """Create a page first published ``number`` hours after noon."""
    return HomePageFactory(
        title=f"Page {number}",
        slug=f"page-{number}",
        first_published_at=NOON + timedelta(hours=number),
        **fields,
    )


def test_the_newest_pages_come_first_and_no_more_than_asked(another_type: type[Page]) -> None:
    for number in (2, 1, 3):
        make_page(number)
    titles = [page.title for page in latest_pages(2, exclude=(another_type,))]
    assert titles == ["Page 3", "Page 2"]


def test_only_pages_that_anybody_may_read_are_listed(another_type: type[Page]) -> None:
    seen = make_page(1)
    make_page(2, live=False)
    restricted = make_page(3)
    PageViewRestriction.objects.create(page=restricted, restriction_type="login")
    assert latest_pages(10, exclude=(another_type,)) == [seen]


def test_the_excluded_type_is_not_listed() -> None:
    make_page(1)
    assert latest_pages(10, exclude=(HomePage,)) == []


def test_a_list_with_its_pictures_takes_a_constant_number_of_queries(
    another_type: type[Page],
) -> None:
    def count_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            for page in latest_pages(10, exclude=(another_type,)):
                page.get_listing_image().get_rendition("fill-20x20")
        return len(queries)

    def make_illustrated(number: int) -> None:
        image = ImageFactory()
        image.get_rendition("fill-20x20")
        make_page(number, listing_image=image)

    make_illustrated(1)
    few = count_queries()
    for number in range(2, 8):
        make_illustrated(number)
    assert count_queries() == few


def test_the_home_page_offers_the_latest_pages_to_its_template(rf: RequestFactory) -> None:
    home = make_page(1)
    context = home.get_context(rf.get("/"))
    assert context["page"] == home
    assert context["latest"] == []


def test_there_is_one_home_page_at_the_root_of_the_site() -> None:
    home = HomePageFactory()
    assert home.full_url == "http://localhost/"
    assert not HomePage.can_create_at(home.get_parent())
    assert [model._meta.label for model in HomePage.allowed_subpage_models()] == [
        "focus.FocusIndexPage",
        "podcasts.ShowPage",
        "cms.InformationPage",
    ]


def test_every_page_links_to_what_the_site_says_of_itself(client: Client) -> None:
    home = HomePageFactory()
    legal = home.add_child(
        instance=InformationPage(title="Mentions légales", slug="legales", body="<p>Éditeur</p>")
    )
    hidden = InformationPage(title="Brouillon", slug="brouillon", body="<p>…</p>", live=False)
    home.add_child(instance=hidden)
    for address in ("/", legal.url, "/nulle-part/"):
        page = client.get(address).content.decode()
        assert f'href="{legal.url}"' in page
        assert "Brouillon" not in page
    assert "Éditeur" in client.get(legal.url).content.decode()
    assert "Dernières parutions" in client.get("/").content.decode()
