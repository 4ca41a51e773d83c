"""The tribunes of the site, as one reader may have them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.db.models.fields.files import FieldFile

from cms import pictures
from cms.models import Image
from cms.models.text_rows import CorrectionRow
from cms.published import objects_of
from publishing.conf import public_url
from publishing.exceptions import ObjectMissing
from publishing.storage import translated
from tribunes.access import Reader
from tribunes.api.source import Found, VersionRow
from tribunes.items import Item, Picture
from tribunes.journal import reading
from tribunes.journal.cursors import Cursor
from tribunes.models import Change, Record, Version
from tribunes.rendering import render

_SECONDS = 30
"""How long a signed address lasts: enough to begin a download. It outlives every right."""
_SEVERITIES = CorrectionRow.Severity.values


class Live:
    """What the access function gives a reader; see ``tribunes.api.source.Source``."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def changes(self, cursor: Cursor, limit: int) -> reading.Page:
        """Read the log."""
        return reading.read(self.reader, cursor, limit)

    def beginning(self) -> Cursor:
        """Begin with the oldest entry."""
        return reading.beginning()

    def since(self, moment: datetime) -> Cursor:
        """Begin at a moment."""
        return reading.since(self.reader, moment)

    def pruned(self) -> int:
        """Ask the counter."""
        return reading.pruned()

    def last_modified(self) -> datetime | None:
        """Ask the log."""
        return reading.last_modified(self.reader)

    def find(self, uuid: UUID) -> Found | None:
        """Render one record."""
        record = Record.objects.filter(uuid=uuid).first()
        if record is None or (item := render([record], self.reader)[record.pk].item) is None:
            return None
        log = Change.objects.of(self.reader.partner_id).filter(record=record)
        modified = log.values_list("at", flat=True).last() or record.version_created
        return Found(item=item, modified=modified, record_id=record.pk)

    def versions(self, found: Found) -> Sequence[VersionRow]:
        """Read the rows that the journal wrote; what they corrected, as the item still says it."""
        rows = Version.objects.filter(record=found.record_id)
        if not self.reader.embargoed:
            rows = rows.filter(created__gte=F("record__released_at"))
        return [_version(row, found.item) for row in rows]

    def picture(self, found: Found, picture: Picture) -> str:
        """Return the object of the public bucket, or sign the private rendition for a moment."""
        page = Record.objects.select_related("page").get(pk=found.record_id).page
        image = Image.objects.get(pk=picture.id)
        version = pictures.rendition(image, picture.width)
        role = f"{pictures.role_of(image)}-{picture.width}"
        row = objects_of([page], roles=[role])[page.pk].get(role)
        if row and pictures.is_of(row.key, image, version):
            return public_url(row.key)
        with _reading(image):
            return _signed(image.get_rendition(version).file)

    def original(self, found: Found, picture: Picture) -> str:
        """Sign the address of the file as it was uploaded, for a moment."""
        return _signed(Image.objects.get(pk=picture.id).file)

    def contents(self, item: Item) -> Mapping[int, bytes]:
        """Read the renditions from the private bucket."""
        images = Image.objects.in_bulk([picture.id for picture in item.pictures])
        return {
            picture.id: _content(images[picture.id], picture.width) for picture in item.pictures
        }


def _version(row: Version, item: Item) -> VersionRow:
    """Tell of a version, with the corrections that it brought and nobody removed since."""
    brought = [said for said in item.corrections if said.version == row.number]
    return VersionRow(
        number=row.number,
        created=row.created,
        severity=max((said.severity for said in brought), key=_SEVERITIES.index, default=""),
        text="\n\n".join(said.text for said in brought),
    )


def _signed(file: FieldFile) -> str:
    return file.storage.url(file.name, expire=_SECONDS)


def _content(image: Image, width: int) -> bytes:
    with (
        _reading(image),
        image.get_rendition(pictures.rendition(image, width)).file.open("rb") as file,
    ):
        return file.read()


@contextmanager
def _reading(image: Image) -> Iterator[None]:
    """Raise StorageUnavailable, or ObjectMissing when the file of a picture is not there."""
    try:
        with translated(f"rendition of image {image.pk}"):
            yield
    except OSError as error:
        raise ObjectMissing(f"rendition of image {image.pk}: {error}") from error
