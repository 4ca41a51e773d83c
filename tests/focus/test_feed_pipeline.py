"""From «Publier» to the feeds in the bucket, and out of them again."""

from typing import Any

import feedparser
import pytest
from wagtail.models import PageViewRestriction

from cms.models import Image
from focus.models import ArticlePage, FocusPage
from tests.conftest import Worker
from tests.factories.cms import ImageFactory
from tests.factories.focus import ArticleFactory, FocusFactory
from tests.publishing.agreement import etags
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=False)

KEYS = [
    f"{folder}/{name}"
    for folder in ("focus/vieillir-chez-soi", "focus")
    for name in ("rss.xml", "atom.xml", "feed.json")
]
RSS = "focus/vieillir-chez-soi/rss.xml", "focus/rss.xml"


@pytest.fixture
def focus(s3: S3) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(out=True, title="Vieillir chez soi")


@pytest.fixture
def article(focus: FocusPage, worker: Worker) -> ArticlePage:
    """An article with a picture that may be republished, as the worker published it."""
    image = ImageFactory(republication="yes", credit="Jeanne Martin")
    found = ArticleFactory(parent=focus, published=True, title="Un texte", picture=image)
    worker.drain()
    return found


def entries(s3: S3, key: str) -> list[Any]:
    """Return what a reader finds in a feed of the bucket."""
    return feedparser.parse(s3.get(key).content).entries


def test_feeds_name_what_is_in_the_bucket_and_nothing_else(article: ArticlePage, s3: S3) -> None:
    present = set(etags(s3))
    assert set(KEYS) <= present
    for key in RSS:
        (entry,) = entries(s3, key)
        assert entry.id == f"urn:uuid:{article.uuid}"
        url = entry.media_content[0]["url"]
        assert url.removeprefix(s3.url("")) in present
        assert url in entry.content[0].value
        assert int(entry.media_content[0]["filesize"]) == len(
            s3.get(url.removeprefix(s3.url(""))).content
        )


def test_a_correction_reaches_the_feeds(article: ArticlePage, s3: S3, worker: Worker) -> None:
    article.title = "Un texte corrigé"
    article.save_revision().publish()
    worker.drain()
    assert [[entry.title for entry in entries(s3, key)] for key in RSS] == [
        ["Un texte corrigé"]
    ] * 2


def test_a_picture_leaves_the_feeds_with_the_right_to_republish(
    article: ArticlePage, s3: S3, worker: Worker
) -> None:
    image = Image.objects.get(pk=article.picture_id)
    image.republication = "no"
    image.save()
    worker.drain()
    for key in KEYS:
        assert b"Jeanne Martin" not in s3.get(key).content


def test_a_text_leaves_the_feeds_with_its_page(
    article: ArticlePage, focus: FocusPage, s3: S3, worker: Worker
) -> None:
    ArticleFactory(parent=focus, published=True, title="Un autre")
    article.unpublish()
    worker.drain()
    assert [[entry.title for entry in entries(s3, key)] for key in RSS] == [["Un autre"]] * 2


def test_nothing_stays_of_a_focus_that_becomes_private(
    article: ArticlePage, focus: FocusPage, s3: S3, worker: Worker
) -> None:
    PageViewRestriction.objects.create(page=focus, restriction_type="login")
    worker.drain()
    assert etags(s3) == {}


def test_a_withdrawn_focus_leaves_every_feed(
    article: ArticlePage, focus: FocusPage, s3: S3, worker: Worker
) -> None:
    other = FocusFactory(out=True, title="Autre")
    ArticleFactory(parent=other, published=True, title="Reste")
    focus.unpublish()
    worker.drain()
    assert set(KEYS[:3]) & set(etags(s3)) == set()
    assert [entry.title for entry in entries(s3, "focus/rss.xml")] == ["Reste"]
