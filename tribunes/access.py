"""The one function that decides what anyone may have of a tribune; every door asks it.

Pure: facts about the tribune, facts about the reader, a moment. Nothing is allowed that is not
said to be: no licence, no export; before the hour of an embargo, no trace.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from cms.licences import is_open


class Standing(StrEnum):
    """What a tribune is to a reader."""

    USABLE = "usable"
    WITHHELD = "withheld"
    """Under an embargo that the reader undertook to respect."""
    CANCELED = "canceled"
    """Withdrawn: the reader is told, and given no text."""
    UNPUBLISHED = "unpublished"
    EXPIRED = "expired"
    RIGHTS = "rights"
    """Not, or no longer, for this reader."""
    HIDDEN = "hidden"
    """The reader must not know that it exists."""

    @property
    def is_shown(self) -> bool:
        """Whether an item is handed over."""
        return self in (Standing.USABLE, Standing.WITHHELD, Standing.CANCELED)

    @property
    def has_text(self) -> bool:
        """Whether the item has a text."""
        return self in (Standing.USABLE, Standing.WITHHELD)


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is true of a tribune, whoever asks."""

    live: bool = False
    restricted: bool = False
    """Whether the page asks for a password or a login."""
    embargoed_until: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawal_is_told: bool = True
    """Whether the public hears of the withdrawal: what it hid under an embargo stays hidden."""
    licence_code: str = ""
    licence_expires_on: date | None = None
    for_web: bool = True
    focus_id: int | None = None
    themes: frozenset[int] = frozenset()
    kind: str = "tribune"
    released: bool = False
    """Whether it was ever without embargo: then its existence is no secret."""

    def is_embargoed(self, at: datetime) -> bool:
        """Whether the hour of the embargo is still to come."""
        return self.embargoed_until is not None and self.embargoed_until > at


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who asks, and what their contract gives them."""

    partner_id: int | None = None
    """None: anyone, without contract."""
    contract_from: date | None = None
    contract_until: date | None = None
    focuses: frozenset[int] = frozenset()
    themes: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()
    texts: bool = True
    images: bool = True
    print_originals: bool = False
    audio: bool = False
    embargoed: bool = False
    granted: frozenset[int] = frozenset()
    """Pictures «on request» that were granted."""
    everything: bool = False
    """The journal itself, which must see every change."""

    @property
    def is_partner(self) -> bool:
        """Whether there is a contract."""
        return self.partner_id is not None or self.everything

    def covers(self, facts: Facts, on: date) -> bool:
        """Whether the contract runs on a day and its catalogue holds the tribune."""
        if self.everything:
            return True
        if not self.texts:
            return False
        if self.contract_from and on < self.contract_from:
            return False
        if self.contract_until and on > self.contract_until:
            return False
        return (
            (not self.focuses or facts.focus_id in self.focuses)
            and (not self.themes or bool(self.themes & facts.themes))
            and (not self.kinds or facts.kind in self.kinds)
        )

    def may_show(self, image_id: int, republication: str) -> bool:
        """Whether a picture whose rights run may travel; «ask» means no until it was granted."""
        if self.everything:
            return republication in ("yes", "ask")
        if not self.images:
            return False
        return republication == "yes" or (republication == "ask" and image_id in self.granted)


ANYONE = Reader()
JOURNAL = Reader(everything=True, print_originals=True, audio=True, embargoed=True)


def is_public(facts: Facts, at: datetime) -> bool:
    """Whether anybody may read the page on the site; says nothing of republishing it."""
    return (
        facts.live
        and not facts.restricted
        and facts.withdrawn_at is None
        and not facts.is_embargoed(at)
    )


def decide(facts: Facts, reader: Reader, at: datetime) -> Standing:
    """Return what the tribune is to the reader at a moment."""
    known = facts.released or reader.embargoed
    on = timezone.localdate(at)
    if not reader.covers(facts, on):
        return Standing.RIGHTS if known else Standing.HIDDEN
    if facts.withdrawn_at is not None:
        if known and (facts.withdrawal_is_told or reader.embargoed):
            return Standing.CANCELED
        return Standing.UNPUBLISHED if known else Standing.HIDDEN
    if not facts.live or facts.restricted:
        return Standing.UNPUBLISHED if known else Standing.HIDDEN
    if facts.is_embargoed(at) and not reader.embargoed:
        return Standing.UNPUBLISHED if facts.released else Standing.HIDDEN
    if not facts.licence_code:
        return Standing.RIGHTS
    if facts.licence_expires_on and facts.licence_expires_on < on:
        return Standing.EXPIRED
    if not reader.is_partner and not (is_open(facts.licence_code) and facts.for_web):
        return Standing.RIGHTS
    return Standing.WITHHELD if facts.is_embargoed(at) else Standing.USABLE
