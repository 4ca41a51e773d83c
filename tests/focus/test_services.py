"""What comes with a page of a focus."""

from datetime import UTC, datetime

import pytest

from cms.models.gate import NotPublishable
from focus.models import FocusPage, Insert, InsertPage, Package, Piece
from tests.factories.focus import (
    ArticleFactory,
    FocusFactory,
    ForumFactory,
    InsertFactory,
    publish,
)
from tests.factories.tribunes import TribuneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def test_a_focus_comes_with_its_package_in_preparation() -> None:
    assert FocusFactory().package.state == Package.State.OPEN


def test_each_page_of_a_focus_has_a_line_in_its_sommaire_in_the_order_of_creation() -> None:
    focus = FocusFactory()
    pages = [factory(parent=focus) for factory in (ArticleFactory, TribuneFactory, ForumFactory)]
    lines = list(focus.pieces.values_list("page", "kind"))
    assert lines == [
        (pages[0].pk, Piece.Kind.ARTICLE),
        (pages[1].pk, Piece.Kind.TRIBUNE),
        (pages[2].pk, Piece.Kind.FORUM),
    ]


def test_a_page_that_moves_takes_its_line_with_it() -> None:
    article, other = ArticleFactory(), FocusFactory()
    article.move(FocusPage.objects.get(pk=other.pk), pos="last-child")
    assert Piece.objects.get(page=article).focus == other


def test_a_cahier_comes_with_eight_empty_pages() -> None:
    insert = InsertFactory()
    assert list(insert.pages.values_list("number", "state")) == [
        (number, InsertPage.State.EMPTY) for number in range(1, 9)
    ]


def test_a_cahier_that_shrinks_keeps_the_pages_that_hold_something() -> None:
    insert = InsertFactory(page_count=12)
    insert.pages.filter(number=12).update(headline="Dernière page")
    insert.page_count = 8
    insert.save()
    assert list(insert.pages.values_list("number", flat=True)) == [*range(1, 9), 12]


def test_no_page_of_a_package_goes_out_before_it() -> None:
    article = ArticleFactory()
    with pytest.raises(NotPublishable, match="paraît avec le focus"):
        publish(article)
    article.refresh_from_db()
    assert not article.live


def test_a_focus_does_not_go_out_without_its_package() -> None:
    with pytest.raises(NotPublishable, match="tout part en même temps"):
        publish(FocusFactory())


def test_a_page_of_a_package_that_is_out_may_go_out_alone() -> None:
    article = ArticleFactory(parent=FocusFactory(out=True), published=True)
    assert article.live


@pytest.mark.parametrize("state", ["review", "approved", "publishing"])
def test_a_package_in_approval_locks_its_pages_and_the_focus(state: str) -> None:
    article = ArticleFactory()
    focus = FocusPage.objects.get()
    assert article.get_lock() is None
    Package.objects.update(state=state)
    for page in (article, focus):
        lock = type(page).objects.get(pk=page.pk).get_lock()
        assert "rouvrez-le" in lock.get_message(None)
        assert lock.for_user(None)


def test_the_desk_knows_deadline_and_format_as_soon_as_a_draft_is_saved() -> None:
    insert = InsertFactory()
    focus = FocusPage.objects.get()
    focus.paper_at = focus.print_deadline = datetime(2027, 3, 4, 18, tzinfo=UTC)
    focus.save_revision()
    insert.width, insert.page_count = 235, 12
    insert.save_revision()
    stored = Insert.objects.get()
    assert FocusPage.objects.get().print_deadline == datetime(2027, 3, 4, 18, tzinfo=UTC)
    assert (stored.width, stored.pages.count()) == (235, 12)


def test_the_hour_of_a_focus_that_is_out_changes_with_publication_only() -> None:
    focus = FocusFactory(out=True)
    before = focus.paper_at
    focus.paper_at = datetime(2027, 3, 4, 6, tzinfo=UTC)
    focus.save_revision()
    assert FocusPage.objects.get().paper_at == before
    focus.get_latest_revision().publish()
    assert FocusPage.objects.get().paper_at == datetime(2027, 3, 4, 6, tzinfo=UTC)
