"""What focuses, articles and tribunes put into the public bucket, and what never enters it."""

from datetime import date
from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.models import Image
from focus.models import ArticlePage, FocusIndexPage, FocusPage, FocusPartner
from focus.text_artifacts import build_article, build_focus, build_index
from publishing import registry
from publishing.artifacts import Desired
from publishing.models import Publication
from tests.conftest import Worker
from tests.factories import bodies
from tests.factories.cms import ImageFactory, OrganisationFactory, PersonFactory
from tests.factories.focus import ArticleFactory, FocusFactory, publish
from tests.factories.tribunes import TribuneFactory
from tests.services import S3
from tribunes.artifacts import build_tribune

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def roles(desired: Desired) -> list[str]:
    """Return what a publication has, without widths: test pictures have one."""
    return [artifact.role.rpartition("-")[0] for artifact in desired.artifacts]


def illustrated(**fields: Any) -> ArticlePage:
    """Publish an article with pictures everywhere."""
    return ArticleFactory(
        parent=FocusFactory(out=True),
        picture=ImageFactory(),
        listing_image=ImageFactory(),
        social_image=ImageFactory(),
        body=bodies.stream(
            bodies.image(ImageFactory()), bodies.gallery([ImageFactory(), ImageFactory()])
        ),
        people=[PersonFactory(portrait=ImageFactory())],
        published=True,
        **fields,
    )


def restrict(page: Page) -> None:
    """Ask readers of a page for a login."""
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_an_article_publishes_every_picture_that_its_page_shows() -> None:
    article = illustrated()
    found = roles(build_article(article.pk))
    pictures = [f"image-{image.pk}" for image in Image.objects.order_by("pk")]
    portrait = article.authors.get().person.portrait
    assert sorted(found[:-1]) == sorted(set(pictures) - {f"image-{portrait.pk}"})
    assert build_article(article.pk).artifacts[-1].role.startswith("portrait-")


@pytest.mark.parametrize(
    "hide",
    [
        lambda article: article.unpublish(),
        restrict,
        lambda article: restrict(article.get_parent()),
        lambda article: article.delete(),
    ],
)
def test_a_text_that_not_everybody_may_read_publishes_nothing(hide: Any) -> None:
    article = illustrated()
    hide(article)
    assert build_article(article.pk or 0).artifacts == ()


def test_a_draft_publishes_nothing_and_a_change_that_waits_neither() -> None:
    draft = ArticleFactory(picture=ImageFactory())
    assert build_article(draft.pk).artifacts == ()
    article = ArticleFactory(parent=FocusFactory(out=True), published=True)
    article.picture = ImageFactory()
    article.save_revision()
    assert build_article(article.pk).artifacts == ()


def test_an_alias_leaves_the_pictures_to_its_source() -> None:
    article = illustrated()
    alias = article.create_alias(update_slug="alias", parent=FocusFactory(out=True))
    assert build_article(alias.pk).artifacts == ()


def test_a_picture_without_rights_stays_private_and_the_end_of_rights_is_known() -> None:
    article = illustrated()
    Image.objects.filter(pk=article.listing_image_id).update(licence=None)
    Image.objects.filter(pk=article.social_image_id).update(rights_expire_on=date(2020, 1, 1))
    Image.objects.filter(pk=article.picture_id).update(rights_expire_on=date(2099, 12, 31))
    desired = build_article(article.pk)
    assert f"image-{article.picture_id}" in roles(desired)
    assert f"image-{article.listing_image_id}" not in roles(desired)
    assert f"image-{article.social_image_id}" not in roles(desired)
    assert desired.valid_until.isoformat() == "2100-01-01T00:00:00+01:00"


def test_the_feeds_above_follow_a_text() -> None:
    focus = FocusFactory(out=True)
    article = ArticleFactory(parent=focus, published=True)
    tribune = TribuneFactory(parent=focus, published=True)
    feeds = {f"focus.focus:{focus.pk}", f"focus.index:{focus.get_parent().pk}"}
    assert build_article(article.pk).dependents == feeds
    assert build_tribune(tribune.pk).dependents == feeds


def test_a_tribune_publishes_its_pictures_and_the_faces_of_its_authors_alone() -> None:
    tribune = TribuneFactory(parent=FocusFactory(out=True), picture=ImageFactory(), signatories=2)
    publish(tribune)
    for row in (*tribune.authors.all(), *tribune.signatories.all()):
        row.person.portrait = ImageFactory()
        row.person.save()
    writer = tribune.authors.get().person
    assert [artifact.role for artifact in build_tribune(tribune.pk).artifacts] == [
        f"image-{tribune.picture_id}-64",
        f"portrait-{writer.uuid}",
    ]


def test_a_focus_publishes_its_cover_the_logos_of_its_partners_and_its_feeds() -> None:
    focus = FocusFactory(cover=ImageFactory())
    logo = ImageFactory()
    focus.partners.add(FocusPartner(organisation=OrganisationFactory(logo=logo)))
    focus.save(clean=False)
    assert build_focus(focus.pk).artifacts == ()
    out(focus)
    found = [artifact.role for artifact in build_focus(focus.pk).artifacts]
    assert found[:2] == [f"image-{logo.pk}-64", f"image-{focus.cover_id}-64"]
    assert found[2:] == ["feed", "feed-atom", "feed-json"]
    assert build_focus(focus.pk).dependents == {f"focus.index:{focus.get_parent().pk}"}


def out(focus: FocusPage) -> None:
    """Let the package of a focus come out."""
    type(focus.package).objects.filter(focus=focus).update(state="published")
    focus.refresh_from_db()
    publish(FocusPage.objects.get(pk=focus.pk))


def test_a_logo_that_is_the_cover_too_is_there_once() -> None:
    image = ImageFactory()
    focus = FocusFactory(cover=image, out=True)
    focus.partners.add(FocusPartner(organisation=OrganisationFactory(logo=image)))
    publish(focus)
    assert [a.role for a in build_focus(focus.pk).artifacts][:1] == [f"image-{image.pk}-64"]


def test_the_page_of_all_focuses_publishes_its_picture_and_its_feeds() -> None:
    ArticleFactory(parent=FocusFactory(out=True), published=True)
    index = FocusIndexPage.objects.get()
    index.listing_image = ImageFactory()
    publish(index)
    assert [artifact.role for artifact in build_index(index.pk).artifacts] == [
        f"image-{index.listing_image_id}-64",
        "feed",
        "feed-atom",
        "feed-json",
    ]
    restrict(index)
    assert build_index(index.pk).artifacts == ()
    assert build_index(0).artifacts == ()


def test_every_page_type_of_a_focus_has_its_publication() -> None:
    labels = {known.label for known in registry.types()}
    assert labels >= {
        "focus.article",
        "focus.focus",
        "focus.forum",
        "focus.index",
        "focus.insert",
        "tribunes.tribune",
    }
    ranks = [registry.rank(f"focus.{name}:1") for name in ("article", "focus", "index")]
    assert ranks == sorted(ranks, reverse=True)
    assert len(set(ranks)) == 3


@pytest.mark.django_db(transaction=True)
def test_from_publishing_to_the_bucket_and_back(s3: S3, worker: Worker) -> None:
    article = illustrated()
    worker.drain()
    mine = [key for key in s3.keys() if str(article.uuid) in key]
    assert len(mine) == 6
    assert s3.get(mine[0]).headers["Cache-Control"] == "public, max-age=31536000, immutable"
    feed = s3.get(f"focus/{FocusPage.objects.get().feed_slug}/rss.xml").text
    assert article.title in feed

    article.unpublish()
    worker.drain()
    assert [key for key in s3.keys() if str(article.uuid) in key] == []
    feed = s3.get(f"focus/{FocusPage.objects.get().feed_slug}/rss.xml").text
    assert article.title not in feed
    assert not Publication.objects.stale().exists()
    assert FocusIndexPage.objects.get().live
