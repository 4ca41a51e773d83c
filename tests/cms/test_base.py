"""What a page says of itself in lists and when it is shared."""

import pytest

from cms.models import HomePage, Image

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_page() -> HomePage:
    return HomePage(title="Le titre")


def test_a_bare_page_shows_its_title_and_nothing_else(a_page: HomePage) -> None:
    assert a_page.get_listing_title() == a_page.get_social_title() == "Le titre"
    assert a_page.get_listing_summary() == a_page.get_social_text() == ""
    assert a_page.get_listing_image() is None
    assert a_page.get_social_image() is None


def test_lists_and_shares_fall_back_on_what_was_written_for_search_engines(
    a_page: HomePage,
) -> None:
    a_page.seo_title = "Pour les moteurs"
    a_page.search_description = "La description"
    assert a_page.get_listing_title() == "Le titre"
    assert a_page.get_social_title() == "Pour les moteurs"
    assert a_page.get_listing_summary() == a_page.get_social_text() == "La description"


def test_shares_fall_back_on_lists(a_page: HomePage) -> None:
    a_page.listing_summary = "Le résumé"
    a_page.listing_image = Image(title="Liste")
    assert a_page.get_social_text() == "Le résumé"
    assert a_page.get_social_image() is a_page.listing_image


def test_what_was_written_for_shares_wins(a_page: HomePage) -> None:
    a_page.seo_title, a_page.social_title = "Pour les moteurs", "Pour le partage"
    a_page.listing_summary, a_page.social_text = "Le résumé", "Le texte"
    a_page.listing_image, a_page.social_image = Image(title="Liste"), Image(title="Partage")
    assert a_page.get_social_title() == "Pour le partage"
    assert a_page.get_social_text() == "Le texte"
    assert a_page.get_social_image() is a_page.social_image


def test_a_page_type_may_add_pictures_to_fall_back_on(
    a_page: HomePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HomePage, "listing_image_fields", ("listing_image", "social_image"))
    a_page.social_image = Image(title="Partage")
    assert a_page.get_listing_image() is a_page.social_image
    a_page.listing_image = Image(title="Liste")
    assert a_page.get_listing_image() is a_page.listing_image
