"""The examples behind the same doors as the tribunes; nothing is read from the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.templatetags.static import static

from tribunes import addresses
from tribunes.api.source import Found, VersionRow
from tribunes.items import Item, Picture, PubStatus
from tribunes.journal.cursors import Cursor
from tribunes.journal.reading import Entry, Page
from tribunes.sandbox.examples import (
    CORRECTED,
    CORRECTED_AT,
    EMBARGOED,
    RETRACTED,
    RETRACTED_AT,
    USABLE,
    WITHHELD_PICTURES,
    examples,
)

_PICTURE = "tribunes/sandbox/jardin.jpg"
_FILE = Path(__file__).parents[1] / "static" / _PICTURE
_LOG: tuple[tuple[UUID, datetime | None], ...] = (
    (USABLE, None),
    (EMBARGOED, None),
    (CORRECTED, None),
    (WITHHELD_PICTURES, None),
    (RETRACTED, None),
    (CORRECTED, CORRECTED_AT),
    (RETRACTED, RETRACTED_AT),
)
"""What happened, in order; the position is the number of the entry. None: it came out."""


class Sandbox:
    """See ``tribunes.api.source.Source``."""

    def changes(self, cursor: Cursor, limit: int) -> Page:
        """Read the log of the examples."""
        now = examples()
        last = min(cursor.position + limit, len(_LOG))
        entries = [
            _entry(now[uuid], at or now[uuid].first_published)
            for uuid, at in _LOG[cursor.position : last]
        ]
        return Page(entries=entries, cursor=cursor.moved(last) if entries else cursor)

    def beginning(self) -> Cursor:
        """Begin with the first entry."""
        return Cursor()

    def since(self, moment: datetime) -> Cursor:
        """Begin at a moment."""
        published = examples()[USABLE].first_published
        return Cursor(position=sum((at or published) < moment for _, at in _LOG))

    def pruned(self) -> int:
        """Forget nothing."""
        return 0

    def last_modified(self) -> datetime:
        """Return when the last example changed."""
        return RETRACTED_AT

    def find(self, uuid: UUID) -> Found | None:
        """Return an example."""
        item = examples().get(uuid)
        return item and Found(item=item, modified=item.version_created)

    def versions(self, found: Found) -> Sequence[VersionRow]:
        """Return the first version, and the one that corrected or withdrew it."""
        item = found.item
        first = VersionRow(number=1, created=item.first_published)
        if item.version == 1:
            return [first]
        brought = [{"severity": one.severity, "text": one.text} for one in item.corrections]
        said = brought[0] if brought else {}
        return [VersionRow(number=item.version, created=item.version_created, **said), first]

    def picture(self, found: Found, picture: Picture) -> str:
        """Return the drawing, which comes with the static files."""
        return addresses.absolute(static(_PICTURE))

    def original(self, found: Found, picture: Picture) -> str:
        """Return the same drawing."""
        return self.picture(found, picture)

    def contents(self, item: Item) -> Mapping[int, bytes]:
        """Read the drawing."""
        return {picture.id: _FILE.read_bytes() for picture in item.pictures}


def _entry(item: Item, modified: datetime) -> Entry:
    withdrawn = item.status == PubStatus.CANCELED
    return Entry(
        uuid=UUID(item.uuid),
        version=item.version,
        modified=modified,
        item=None if withdrawn else item,
        reason="retracted" if withdrawn else "",
    )
