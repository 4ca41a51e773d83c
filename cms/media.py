"""The pictures of one page.

They are those of the public bucket. Only a preview, which editors alone see, shows the private
originals, through addresses that are signed for an hour.
"""

from collections.abc import Mapping

from django.http import HttpRequest
from wagtail.images.models import Filter

from cms import pictures
from cms.models import Image, Person
from cms.published import Objects, Picture, picture
from publishing.conf import public_url


class PageMedia:
    """Pictures of one page: published ones, or originals in a preview."""

    def __init__(self, objects: Objects, request: HttpRequest) -> None:
        self.objects = objects
        self.preview = bool(getattr(request, "is_preview", False))

    def image(self, image: Image | None) -> Picture | None:
        """Return a picture in its own proportions, unless it may not be shown."""
        if image is None:
            return None
        if not self.preview:
            return picture(self.objects, pictures.role_of(image), image)
        widths = pictures.published_widths(image)
        return originals(
            image,
            {width: pictures.rendition(image, width) for width in widths},
            ratio=image.height / image.width,
        )

    def portrait(self, person: Person) -> Picture | None:
        """Return the square portrait of somebody, unless it may not be shown."""
        pixels = pictures.PORTRAIT_PIXELS
        if self.preview:
            return originals(person.portrait, {pixels: pictures.square(pixels)})
        row = self.objects.get(f"portrait-{person.uuid}")
        if row is None or not pictures.usable(person.portrait):
            return None
        return Picture(sources={pixels: public_url(row.key)}, alt=person.portrait.default_alt_text)


def originals(
    image: Image | None, versions: Mapping[int, Filter], ratio: float = 1
) -> Picture | None:
    """Return a picture from the private bucket, in these versions by width."""
    if not pictures.usable(image):
        return None
    made = image.get_renditions(*versions.values())
    return Picture(
        sources={width: made[version.spec].url for width, version in versions.items()},
        alt=image.default_alt_text,
        credit=image.credit,
        ratio=ratio,
    )
