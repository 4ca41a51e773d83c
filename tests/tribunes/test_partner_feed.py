"""The feed of one partner: rights of the moment, at an address that nobody guesses."""

import io
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from benchmarks.measure import queries
from cms.models import Withdrawal
from cms.withdrawing import withdraw
from focus.models import FocusPage
from tests.factories.bodies import image as image_block
from tests.factories.bodies import paragraph, stream
from tests.factories.cms import ImageFactory, LicenceFactory
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory, token_of
from tests.factories.tribunes import TribuneFactory
from tests.services import S3
from tribunes import keys
from tribunes.feeds import partner as partner_feed
from tribunes.models import Change, ImageGrant, Partner, Pull, Record, TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]
FORMATS = ("atom.xml", "rss.xml", "feed.json")
WORDS = "<p>Ouvrons les portes.</p>"


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(out=True)


@pytest.fixture
def partner(db: None) -> Partner:
    """A partner with every right, under an undertaking."""
    return PartnerFactory(undertaking_on=timezone.localdate())


@pytest.fixture
def root(partner: Partner) -> str:
    """The secret address of the partner's feeds."""
    return f"/partenaires/flux/{keys.issue_feed(partner, name='lecteur')[1]}/"


def tribune(parent: FocusPage, **fields: Any) -> TribunePage:
    """Publish a tribune."""
    body = {"body": stream(paragraph(WORDS))}
    return TribuneFactory(parent=parent, published=True, **body | fields)


def read(address: str, **headers: str) -> str:
    """Return what is read there."""
    answer = Client().get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def test_full_text_by_right_also_of_what_the_public_may_not_republish(
    focus: FocusPage, root: str
) -> None:
    tribune(focus, licence=LicenceFactory(code="arr"), signatories=2)
    for name in FORMATS:
        assert "Ouvrons les portes" in read(root + name)
        assert "Signataires" in read(root + name)
    for name in FORMATS[:2]:
        assert not feedparser.parse(io.BytesIO(read(root + name).encode())).bozo


def test_a_hub_never_hears_of_it(focus: FocusPage, root: str, settings: Any) -> None:
    settings.WEBSUB_HUB_URL = "https://hub.example/"
    tribune(focus)
    for name in FORMATS:
        assert "hub.example" not in read(root + name)


def test_it_never_carries_an_embargoed_text_even_under_an_undertaking(
    focus: FocusPage, root: str
) -> None:
    tribune(focus, title="Secrète", embargoed_until=timezone.now() + timedelta(hours=1))
    for name in FORMATS:
        assert "Secrète" not in read(root + name)


def test_a_text_does_not_name_its_answer_that_is_under_embargo(focus: FocusPage, root: str) -> None:
    """syndication.md §4: a partner feed «never carries an embargoed text», nor its address."""
    page = tribune(focus, title="Contestée")
    hour = timezone.now() + timedelta(hours=1)
    answer = tribune(focus, title="Réponse", replies_to=page, embargoed_until=hour)
    for name in FORMATS:
        assert "Contestée" in read(root + name)
        assert str(answer.uuid) not in read(root + name)
        assert answer.full_url not in read(root + name)


def test_it_follows_the_contract_at_once(focus: FocusPage, partner: Partner, root: str) -> None:
    tribune(focus, title="Du focus")
    other = FocusFactory(out=True)
    tribune(other, title="D’un autre")
    partner.focuses = [other]
    partner.save()
    assert ("Du focus" in read(root + "rss.xml"), "D’un autre" in read(root + "rss.xml")) == (
        False,
        True,
    )
    partner.contract_from = timezone.localdate() - timedelta(days=9)
    partner.contract_until = timezone.localdate() - timedelta(days=1)
    partner.save()
    assert "D’un autre" not in read(root + "rss.xml")


def test_a_withdrawn_text_is_emptied_at_once(focus: FocusPage, root: str) -> None:
    page = tribune(focus, title="Contestée")
    withdraw(TribunePage.objects.get(pk=page.pk), reason="Inventé.", note="Interne")
    for name in FORMATS:
        document = read(root + name)
        assert "[RETIRÉ] Contestée" in document
        assert "Inventé." in document
        assert "Ouvrons les portes" not in document
        assert "Interne" not in document
    assert "deleted-entry" in read(root + "atom.xml")


def test_a_withdrawal_is_told_for_a_year(focus: FocusPage, root: str) -> None:
    """syndication.md §6: «emptied entry and tombstone, ≥ 1 year»."""
    page = tribune(focus, title="Contestée")
    withdraw(TribunePage.objects.get(pk=page.pk), reason="Inventé.")
    for days, is_told in ((364, True), (366, False)):
        Withdrawal.objects.update(at=timezone.now() - timedelta(days=days))
        for name in FORMATS:
            assert ("[RETIRÉ] Contestée" in read(root + name)) == is_told
        assert ("deleted-entry" in read(root + "atom.xml")) == is_told


def test_pictures_are_those_the_partner_may_have(
    focus: FocusPage, partner: Partner, root: str
) -> None:
    free = ImageFactory(republication="yes", credit="Libre")
    granted = ImageFactory(republication="ask", credit="Accordée")
    kept = ImageFactory(republication="ask", credit="Gardée")
    ImageGrant.objects.create(partner=partner, image=granted)
    page = tribune(focus, body=stream(*map(image_block, (free, granted, kept))))
    document = read(root + "feed.json")
    assert [word in document for word in ("Libre", "Accordée", "Gardée")] == [True, True, False]
    pictures = [f"{root}images/{page.uuid}/{image.pk}" for image in (free, granted, kept)]
    assert [address in document for address in pictures] == [True, True, False]
    assert [Client().get(address).status_code for address in pictures] == [302, 302, 404]
    # Where it leads to is signed for less than a minute.
    assert Client().get(pictures[0])["Cache-Control"] == "private, no-cache"
    partner.may_have_images = False
    partner.save()
    assert [Client().get(address).status_code for address in pictures] == [404] * 3
    assert "images/" not in read(root + "feed.json")


def test_a_picture_that_cannot_be_read_is_404_when_lost_and_503_in_an_outage(
    focus: FocusPage, root: str, s3: S3
) -> None:
    picture = ImageFactory(republication="yes")
    page = tribune(focus, body=stream(image_block(picture)))
    address = f"{root}images/{page.uuid}/{picture.pk}"
    with s3.down():
        answer = Client().get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    picture.file.storage.delete(picture.file.name)
    assert Client().get(address).status_code == 404


def test_the_pictures_of_an_embargoed_text_are_not_served(focus: FocusPage, root: str) -> None:
    image = ImageFactory(republication="yes")
    later = timezone.now() + timedelta(hours=1)
    page = tribune(focus, picture=image, embargoed_until=later)
    assert Client().get(f"{root}images/{page.uuid}/{image.pk}").status_code == 404


@pytest.mark.parametrize("name", FORMATS)
def test_it_has_validators_and_a_short_private_cache(
    focus: FocusPage, root: str, name: str
) -> None:
    page = tribune(focus)
    answer = Client().get(root + name)
    assert answer["Cache-Control"] == "private, max-age=60"
    assert answer["Referrer-Policy"] == "no-referrer"
    etag = answer["ETag"]
    assert answer.content == Client().get(root + name).content
    for method in ("get", "head"):
        again = getattr(Client(), method)(root + name, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
    page = TribunePage.objects.get(pk=page.pk)
    page.title = "Autre"
    page.save_revision().publish()
    assert Client().get(root + name, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("name", FORMATS)
def test_a_reader_that_knows_only_a_date_learns_of_what_is_gone(
    focus: FocusPage, root: str, name: str
) -> None:
    tribune(focus, title="Reste")
    gone = tribune(focus, title="Part")
    long_ago = timezone.now() - timedelta(hours=1)
    Change.objects.update(at=long_ago)
    Record.objects.update(version_created=long_ago)
    first = Client().get(root + name)
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert "Part" in first.content.decode()
    assert Client().get(root + name, headers=since).status_code == 304
    TribunePage.objects.get(pk=gone.pk).unpublish()
    assert "Part" not in read(root + name, **since)


def test_it_is_closed_alone_and_at_once(focus: FocusPage, partner: Partner, root: str) -> None:
    tribune(focus)
    other, secret = keys.issue_feed(partner, name="autre")
    assert read(root + "rss.xml")
    (mine,) = partner.feedaddress_keys.exclude(pk=other.pk)
    keys.revoke(mine)
    assert Client().get(root + "rss.xml").status_code == 404
    assert read(f"/partenaires/flux/{secret}/rss.xml")


def test_only_a_feed_secret_opens_it_and_it_opens_nothing_else(
    focus: FocusPage, partner: Partner, root: str
) -> None:
    token = token_of(partner)
    assert Client().get(f"/partenaires/flux/{token}/rss.xml").status_code == 404
    assert Client().get("/partenaires/flux/sosol_feed_x/rss.xml").status_code == 404
    assert Client().get(root + "autre.xml").status_code == 404


def test_each_version_is_noted_once_however_often_it_is_polled(
    focus: FocusPage, partner: Partner, root: str
) -> None:
    page = tribune(focus)
    for _ in range(3):
        read(root + "rss.xml")
    rows = Pull.objects.values_list("record__uuid", "partner", "version", "format", "door")
    assert list(rows) == [(page.uuid, partner.pk, 1, "rss", "feed")]
    page = TribunePage.objects.get(pk=page.pk)
    page.title = "Autre"
    page.save_revision().publish()
    read(root + "atom.xml")
    assert Pull.objects.count() == 2


def test_it_is_no_longer_than_it_must_be(
    focus: FocusPage, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partner_feed, "NEWEST", 2)
    for number in range(4):
        tribune(focus, title=f"Tribune {number}.")
    document = read(root + "rss.xml")
    assert [f"Tribune {number}." in document for number in range(4)] == [False, False, True, True]


def test_many_tribunes_cost_as_many_queries_as_few(focus: FocusPage, root: str) -> None:
    def more(count: int) -> None:
        for _ in range(count):
            page = tribune(
                focus, signatories=3, body=stream(image_block(ImageFactory(republication="yes")))
            )
            tribune(focus, replies_to=page)

    more(1)
    call_command("publish", stale=True, verbosity=0)
    read(root + "rss.xml")
    few = queries(lambda: read(root + "rss.xml"))
    more(4)
    read(root + "rss.xml")
    assert queries(lambda: read(root + "rss.xml")) == few <= 40
