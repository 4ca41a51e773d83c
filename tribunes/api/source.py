"""Where the API finds what it answers: the tribunes of the site, or the examples of the sandbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from tribunes.items import Item, Picture
from tribunes.journal.cursors import Cursor
from tribunes.journal.reading import Page


@dataclass(frozen=True, kw_only=True)
class Found:
    """A tribune as the caller may have it now."""

    item: Item
    modified: datetime
    """When the caller was last told of a change of it."""
    record_id: int | None = None
    """None in the sandbox."""


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """What is told of one version."""

    number: int
    created: datetime
    severity: str = ""
    text: str = ""
    """The correction that it brought."""


class Source(Protocol):
    """What a caller may have, and nothing else."""

    def changes(self, cursor: Cursor, limit: int) -> Page:
        """Return the entries of the log after a cursor."""

    def beginning(self) -> Cursor:
        """Return the cursor of who begins."""

    def since(self, moment: datetime) -> Cursor:
        """Return the cursor before the entries of a moment."""

    def pruned(self) -> int:
        """Return the number of the newest entry that the log forgot."""

    def last_modified(self) -> datetime | None:
        """Return when the log last told something."""

    def find(self, uuid: UUID) -> Found | None:
        """Return a tribune, None when it is unknown or not the caller’s."""

    def versions(self, found: Found) -> Sequence[VersionRow]:
        """Return the versions of a tribune, newest first; no correction of a withdrawn one."""

    def picture(self, found: Found, picture: Picture) -> str:
        """Return where a picture is read."""

    def original(self, found: Found, picture: Picture) -> str:
        """Return where the original of a picture is read for a while."""

    def contents(self, item: Item) -> Mapping[int, bytes]:
        """Return the bytes of the pictures of an item, by identifier."""
