"""``…/images/…``: pictures that may travel, from the bucket or for a while from the private one."""

import io
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.utils import timezone
from PIL import Image as Picture

from cms.feed_pictures import pictures_of
from cms.models import Image
from cms.withdrawing import withdraw
from focus.models import FocusPage
from tests.factories.bodies import image as image_block
from tests.factories.bodies import stream
from tests.factories.cms import ImageFactory, LicenceFactory
from tests.factories.partners import PartnerFactory, token_of
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.api.acts import again, change
from tests.tribunes.api.conftest import Api
from tribunes.models import ImageGrant, Partner, TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def picture(db: None) -> Image:
    """A picture that travels."""
    return ImageFactory(republication="yes")


@pytest.fixture
def illustrated(focus: FocusPage, picture: Image) -> TribunePage:
    """A tribune with the picture."""
    return TribuneFactory(parent=focus, published=True, body=stream(image_block(picture)))


def address(tribune: TribunePage, picture: Image, end: str = "") -> str:
    """Return where a picture is."""
    return f"/tribunes/{tribune.uuid}/images/{picture.pk}{end}"


@pytest.mark.django_db(transaction=True)
def test_a_picture_leads_to_the_public_object_when_there_is_one(
    anyone: Api, illustrated: TribunePage, picture: Image, s3: Any, worker: Any
) -> None:
    signed = anyone(address(illustrated, picture))
    assert "X-Amz-Signature" in signed["Location"]
    worker.drain()
    public = anyone(address(illustrated, picture))
    assert public.status_code == 302
    assert public["Location"] in {s3.url(key) for key in s3.keys()}
    for answer in (signed, public):
        assert requests.get(answer["Location"], timeout=20).content.startswith(b"\xff\xd8")
        assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.django_db(transaction=True)
def test_the_file_a_picture_had_before_is_not_given_with_the_rights_of_the_new_one(
    anyone: Api, illustrated: TribunePage, picture: Image, worker: Any
) -> None:
    picture.republication = "no"
    picture.save()
    worker.drain()
    picture.republication = "yes"
    replace_file(picture)
    assert "X-Amz-Signature" in anyone(address(illustrated, picture))["Location"]
    assert not pictures_of([illustrated], [picture.pk])[illustrated.pk]
    worker.drain()
    location = anyone(address(illustrated, picture))["Location"]
    assert "X-Amz-Signature" not in location
    with Picture.open(io.BytesIO(requests.get(location, timeout=20).content)) as shown:
        assert shown.size == (90, 90)


def replace_file(picture: Image) -> None:
    """Put another file in the place of that of a picture, as the form of the newsroom does."""
    picture.file = ImageFactory.build(file__width=90, file__height=90, file__color="red").file
    picture._set_image_file_metadata()
    picture.save()
    picture.renditions.all().delete()


def test_a_picture_has_a_validator_that_outlives_signatures(
    anyone: Api, illustrated: TribunePage, picture: Image
) -> None:
    first = anyone(address(illustrated, picture))
    again_ = anyone(address(illustrated, picture), If_None_Match=first["ETag"])
    assert again_.status_code == 304
    # A cache that kept the answer keeps this address instead (RFC 9111 §3.2).
    assert "X-Amz-Signature" in again_["Location"]


@pytest.mark.parametrize(
    "act",
    [
        lambda tribune, picture: withdraw(again(tribune), reason="Faux."),
        lambda tribune, picture: again(tribune).unpublish(),
        lambda tribune, picture: change(
            tribune, embargoed_until=timezone.now() + timedelta(hours=1)
        ),
        lambda tribune, picture: change(tribune, licence=LicenceFactory(code="tous-droits")),
        lambda tribune, picture: change(tribune, body=stream(image_block(ImageFactory()))),
        lambda tribune, picture: Image.objects.update(republication="no"),
        lambda tribune, picture: Image.objects.update(republication="ask"),
        lambda tribune, picture: Image.objects.update(
            rights_expire_on=timezone.localdate() - timedelta(days=1)
        ),
    ],
    ids=[
        "withdrawn",
        "unpublished",
        "embargoed",
        "licence not open",
        "no longer in the text",
        "no",
        "ask",
        "rights ended",
    ],
)
def test_a_picture_that_may_not_travel_is_404(
    anyone: Api, illustrated: TribunePage, picture: Image, act: Any
) -> None:
    assert anyone(address(illustrated, picture)).status_code == 302
    act(illustrated, picture)
    answer = anyone(address(illustrated, picture))
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_a_picture_on_request_is_for_those_who_were_granted_it(
    api: Api, anyone: Api, focus: FocusPage, partner: Partner
) -> None:
    asked = ImageFactory(republication="ask")
    tribune = TribuneFactory(parent=focus, published=True, body=stream(image_block(asked)))
    assert api(address(tribune, asked)).status_code == 404
    ImageGrant.objects.create(partner=partner, image=asked)
    assert api(address(tribune, asked)).status_code == 302
    assert anyone(address(tribune, asked)).status_code == 404
    assert api(f"/tribunes/{tribune.uuid}/images/{10**30}").status_code == 404


def test_a_picture_under_embargo_is_signed_for_those_who_signed(focus: FocusPage) -> None:
    picture = ImageFactory(republication="yes")
    hour = timezone.now() + timedelta(hours=1)
    tribune = TribuneFactory(
        parent=focus, published=True, body=stream(image_block(picture)), embargoed_until=hour
    )
    bound = Api(token_of(PartnerFactory(undertaking_on=timezone.localdate())))
    assert "X-Amz-Signature" in bound(address(tribune, picture))["Location"]


def test_the_original_needs_the_right_to_print(
    api: Api, illustrated: TribunePage, picture: Image
) -> None:
    answer = api(address(illustrated, picture, "/original"))
    assert "X-Amz-Signature" in answer["Location"]
    with picture.file.open("rb") as file:
        assert requests.get(answer["Location"], timeout=20).content == file.read()
    poor = Api(token_of(PartnerFactory(may_have_print=False)))
    assert poor(address(illustrated, picture, "/original")).status_code == 404
    without = Api(token_of(PartnerFactory(), scopes=["texts", "images"]))
    assert without(address(illustrated, picture, "/original")).status_code == 403


@pytest.mark.parametrize("end", ["", "/original"])
def test_a_signed_address_is_to_be_used_at_once(
    api: Api, illustrated: TribunePage, picture: Image, end: str
) -> None:
    signed = api(address(illustrated, picture, end))["Location"]
    assert parse_qs(urlsplit(signed).query)["X-Amz-Expires"] == ["30"]
    assert requests.get(signed, timeout=20).status_code == 200


@pytest.mark.parametrize("digest", ["abc", ""], ids=["hashed", "not hashed"])
def test_a_picture_whose_file_is_missing_is_404_and_keeps_no_text_from_coming_out(
    api: Api, focus: FocusPage, picture: Image, digest: str
) -> None:
    picture.file.storage.delete(picture.file.name)
    Image.objects.filter(pk=picture.pk).update(file_hash=digest)
    tribune = TribuneFactory(parent=focus, published=True, body=stream(image_block(picture)))
    assert len(api(f"/tribunes/{tribune.uuid}").json()["images"]) == 1
    for path in (address(tribune, picture), f"/tribunes/{tribune.uuid}.zip"):
        answer = api(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "picture-missing")


def test_a_token_without_images_takes_texts_without_pictures(
    partner: Partner, illustrated: TribunePage
) -> None:
    item = Api(token_of(partner, scopes=["texts"]))(f"/tribunes/{illustrated.uuid}").json()
    assert (item["images"], item["withheldImages"]) == ([], 1)
    assert "<img" not in item["bodyHtml"]
    item = Api(token_of(partner, scopes=["texts", "images"]))(
        f"/tribunes/{illustrated.uuid}"
    ).json()
    assert [image["original"] for image in item["images"]] == [None]
