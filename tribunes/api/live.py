"""The tribunes of the site, as one reader may have them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from cms import pictures
from cms.models import Image
from cms.published import objects_of
from publishing.conf import public_url
from publishing.storage import translated
from tribunes import changes
from tribunes.access import Reader
from tribunes.api.source import Found, VersionRow
from tribunes.cursors import Cursor
from tribunes.items import Item, Picture, PubStatus
from tribunes.models import Change, Record, Version
from tribunes.rendering import render


class Live:
    """What the access function gives a reader; see ``tribunes.api.source.Source``."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def changes(self, cursor: Cursor, limit: int) -> changes.Page:
        """Read the log."""
        return changes.read(self.reader, cursor, limit)

    def beginning(self) -> Cursor:
        """Begin with the oldest entry."""
        return changes.beginning()

    def since(self, moment: datetime) -> Cursor:
        """Begin at a moment."""
        return changes.since(self.reader, moment)

    def pruned(self) -> int:
        """Ask the counter."""
        return changes.pruned()

    def last_modified(self) -> datetime | None:
        """Ask the log."""
        return changes.last_modified(self.reader)

    def find(self, uuid: UUID) -> Found | None:
        """Render one record."""
        record = Record.objects.filter(uuid=uuid).first()
        if record is None or (item := render([record], self.reader)[record.pk].item) is None:
            return None
        log = Change.objects.of(self.reader.partner_id).filter(record=record)
        modified = log.values_list("at", flat=True).last() or record.version_created
        return Found(item=item, modified=modified, record_id=record.pk)

    def versions(self, found: Found) -> Sequence[VersionRow]:
        """Read the rows that the journal wrote."""
        withdrawn = found.item.status == PubStatus.CANCELED
        return [
            VersionRow(
                number=row.number,
                created=row.created,
                severity=row.severity,
                text="" if withdrawn else row.text,
            )
            for row in Version.objects.filter(record=found.record_id)
        ]

    def picture(self, found: Found, picture: Picture) -> str:
        """Return the object of the public bucket, or sign the private rendition for a while."""
        page = Record.objects.select_related("page").get(pk=found.record_id).page
        image = Image.objects.get(pk=picture.id)
        role = f"{pictures.role_of(image)}-{picture.width}"
        row = objects_of([page], roles=[role])[page.pk].get(role)
        if row:
            return public_url(row.key)
        with translated(f"rendition of image {image.pk}"):
            return image.get_rendition(pictures.rendition(image, picture.width)).url

    def original(self, found: Found, picture: Picture) -> str:
        """Sign the address of the file as it was uploaded."""
        return Image.objects.get(pk=picture.id).file.url

    def contents(self, item: Item) -> Mapping[int, bytes]:
        """Read the renditions from the private bucket."""
        images = Image.objects.in_bulk([picture.id for picture in item.pictures])
        return {
            picture.id: _content(images[picture.id], picture.width) for picture in item.pictures
        }


def _content(image: Image, width: int) -> bytes:
    with (
        translated(f"rendition of image {image.pk}"),
        image.get_rendition(pictures.rendition(image, width)).file.open("rb") as file,
    ):
        return file.read()
