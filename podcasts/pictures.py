"""Pictures of shows and episodes as objects of the public bucket; the rest is in cms.pictures."""

from pathlib import Path

from cms.models import Image
from cms.pictures import artifact, fingerprint, square
from podcasts.artwork import cover_jpeg
from publishing.artifacts import Artifact, Produced

COVER_PIXELS = 3000
COVER_BYTES = 512 * 1024
"""Apple asks for 1,400 to 3,000 pixels; hosts and apps advise at most 512 kB."""
EMBEDDED_PIXELS = 1000
EMBEDDED_BYTES = 150 * 1024
"""Inside the sound file, where every listener downloads it."""
WEB_WIDTHS = (320, 640, 1200)


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
    return [artwork, *(_smaller(image, width, folder) for width in WEB_WIDTHS)]


def _smaller(image: Image, width: int, folder: str) -> Artifact:
    return artifact(image, square(width), f"artwork-{width}", f"{folder}/artwork-{width}")


def embedded(image: Image) -> bytes:
    """Return the small cover that goes into the sound file."""
    with image.open_file() as file:
        return cover_jpeg(file, EMBEDDED_PIXELS, EMBEDDED_BYTES)
