"""Pictures of pages, as the public bucket gets them."""

from datetime import date

import pytest

from cms import pictures
from cms.models import Image
from publishing.artifacts import Artifact
from tests.factories.cms import ImageFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def photograph(width: int = 2000, height: int = 1000, **fields: object) -> Image:
    """Create a picture of this size, in pixels."""
    return ImageFactory(file__width=width, file__height=height, **fields)


def artifacts(image: Image, *others: Image) -> list[Artifact]:
    """Return what pictures put into the bucket."""
    return pictures.images([(each, pictures.WIDTHS) for each in (image, *others)], "textes/un")


def test_a_picture_comes_in_several_widths_and_keeps_its_proportions() -> None:
    image = photograph()
    found = artifacts(image)
    assert [(each.role, each.facts) for each in found] == [
        (f"image-{image.pk}-480", {"height": 240}),
        (f"image-{image.pk}-960", {"height": 480}),
        (f"image-{image.pk}-1600", {"height": 800}),
    ]
    for each, width in zip(found, pictures.WIDTHS, strict=True):
        made = image.get_rendition(pictures.rendition(image, width))
        assert (made.width, made.height) == (width, each.facts["height"])
        assert each.key.startswith(f"textes/un/image-{image.pk}-{width}-")


def test_a_picture_is_never_made_larger_than_it_is() -> None:
    assert pictures.published_widths(photograph(width=700)) == [480, 700]
    assert pictures.published_widths(photograph(width=40)) == [40]


def test_a_picture_shown_twice_is_there_once() -> None:
    image = photograph()
    assert [each.key for each in artifacts(image, image)] == [each.key for each in artifacts(image)]


def test_a_picture_without_rights_is_not_there() -> None:
    assert artifacts(photograph(licence=None), photograph(rights_expire_on=date(2020, 1, 1))) == []
    assert pictures.images([(None, pictures.WIDTHS)], "textes/un") == []


@pytest.mark.parametrize(
    ("file_format", "content_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/webp"), ("GIF", "image/webp")],
)
def test_what_may_be_transparent_stays_so(file_format: str, content_type: str) -> None:
    image = photograph(file__format=file_format, file__filename=f"logo.{file_format.lower()}")
    found = artifacts(image)
    assert {each.content_type for each in found} == {content_type}
    assert image.get_rendition(pictures.rendition(image, 480)).file.name.endswith(found[0].key[-4:])


def test_another_crop_is_another_object_and_the_same_picture_the_same() -> None:
    person = PersonFactory(portrait=photograph(width=900, height=600))
    (before,) = pictures.portraits([person, person])
    assert before.key.startswith(f"people/{person.uuid}/portrait-")
    assert [each.key for each in pictures.portraits([person])] == [before.key]
    Image.objects.filter(pk=person.portrait_id).update(
        focal_point_x=10, focal_point_y=10, focal_point_width=20, focal_point_height=20
    )
    person.portrait.refresh_from_db()
    (after,) = pictures.portraits([person])
    assert after.key != before.key


def test_the_first_right_to_end_says_until_when_a_page_may_stay() -> None:
    images = [
        photograph(rights_expire_on=date(2099, 12, 31)),
        photograph(rights_expire_on=date(2098, 6, 30)),
        photograph(rights_expire_on=date(2020, 1, 1)),
        photograph(),
        None,
    ]
    assert pictures.rights_end(images).isoformat() == "2098-07-01T00:00:00+02:00"
    assert pictures.rights_end([None, photograph()]) is None
