"""Feeds as objects of the bucket: which, where, and when there is none."""

import json

import pytest
from wagtail.models import PageViewRestriction

from focus.models import FocusIndexPage, FocusPage
from focus.text_artifacts import build_focus, build_index
from publishing.artifacts import SHORT_CACHE, Artifact
from publishing.conf import public_url
from tests.contracts.readers import read_with_feedparser
from tests.factories.cms import ImageFactory
from tests.factories.focus import ArticleFactory, FocusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out, with an article."""
    focus = FocusFactory(out=True, title="Vieillir chez soi")
    ArticleFactory(parent=focus, published=True, title="Un texte")
    return focus


def of_focus(focus: FocusPage) -> list[Artifact]:
    """Return the feeds that a focus wants in the bucket now."""
    return [found for found in build_focus(focus.pk).artifacts if found.role.startswith("feed")]


def of_index() -> list[Artifact]:
    """Return the feeds that the page of all focuses wants in the bucket now."""
    return list(build_index(FocusIndexPage.objects.get().pk).artifacts)


def test_a_feed_comes_in_three_formats_at_addresses_that_stay(focus: FocusPage) -> None:
    found = {artifact.key: artifact.content_type for artifact in of_focus(focus)}
    assert found == {
        "focus/vieillir-chez-soi/rss.xml": "application/rss+xml; charset=utf-8",
        "focus/vieillir-chez-soi/atom.xml": "application/atom+xml; charset=utf-8",
        "focus/vieillir-chez-soi/feed.json": "application/feed+json; charset=utf-8",
    }
    focus.slug = focus.title = "autre-titre"
    focus.save_revision().publish()
    assert {artifact.key for artifact in of_focus(focus)} == set(found)
    assert [artifact.key for artifact in of_index()] == [
        "focus/rss.xml",
        "focus/atom.xml",
        "focus/feed.json",
    ]


def test_feeds_are_kept_for_a_minute_and_announced(focus: FocusPage) -> None:
    for artifact in (*of_focus(focus), *of_index()):
        assert artifact.cache_control == SHORT_CACHE
        assert artifact.announce


def test_each_format_says_where_it_is_and_what_is_in_it(focus: FocusPage) -> None:
    for rss, atom, feed in (of_focus(focus), of_index()):
        for artifact in (rss, atom):
            found = read_with_feedparser(artifact.body.data)
            own = [link.href for link in found.feed.links if link.rel == "self"]
            assert own == [public_url(artifact.key)]
            assert [entry.title for entry in found.entries] == ["Un texte"]
        value = json.loads(feed.body.data)
        assert value["feed_url"] == public_url(feed.key)
        assert [item["title"] for item in value["items"]] == ["Un texte"]


def test_the_same_database_gives_the_same_bytes(focus: FocusPage) -> None:
    def digests() -> list[str]:
        return [artifact.digest for artifact in (*of_focus(focus), *of_index())]

    assert digests() == digests()


@pytest.mark.parametrize("restricted", ["home", "index", "focus"])
def test_nobody_hears_of_a_focus_under_a_restriction(focus: FocusPage, restricted: str) -> None:
    index = focus.get_parent()
    pages = {"home": index.get_parent(), "index": index, "focus": focus}
    assert of_focus(focus)
    assert of_index()
    PageViewRestriction.objects.create(page=pages[restricted], restriction_type="login")
    assert of_focus(focus) == of_index() == []


def test_a_focus_in_preparation_or_withdrawn_has_no_feed(focus: FocusPage) -> None:
    assert of_focus(FocusFactory()) == []
    focus.unpublish()
    assert of_focus(focus) == of_index() == []


def test_a_focus_without_text_has_a_feed_to_subscribe_to() -> None:
    focus = FocusFactory(out=True)
    assert json.loads(of_focus(focus)[2].body.data)["items"] == []
    assert of_index() == []


@pytest.mark.parametrize("free", [True, False])
def test_a_cover_is_shown_if_it_may_be_republished(
    focus: FocusPage, s3: object, free: bool
) -> None:
    focus.cover = ImageFactory(republication="yes" if free else "no")
    focus.save_revision().publish()
    *covers, rss, _, _ = build_focus(focus.pk).artifacts
    image = read_with_feedparser(rss.body.data).feed.get("image", {})
    assert image.get("href") == (public_url(covers[-1].key) if free else None)
