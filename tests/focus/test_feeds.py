"""What feeds say of focuses, of their articles and tribunes, and what never enters them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from benchmarks.measure import queries
from cms import pictures
from cms.models import Image
from focus import feeds
from focus.feeds import describe_focus, describe_index
from focus.models import ArticleCorrection, ArticlePage, FocusIndexPage, FocusPage, Piece
from publishing import registry
from publishing.conf import public_url
from publishing.models import Publication, PublishedObject
from publishing.news import Author, Item, Licence
from tests.factories.cms import (
    ImageFactory,
    LicenceFactory,
    PersonFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.factories.focus import ArticleFactory, FocusFactory
from tests.factories.tribunes import TribuneFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(out=True, title="Vieillir chez soi")


def article(focus: FocusPage, **fields: Any) -> ArticlePage:
    """Publish an article in a focus."""
    return ArticleFactory(parent=focus, published=True, **fields)


def items(focus: FocusPage) -> list[Item]:
    """Describe the texts of a focus as it is in the database."""
    return describe_focus(FocusPage.objects.get(pk=focus.pk))[1]


def all_items() -> list[Item]:
    """Describe the texts of all focuses."""
    described = describe_index(FocusIndexPage.objects.get())
    return described[1] if described else []


def item(focus: FocusPage) -> Item:
    """Describe the only text of a focus."""
    (found,) = items(focus)
    return found


def in_bucket(page: Page, image: Image, *widths: int) -> dict[int, str]:
    """Say that versions of a picture are in the bucket; return their addresses."""
    key = registry.key_for(page)
    publication, _ = Publication.objects.get_or_create(key=key)
    made = {
        width: pictures.artifact(
            image,
            pictures.rendition(image, width),
            f"{pictures.role_of(image)}-{width}",
            f"textes/{page.pk}/{image.pk}-{width}",
        )
        for width in widths
    }
    for width, artifact in made.items():
        PublishedObject.objects.create(
            publication=publication,
            role=artifact.role,
            key=artifact.key,
            state=PublishedObject.State.LIVE,
            content_type=artifact.content_type,
            size=width * 10,
        )
    return {width: public_url(artifact.key) for width, artifact in made.items()}


def test_a_text_says_everything(focus: FocusPage) -> None:
    person = PersonFactory(first_name="Nour", last_name="Delmas")
    page = article(
        focus,
        title="Vieillir au village",
        people=[person],
        elsewhere_url="https://journal.exemple.invalid/texte/",
        elsewhere_is_canonical=True,
    )
    page.themes.add(ThemeFactory(name="Grand âge"))
    page.territories.add(TerritoryFactory(code="11"))
    page.corrections.add(ArticleCorrection(date=date(2026, 3, 1), text="12 et non 13."))
    page.save_revision().publish()
    page.refresh_from_db()
    found = item(focus)
    assert found.id == f"urn:uuid:{page.uuid}"
    assert (found.title, found.link) == ("Vieillir au village", page.full_url)
    assert (found.published, found.updated) == (page.first_published_at, page.last_published_at)
    assert found.updated > found.published
    assert found.authors == (
        Author(name="Nour Delmas", role=person.role, organisation=person.organisation.name),
    )
    assert found.summary == page.chapo
    assert found.content.startswith("<p>Un premier paragraphe d’exemple.</p><h2>")
    assert [c.words for c in found.corrections] == [
        "Correction du 1er\u00a0mars 2026\u00a0: 12 et non 13."
    ]
    assert found.categories == ("Grand âge", "Aude (11)")
    assert found.licence == Licence(
        code="cc-by-nd-4.0", url=page.licence.url, name=page.licence.name
    )
    assert found.elsewhere == found.canonical == "https://journal.exemple.invalid/texte/"


def test_a_tribune_names_its_signatories_after_the_text(focus: FocusPage) -> None:
    page = TribuneFactory(parent=focus, published=True, signatories=2)
    found = item(focus)
    assert len(found.authors) == 1
    names = [row.person.full_name for row in page.signatories.all()]
    _, _, after = found.content.partition("<h2>Signataires</h2>")
    assert [name in after for name in names] == [True, True]


def test_a_feed_says_what_it_is(focus: FocusPage) -> None:
    page = article(focus)
    feed, _ = describe_focus(focus)
    assert feed.title == "Vieillir chez soi – Solutions solidaires"
    assert (feed.subtitle, feed.link) == (focus.chapo, focus.full_url)
    assert feed.rss_address == public_url(f"focus/{focus.feed_slug}/rss.xml")
    assert feed.changed == page.last_published_at
    assert feed.rights == focus.licence.name
    assert describe_index(focus.get_parent().specific)[0].rss_address == public_url("focus/rss.xml")


def test_the_newest_comes_first_and_a_package_as_its_sommaire_sorts_it(focus: FocusPage) -> None:
    """What came out within one minute came out together."""
    pages = [article(focus, title=title) for title in ("un", "deux", "trois", "plus tard")]
    noon = timezone.now().replace(hour=12, minute=0, second=0)
    for seconds, page in zip((9, 3, 6, 60), pages, strict=True):
        moment = noon + timedelta(seconds=seconds)
        Page.objects.filter(pk=page.pk).update(first_published_at=moment)
    for position, page in enumerate((pages[2], pages[0], pages[1], pages[3])):
        Piece.objects.filter(page=page).update(position=position)
    titles = ["plus tard", "trois", "un", "deux"]
    assert [found.title for found in items(focus)] == titles
    assert [found.title for found in all_items()] == titles
    Piece.objects.filter(page=pages[2]).delete()
    assert [found.title for found in items(focus)] == ["plus tard", "un", "deux", "trois"]


def test_the_feed_of_all_focuses_keeps_the_newest(
    focus: FocusPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "NEWEST", 2)
    other = FocusFactory(out=True)
    for title, parent in (("un", focus), ("deux", other), ("trois", focus)):
        page = article(parent, title=title)
        Page.objects.update(first_published_at=F("first_published_at") - timedelta(hours=1))
    assert page.live
    assert [found.title for found in all_items()] == ["trois", "deux"]


def test_drafts_aliases_and_other_pages_stay_out(focus: FocusPage) -> None:
    ArticleFactory(parent=focus)
    page = article(focus, title="Le seul")
    page.create_alias(parent=focus, update_slug="alias")
    article(focus).unpublish()
    assert [found.title for found in items(focus)] == ["Le seul"]
    assert [found.title for found in all_items()] == ["Le seul"]


@pytest.mark.parametrize("restricted", ["home", "index", "focus", "text"])
def test_what_is_under_a_restriction_stays_out(focus: FocusPage, restricted: str) -> None:
    page = article(focus)
    index = focus.get_parent()
    pages = {"home": index.get_parent(), "index": index, "focus": focus, "text": page}
    assert len(items(focus)) == len(all_items()) == 1
    PageViewRestriction.objects.create(page=pages[restricted], restriction_type="login")
    assert items(focus) == all_items() == []


def test_a_text_does_not_outlive_its_focus(focus: FocusPage) -> None:
    article(focus)
    focus.unpublish()
    assert items(focus) == all_items() == []


@pytest.mark.parametrize(
    ("own", "common", "whole", "told"),
    [
        ("cc-by-4.0", "arr", True, "cc-by-4.0"),
        ("arr", "cc-by-4.0", False, "arr"),
        (None, "cc-by-nc-nd-4.0", True, "cc-by-nc-nd-4.0"),
        (None, "arr", False, "arr"),
        (None, None, False, None),
        ("accord-partenaires", "cc0-1.0", False, "accord-partenaires"),
    ],
)
def test_a_text_travels_whole_only_if_its_terms_say_so(
    own: str | None, common: str | None, whole: bool, told: str | None
) -> None:
    licences = {code: code and LicenceFactory(code=code) for code in (own, common)}
    focus = FocusFactory(out=True, licence=licences[common])
    page = article(focus, licence=licences[own])
    found = item(focus)
    assert bool(found.content) is whole
    assert found.summary == page.chapo
    assert (found.licence and found.licence.code) == told


def body_with(image: Image) -> list[dict[str, Any]]:
    """Return a body that shows a picture."""
    return [{"type": "image", "value": {"image": image.pk, "caption": "Au jardin"}}]


def test_pictures_travel_with_credit_and_terms(focus: FocusPage, s3: object) -> None:
    image = ImageFactory(republication="yes", credit="Jeanne Martin")
    page = article(focus, picture=image, picture_caption="En mai", body=body_with(image))
    addresses = in_bucket(page, image, 320, 1200, 640)
    found = item(focus)
    assert (found.picture.url, found.picture.length) == (addresses[1200], 12000)
    assert (found.picture.caption, found.picture.credit) == ("En mai", "Jeanne Martin")
    assert found.picture.alt == image.description
    assert found.picture.licence.code == image.licence.code
    assert addresses[1200] in found.content
    assert f"Au jardin · Jeanne Martin · {image.licence.name}" in found.content


@pytest.mark.parametrize(
    "fields",
    [
        {"republication": "no"},
        {"rights_expire_on": date(2020, 1, 1)},
        {"licence": None},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_picture_that_may_not_travel_is_named_nowhere(
    focus: FocusPage, s3: object, fields: dict[str, Any]
) -> None:
    image = ImageFactory(republication="yes", credit="Jeanne Martin")
    page = article(focus, picture=image, body=body_with(image))
    in_bucket(page, image, 1200)
    assert "Jeanne Martin" in str(items(focus))
    Image.objects.filter(pk=image.pk).update(**fields)
    assert "Jeanne Martin" not in str(items(focus))
    assert f"{image.pk}-1200.jpg" not in str(items(focus))


def test_a_picture_that_is_not_in_the_bucket_is_not_named(focus: FocusPage, s3: object) -> None:
    image = ImageFactory(republication="yes")
    page = article(focus, picture=image)
    assert item(focus).picture is None
    in_bucket(page, image, 640)
    PublishedObject.objects.update(state=PublishedObject.State.RETIRED)
    assert item(focus).picture is None


def test_a_link_leads_to_pages_that_anybody_may_read(focus: FocusPage) -> None:
    other = article(focus, title="Un autre texte")
    link = f'<p>Voir <a linktype="page" id="{other.pk}">ce texte</a>.</p>'
    page = article(focus, body=[{"type": "paragraph", "value": link}])
    contents = {found.link: found.content for found in items(focus)}
    assert f'<a href="{other.full_url}">ce texte</a>' in contents[page.full_url]
    PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert item(focus).content == "<p>Voir ce texte.</p>"


def rich_focus(texts: int) -> FocusPage:
    """Publish a focus full of what a feed reads."""
    focus = FocusFactory(out=True)
    for order in range(texts):
        image = ImageFactory(republication="yes")
        page = article(focus, picture=image, body=body_with(image), people=[PersonFactory()])
        page.themes.add(ThemeFactory())
        page.territories.add(TerritoryFactory(code=f"{order + 1:02}"))
        page.corrections.add(ArticleCorrection(text="Une correction."))
        page.save_revision().publish()
        in_bucket(page, image, 640)
        TribuneFactory(parent=focus, published=True, signatories=2)
    return focus


def test_many_texts_cost_no_more_queries_than_few(s3: object) -> None:
    pks = [rich_focus(texts).pk for texts in (1, 4)]
    assert [len(items(FocusPage(pk=pk))) for pk in pks] == [2, 8]
    few, many = (FocusPage.objects.get(pk=pk) for pk in pks)
    counts = [queries(lambda focus=focus: describe_focus(focus)) for focus in (few, many)]
    assert counts[0] == counts[1] <= 30
    index = FocusIndexPage.objects.get()
    before = queries(lambda: describe_index(index))
    many.unpublish()
    assert queries(lambda: describe_index(index)) == before <= 30
