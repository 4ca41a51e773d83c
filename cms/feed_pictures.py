"""The pictures of texts that may travel with them, as they are in the public bucket."""

import re
from collections.abc import Iterable, Mapping, Sequence

from cms import published
from cms.licences import terms
from cms.models import Image, TextPage
from cms.pictures import is_of, rendition, role_of, usable
from publishing import news
from publishing.conf import public_url
from publishing.models import PublishedObject

Pictures = Mapping[int, news.Picture]
"""Pictures of one text by primary key of the image."""


def pictures_of(texts: Sequence[TextPage], shown: Iterable[int]) -> dict[int, Pictures]:
    """Return by text what it has in the bucket and may be republished today: two queries.

    ``shown`` are the images of all bodies, beside the opening pictures.
    """
    pks = {text.picture_id for text in texts} | set(shown)
    images = Image.objects.filter(pk__in=pks, republication=Image.Republication.YES)
    free = [image for image in images.select_related("licence") if usable(image)]
    objects = published.objects_of(texts)
    return {text.pk: _present(objects[text.pk], free) for text in texts}


def _present(objects: published.Objects, images: Iterable[Image]) -> Pictures:
    rows = ((image, _widest(objects, image)) for image in images)
    return {image.pk: _picture(image, row) for image, row in rows if row}


def _widest(objects: published.Objects, image: Image) -> PublishedObject | None:
    versions = (re.fullmatch(rf"{role_of(image)}-(\d+)", name) for name in objects)
    widths = [int(version[1]) for version in versions if version]
    if not widths:
        return None
    row = objects[f"{role_of(image)}-{max(widths)}"]
    return row if is_of(row.key, image, rendition(image, max(widths))) else None


def _picture(image: Image, row: PublishedObject) -> news.Picture:
    return news.Picture(
        url=public_url(row.key),
        length=row.size,
        type=row.content_type,
        alt=image.default_alt_text,
        credit=image.credit,
        licence=terms(image.licence),
    )
