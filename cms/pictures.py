"""Pictures of pages as public objects: Wagtail makes them once, the store copies them.

A picture is called ``image-<primary key>`` in whatever publication shows it, and comes in several
widths: roles ``image-12-480``, ``image-12-960``… A portrait is a square, ``portrait-<uuid>``.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import PurePath

from django.utils import timezone
from wagtail.images.models import Filter

from cms.days import day_after
from cms.models.images import Image
from cms.models.people import Person
from publishing.artifacts import Artifact, PrivateObject, sha256_hex

WIDTHS = (480, 960, 1600)
"""Pixels; 1,600 is what search engines ask of a large picture (1,200 at least)."""
LOGO_WIDTHS = (320,)
PORTRAIT_PIXELS = 400

_RECIPE = "1"
"""To be changed whenever the same picture should come out otherwise."""
_FORMATS = {"jpeg": ("jpegquality-82", "jpg"), "webp": ("webpquality-82", "webp")}
_TRANSPARENT = {".png", ".gif", ".webp"}


def usable(image: Image | None) -> Image | None:
    """Return the picture if its rights allow publishing it today."""
    return image if image and not image.rights_problem(on=timezone.localdate()) else None


def rights_end(images: Iterable[Image | None]) -> datetime | None:
    """Return the first moment to come at which one of the pictures may not be shown any more."""
    today = timezone.localdate()
    days = [image.rights_expire_on for image in images if image]
    ends = [day for day in days if day and day >= today]
    return day_after(min(ends)) if ends else None


def fingerprint(image: Image) -> str:
    """Identify the content of a picture and the way it is prepared."""
    return sha256_hex(image.get_file_hash(), _RECIPE)


def is_of(key: str, image: Image, version: Filter) -> bool:
    """Whether an object shows the file that the picture has now.

    The rights of a picture are those of this file: the one it had before is not given under them.
    """
    return f"-{_identity(image, version)[:16]}." in key


def role_of(image: Image) -> str:
    """Return what a picture is called in the publications that show it."""
    return f"image-{image.pk}"


def published_widths(image: Image, widths: Sequence[int] = WIDTHS) -> list[int]:
    """Return the widths in which a picture comes out: never larger than it is."""
    return sorted({min(width, image.width) for width in widths})


def rendition(image: Image, width: int) -> Filter:
    """Return how Wagtail makes one width; what may be transparent stays so, in WebP."""
    name = _format(image)
    return Filter(f"width-{width}|bare|format-{name}|{_FORMATS[name][0]}")


def format_of(version: Filter) -> str:
    """Return the format of a version: ``jpeg`` or ``webp``."""
    return "webp" if "format-webp" in version.spec else "jpeg"


def height(image: Image, width: int) -> int:
    """Return the height of a rendition, in pixels."""
    return max(1, round(image.height * width / image.width))


def square(pixels: int) -> Filter:
    """Return how Wagtail makes a square."""
    return Filter(f"fill-{pixels}x{pixels}|bare|format-jpeg|jpegquality-82")


def images(pictures: Iterable[tuple[Image | None, Sequence[int]]], folder: str) -> list[Artifact]:
    """Return the pictures that may be shown, each once, in the widths that come with it."""
    shown = {image.pk: (image, widths) for image, widths in pictures if usable(image)}
    return [
        artifact(
            image,
            rendition(image, width),
            f"{role_of(image)}-{width}",
            f"{folder}/{role_of(image)}-{width}",
            {"height": height(image, width)},
        )
        for image, widths in shown.values()
        for width in published_widths(image, widths)
    ]


def portraits(people: Iterable[Person]) -> list[Artifact]:
    """Return the portraits that may be shown, one a person."""
    shown = {person.uuid: person for person in people if usable(person.portrait)}
    return [
        artifact(
            person.portrait,
            square(PORTRAIT_PIXELS),
            f"portrait-{person.uuid}",
            f"people/{person.uuid}/portrait",
        )
        for person in shown.values()
    ]


def artifact(
    image: Image, version: Filter, role: str, stem: str, facts: dict[str, int] | None = None
) -> Artifact:
    """Return one version of a picture; ``stem`` is its key without content hash and extension."""
    identity = _identity(image, version)
    name = format_of(version)

    def locate() -> str:
        return image.get_rendition(version).file.name

    return Artifact(
        role=role,
        key=f"{stem}-{identity[:16]}.{_FORMATS[name][1]}",
        content_type=f"image/{name}",
        body=PrivateObject(fingerprint=identity, locate=locate),
        facts=facts or {},
    )


def _identity(image: Image, version: Filter) -> str:
    return sha256_hex(fingerprint(image), version.spec, version.get_cache_key(image))


def _format(image: Image) -> str:
    return "webp" if PurePath(image.file.name).suffix.lower() in _TRANSPARENT else "jpeg"
