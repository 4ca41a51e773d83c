"""Pictures of shows, episodes and people as objects of the public bucket."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.utils import timezone
from wagtail.images.models import Filter

from cms.models import Image, Person
from podcasts.artwork import cover_jpeg
from publishing.artifacts import Artifact, PrivateObject, Produced, sha256_hex

COVER_PIXELS = 3000
COVER_BYTES = 512 * 1024
"""Apple asks for 1,400 to 3,000 pixels; hosts and apps advise at most 512 kB."""
EMBEDDED_PIXELS = 1000
EMBEDDED_BYTES = 150 * 1024
"""Inside the sound file, where every listener downloads it."""
WEB_WIDTHS = (320, 640, 1200)
PORTRAIT_PIXELS = 400

_RECIPE = "1"
"""To be changed whenever the same picture should come out otherwise."""


def usable(image: Image | None) -> Image | None:
    """Return the picture if its rights allow publishing it today."""
    return image if image and not image.rights_problem(on=timezone.localdate()) else None


def rights_end(images: Iterable[Image | None]) -> datetime | None:
    """Return the first moment to come at which one of the pictures may not be shown any more."""
    today = timezone.localdate()
    days = [image.rights_expire_on for image in images if image]
    ends = [day for day in days if day and day >= today]
    return _midnight_after(min(ends)) if ends else None


def _midnight_after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def fingerprint(image: Image) -> str:
    """Identify the content of a picture and the way it is prepared."""
    return sha256_hex(image.get_file_hash(), _RECIPE)


def cover(image: Image, folder: str) -> list[Artifact]:
    """Return the cover for feeds and its smaller versions for pages."""
    identity = fingerprint(image)

    def write(path: Path) -> None:
        with image.open_file() as file:
            path.write_bytes(cover_jpeg(file, COVER_PIXELS, COVER_BYTES))

    artwork = Artifact(
        role="artwork",
        key=f"{folder}/artwork-{identity[:16]}.jpg",
        content_type="image/jpeg",
        body=Produced(fingerprint=identity, write=write),
    )
    return [artwork, *(_rendition(image, width, folder) for width in WEB_WIDTHS)]


def _rendition(image: Image, width: int, folder: str) -> Artifact:
    return _square(image, width, f"artwork-{width}", f"{folder}/artwork-{width}")


def portraits(people: Iterable[Person]) -> list[Artifact]:
    """Return the portraits that may be shown, one a person."""
    shown = {person.uuid: person for person in people if usable(person.portrait)}
    return [
        _square(
            person.portrait,
            PORTRAIT_PIXELS,
            f"portrait-{person.uuid}",
            f"people/{person.uuid}/portrait",
        )
        for person in shown.values()
    ]


def _square(image: Image, pixels: int, role: str, stem: str) -> Artifact:
    """Return a square version, which Wagtail makes once and the store copies."""
    version = Filter(f"fill-{pixels}x{pixels}|format-jpeg|jpegquality-82")
    identity = sha256_hex(fingerprint(image), version.spec, version.get_cache_key(image))

    def locate() -> str:
        return image.get_rendition(version).file.name

    return Artifact(
        role=role,
        key=f"{stem}-{identity[:16]}.jpg",
        content_type="image/jpeg",
        body=PrivateObject(fingerprint=identity, locate=locate),
    )


def embedded(image: Image) -> bytes:
    """Return the small cover that goes into the sound file."""
    with image.open_file() as file:
        return cover_jpeg(file, EMBEDDED_PIXELS, EMBEDDED_BYTES)
