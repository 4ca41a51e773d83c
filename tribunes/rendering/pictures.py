"""Pictures of a tribune as values: those whose rights run, in their largest published version."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from cms import pictures
from cms.blocks.references import References
from cms.models import Image
from publishing import news
from tribunes import addresses
from tribunes.access import Reader
from tribunes.items import Picture
from tribunes.models import Record, TribunePage


def images_of(pages: Iterable[TribunePage], named: References, at: datetime) -> dict[int, Image]:
    """Return the images whose rights run on the day."""
    pks = {page.picture_id for page in pages} | named.images
    rows = Image.objects.filter(pk__in=pks - {None}).select_related("licence")
    on = timezone.localdate(at)
    return {image.pk: image for image in rows if not image.rights_problem(on=on)}


def picture_of(record: Record, image: Image, page: TribunePage, reader: Reader) -> Picture:
    """Return a picture that the reader may have, as the door of the API gives it."""
    width = max(pictures.published_widths(image))
    return Picture(
        id=image.pk,
        href=addresses.image(record.uuid, image.pk),
        type=f"image/{pictures.format_of(pictures.rendition(image, width))}",
        length=0,
        width=width,
        height=pictures.height(image, width),
        alt=image.default_alt_text,
        caption=page.picture_caption if image.pk == page.picture_id else "",
        credit=image.credit,
        rights_holder=image.rights_holder,
        licence_code=image.licence.code,
        licence_name=image.licence.name,
        licence_url=image.licence.url,
        expires=image.rights_expire_on,
        original=addresses.original(record.uuid, image.pk) if reader.print_originals else "",
        on_request=image.republication == Image.Republication.ASK,
        # The store gives each file a name of its own: none has to be opened to publish a text.
        fingerprint=image.file.name,
    )


def news_picture(picture: Picture) -> news.Picture:
    """Return the same as texts and feeds show it."""
    return news.Picture(
        url=picture.href,
        length=picture.length,
        type=picture.type,
        alt=picture.alt,
        caption=picture.caption,
        credit=picture.credit,
        licence=news.Licence(
            code=picture.licence_code, url=picture.licence_url, name=picture.licence_name
        ),
        rights_holder=picture.rights_holder,
        expires=picture.expires,
    )
