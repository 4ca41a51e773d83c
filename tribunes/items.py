"""A tribune as one reader may have it now: values, from which every format is written.

Nothing here asks the database: what may not travel was left out before. Times carry their offset,
addresses are absolute, texts are plain except where they are called ``html``.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from django.utils.text import slugify

from publishing.plain_text import text_of

_SLUG = 60
"""Characters."""


class PubStatus(StrEnum):
    """Whether an item may be used (ninjs 3.1, ``pubstatus``)."""

    USABLE = "usable"
    WITHHELD = "withheld"
    """Under embargo: to be prepared, not to be shown."""
    CANCELED = "canceled"
    """Withdrawn: copies must go."""


@dataclass(frozen=True, kw_only=True)
class Credit:
    """Somebody who wrote or signed, as they were on the day."""

    id: str
    """``urn:uuid:…`` of the person."""
    name: str
    role: str
    """``author`` or ``signatory``."""
    title: str = ""
    institution: str = ""
    biography: str = ""
    interests: str = ""
    """Links of interest, in a sentence."""
    territory: str = ""
    partner: str = ""
    """Identifier of the partner that the person signed for, or ""."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A département."""

    name: str
    code: str
    """INSEE."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture that may travel, in its largest published version."""

    id: int
    href: str
    type: str
    """Media type."""
    length: int
    """Bytes; 0 when not known yet."""
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    rights_holder: str
    licence_code: str
    licence_name: str
    licence_url: str
    expires: date | None = None
    """Last day on which it may be shown."""
    original: str = ""
    """Address of the original, for partners who print."""
    on_request: bool = False
    """Whether it travels only to those it was granted to."""
    fingerprint: str = ""
    """Identity of the file: another one at the same address is another item."""


@dataclass(frozen=True, kw_only=True)
class Sound:
    """A sound that the text names and that the partner may take."""

    title: str
    href: str
    type: str
    length: int
    """Bytes."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Under which terms a text may be republished."""

    code: str
    name: str
    url: str
    scope: tuple[str, ...]
    """Of ``web``, ``print``, ``social``, ``extract``."""
    editing: str
    """``none``, ``time-and-place`` or ``with-approval``."""
    commercial: bool
    territories: str
    """In words: «Monde entier», «France»…"""
    expires: date | None
    """Last day on which it may be republished."""
    credit_line: str
    required_link: str
    copy_policy: str
    """``canonical``, ``noindex`` or ``none``."""
    tdm: str
    """``reserved``, or ``allowed``: text and data mining (W3C TDMRep)."""
    usage: str
    """All of it in one paragraph of French."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What was wrong and is right now."""

    version: int
    date: date
    severity: str
    """``minor``, ``significant`` or ``high``."""
    text: str


@dataclass(frozen=True, kw_only=True)
class Retraction:
    """Why a text was withdrawn."""

    date: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A droit de réponse to the text, or the text that it answers."""

    id: str
    href: str
    """In the API."""
    url: str
    """The page that people read."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One tribune. A withdrawn one keeps its identity, its dates and the reason, nothing else."""

    id: str
    """``urn:uuid:…``, never used again; survives slug and move."""
    version: int
    kind: str
    """``tribune`` or ``right-of-reply``."""
    language: str
    url: str
    canonical_url: str
    status: PubStatus
    first_created: datetime
    first_published: datetime
    version_created: datetime
    embargoed_until: datetime | None = None
    headline: str
    standfirst: str = ""
    html: str = ""
    """The text: paragraphs, intertitres as ``h2``, pictures that may travel; nothing around it."""
    editorial_note: str = ""
    """For the desk, not for print."""
    people: tuple[Credit, ...] = ()
    territories: tuple[Place, ...] = ()
    focus: str = ""
    """Title of the focus, "" for a tribune that stands alone."""
    subjects: tuple[str, ...] = ()
    opening: Picture | None = None
    """The picture above the text."""
    pictures: tuple[Picture, ...] = ()
    """All pictures that may travel, the opening one first."""
    withheld_pictures: int = 0
    sounds: tuple[Sound, ...] = ()
    terms: Terms | None = None
    """None for a withdrawn item alone: nothing else travels without terms."""
    corrections: tuple[Correction, ...] = ()
    """Newest first."""
    retraction: Retraction | None = None
    replies: tuple[Reply, ...] = ()
    replies_to: Reply | None = None

    @property
    def uuid(self) -> str:
        """The identifier without its scheme, as in addresses."""
        return self.id.removeprefix("urn:uuid:")

    @property
    def slug(self) -> str:
        """What files of it are called: its title, its identifier when that has no letter."""
        return slugify(self.headline)[:_SLUG].strip("-") or self.uuid

    @cached_property
    def text(self) -> str:
        """The text without HTML: paragraphs parted by an empty line."""
        return text_of(self.html)

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of ``html`` in UTF-8, hexadecimal: partners see whether their copy drifted."""
        return hashlib.sha256(self.html.encode()).hexdigest()

    @property
    def authors(self) -> tuple[Credit, ...]:
        """Those who wrote it."""
        return tuple(person for person in self.people if person.role == "author")

    @property
    def signatories(self) -> tuple[Credit, ...]:
        """Those who put their name to it."""
        return tuple(person for person in self.people if person.role == "signatory")
