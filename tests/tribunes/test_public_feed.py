"""The public feed of all tribunes: in the bucket, complete, honest about what was withdrawn."""

import io
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.core.management import call_command
from django.utils import timezone
from lxml import etree
from wagtail.models import PageViewRestriction

from benchmarks.measure import queries
from cms.models import HomePage
from cms.withdrawing import withdraw
from publishing.models import Publication
from tests.factories.bodies import image as image_block
from tests.factories.bodies import paragraph, stream
from tests.factories.cms import HomePageFactory, ImageFactory, LicenceFactory
from tests.factories.focus import FocusFactory
from tests.factories.tribunes import TribuneFactory
from tests.services import S3
from tribunes.feeds import artifacts
from tribunes.feeds.artifacts import feed_artifacts
from tribunes.models import TribuneCorrection, TribuneIndexPage, TribunePage

pytestmark = pytest.mark.django_db
WORDS = "<p>Ouvrons les portes.</p>"
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def index(s3: S3) -> TribuneIndexPage:
    """The page of all tribunes, online."""
    home = HomePage.objects.first() or HomePageFactory()
    page = home.add_child(instance=TribuneIndexPage(title="Tribunes", slug="tribunes"))
    page.save_revision().publish()
    return page


def tribune(parent: Any, **fields: Any) -> TribunePage:
    """Publish a tribune."""
    return TribuneFactory(
        parent=parent, published=True, **{"body": stream(paragraph(WORDS))} | fields
    )


def publish() -> None:
    """Let the bucket follow the database."""
    call_command("publish", stale=True, verbosity=0)


def feed(s3: S3, name: str = "atom.xml") -> str:
    """Return one of the documents in the bucket, "" when it is not there."""
    answer = s3.get(f"tribunes/{name}")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_it_holds_the_tribunes_of_focuses_and_those_that_stand_alone(
    s3: S3, index: TribuneIndexPage
) -> None:
    tribune(index, title="Seule")
    tribune(FocusFactory(out=True), title="Du focus")
    publish()
    for name in ("atom.xml", "rss.xml"):
        read = feedparser.parse(io.BytesIO(feed(s3, name).encode()))
        assert not read.bozo
        assert {entry.title for entry in read.entries} == {"Seule", "Du focus"}
        assert all("Ouvrons les portes" in entry.content[0].value for entry in read.entries)
    assert "Ouvrons les portes" in feed(s3, "feed.json")


@pytest.mark.parametrize(
    "fields",
    [
        {"licence_expires_on": timezone.localdate() - timedelta(days=1)},
        {"for_web": False},
        {"licence__code": "arr"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_text_that_nobody_may_republish_is_announced_by_its_chapo(
    s3: S3, index: TribuneIndexPage, fields: dict[str, Any]
) -> None:
    if code := fields.pop("licence__code", None):
        fields["licence"] = LicenceFactory(code=code)
    page = tribune(index, **fields)
    publish()
    for name in ("atom.xml", "rss.xml", "feed.json"):
        assert page.chapo in feed(s3, name)
        assert "Ouvrons les portes" not in feed(s3, name)


@pytest.mark.django_db(transaction=True)
def test_an_embargoed_text_is_nowhere_before_its_hour_and_there_after(
    s3: S3, index: TribuneIndexPage
) -> None:
    picture = ImageFactory(republication="yes")
    page = tribune(
        index, title="Sous embargo", picture=picture,
        embargoed_until=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    tribune(index, title="Une autre")
    publish()
    assert "Sous embargo" not in feed(s3)
    assert not [key for key in s3.keys() if str(page.uuid) in key]
    planned = Publication.objects.get(key=f"tribunes.tribune:{page.pk}")
    past = timezone.now() - timedelta(seconds=1)
    TribunePage.objects.filter(pk=page.pk).update(embargoed_until=past)
    page.record.next_moment = past
    page.record.save()
    publish()
    publish()
    assert "Sous embargo" in feed(s3)
    assert [key for key in s3.keys() if str(page.uuid) in key]
    assert planned.generation < Publication.objects.get(pk=planned.pk).generation


@pytest.mark.parametrize("act", ["delete", "unpublish", "restrict"])
def test_what_is_not_public_any_more_leaves(s3: S3, index: TribuneIndexPage, act: str) -> None:
    page = tribune(index, title="Partie")
    tribune(index, title="Restée")
    publish()
    page = TribunePage.objects.get(pk=page.pk)
    if act == "restrict":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    else:
        getattr(page, act)()
    publish()
    assert "Restée" in feed(s3)
    assert "Partie" not in feed(s3)


def test_a_withdrawn_text_is_an_emptied_entry_and_a_tombstone(
    s3: S3, index: TribuneIndexPage
) -> None:
    page = tribune(index, title="Contestée", chapo="Un chapô à oublier.")
    publish()
    withdraw(
        TribunePage.objects.get(pk=page.pk), reason="Une citation est inventée.", note="Avocat"
    )
    publish()
    for name in ("atom.xml", "rss.xml", "feed.json"):
        document = feed(s3, name)
        assert "[RETIRÉ] Contestée" in document
        assert "Une citation est inventée." in document
        for gone in ("Ouvrons les portes", "Un chapô à oublier", "Avocat"):
            assert gone not in document
    root = etree.fromstring(feed(s3).encode())
    assert [node.get("ref") for node in root.iter(_TOMBSTONE)] == [f"urn:uuid:{page.uuid}"]


def test_focus_feeds_tell_of_the_withdrawal_too(s3: S3, index: TribuneIndexPage) -> None:
    focus = FocusFactory(out=True)
    page = tribune(focus, title="Contestée")
    tribune(focus, title="Restée")
    publish()
    withdraw(TribunePage.objects.get(pk=page.pk), reason="Faux.")
    publish()
    for address in (f"focus/{focus.feed_slug}/atom.xml", "focus/atom.xml"):
        document = s3.get(address).content.decode()
        assert "[RETIRÉ] Contestée" in document
        assert (
            "Ouvrons les portes" not in document.partition("[RETIRÉ]")[2].partition("</entry>")[0]
        )


def test_the_withdrawal_of_an_embargoed_text_is_not_told(s3: S3, index: TribuneIndexPage) -> None:
    later = timezone.now() + timedelta(hours=1)
    page = tribune(index, title="Secrète", embargoed_until=later)
    tribune(index, title="Une autre")
    withdraw(TribunePage.objects.get(pk=page.pk), reason="Faux.")
    publish()
    assert "Secrète" not in feed(s3)


def test_terms_corrections_replies_and_pictures_travel_with_the_text(
    s3: S3, index: TribuneIndexPage
) -> None:
    yes, ask = ImageFactory(republication="yes", credit="Jeanne"), ImageFactory(republication="ask")
    page = tribune(index, title="Texte", body=stream(image_block(yes), image_block(ask)))
    page.corrections.add(TribuneCorrection(text="Douze et non treize.", severity="high"))
    page.save_revision().publish()
    tribune(index, title="Réponse", replies_to=page)
    publish()
    document = feed(s3)
    for said in ("Mention obligatoire", "Douze et non treize.", "Droit de réponse", "in-reply-to"):
        assert said in document
    assert f"image-{yes.pk}-" in document
    assert f"image-{ask.pk}-" not in document


def test_old_tribunes_are_in_archives_that_a_reader_can_walk(
    s3: S3, index: TribuneIndexPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artifacts, "ARCHIVE", 2)
    for number in range(7):
        tribune(index, title=f"Tribune {number}")
    publish()
    titles, address = [], "atom.xml"
    while address:
        root = etree.fromstring(feed(s3, address).encode())
        titles += root.xpath("//a:entry/a:title/text()", namespaces=_ATOM)
        older = root.xpath("a:link[@rel='prev-archive']/@href", namespaces=_ATOM)
        address = older[0].partition("/tribunes/")[2] if older else ""
    assert sorted(titles) == [f"Tribune {number}" for number in range(7)]


def test_many_tribunes_cost_as_many_queries_as_few(s3: S3, index: TribuneIndexPage) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            page = tribune(index, signatories=3, body=stream(image_block(ImageFactory())))
            tribune(index, replies_to=page)

    more(1)
    index = TribuneIndexPage.objects.get()
    few = queries(lambda: feed_artifacts(index))
    more(4)
    assert queries(lambda: feed_artifacts(index)) == few <= 30
