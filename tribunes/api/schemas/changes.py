"""The form of the log of changes."""

from datetime import datetime
from typing import Literal

from tribunes.api.schemas.base import Answer
from tribunes.api.schemas.items import Tribune


class _Entry(Answer):
    kind: Literal["tribune"]
    id: str
    version: int
    modified: datetime
    href: str


class Updated(_Entry):
    """A tribune that is new or is not what it was: replace what you have."""

    state: Literal["updated"]
    data: Tribune


class Deleted(_Entry):
    """A tribune that you may not show any more: remove what you have."""

    state: Literal["deleted"]
    reason: Literal["retracted", "unpublished", "expired", "rights"]


class Changes(Answer):
    """A page of the log. ``next`` is always there: poll it."""

    items: list[Updated | Deleted]
    next: str
