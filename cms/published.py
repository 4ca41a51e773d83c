"""What pages have in the public bucket: the only media that a public page may name."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Page

from cms import pictures
from cms.models.base import ListingMixin
from cms.models.images import Image
from publishing import registry
from publishing.conf import public_url
from publishing.models import PublishedObject

Objects = Mapping[str, PublishedObject]
"""The objects of one page by role."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture: ``sources`` are addresses by width in pixels, the narrowest first."""

    sources: Mapping[int, str]
    alt: str
    credit: str = ""
    ratio: float = 1
    """Height over width; one for a square."""

    @property
    def width(self) -> int:
        """Width of the largest source, in pixels."""
        return max(self.sources)

    @property
    def height(self) -> int:
        """Height of the largest source, in pixels."""
        return max(1, round(self.width * self.ratio))

    @property
    def src(self) -> str:
        """Address of the largest source."""
        return self.sources[self.width]

    @property
    def srcset(self) -> str:
        """All sources, as ``<img srcset>`` wants them."""
        return ", ".join(f"{url} {width}w" for width, url in self.sources.items())


def objects_of(pages: Sequence[Page], roles: Collection[str] = ()) -> dict[int, Objects]:
    """Return the live objects of pages by primary key and role: one query for all of them.

    ``roles`` limits them to what is needed of a long list.
    """
    found: dict[int, dict[str, PublishedObject]] = {page.pk: {} for page in pages}
    by_key = {key: found[page.pk] for page in pages if (key := registry.key_for(page))}
    rows = PublishedObject.objects.live().filter(publication__key__in=by_key)
    if roles:
        rows = rows.filter(role__in=roles)
    for row in rows.select_related("publication"):
        by_key[row.publication.key][row.role] = row
    return found


def picture(objects: Objects, role: str, image: Image | None) -> Picture | None:
    """Return the versions ``<role>-<width>`` of a picture; None unless they may be shown today."""
    if image is None or image.rights_problem(on=timezone.localdate()):
        return None
    versions = ((re.fullmatch(rf"{role}-(\d+)", name), row) for name, row in objects.items())
    rows = {int(match[1]): row for match, row in versions if match}
    if role == pictures.role_of(image):
        rows = {
            width: row
            for width, row in rows.items()
            if pictures.is_of(row.key, image, pictures.rendition(image, width))
        }
    if not rows:
        return None
    widest = max(rows)
    return Picture(
        sources={width: public_url(rows[width].key) for width in sorted(rows)},
        alt=image.default_alt_text,
        credit=image.credit,
        ratio=rows[widest].facts.get("height", widest) / widest,
    )


def listing_picture(objects: Objects, page: ListingMixin) -> Picture | None:
    """Return the picture of a page in lists: its square artwork, or what its lists show."""
    if artwork := picture(objects, "artwork", getattr(page, "artwork", None)):
        return artwork
    image = page.get_listing_image()
    return image and picture(objects, pictures.role_of(image), image)
