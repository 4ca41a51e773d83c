"""The form of a tribune, as ``tribunes.exports.json`` writes it."""

from datetime import date, datetime
from typing import Literal

from tribunes.api.schemas.base import Answer


class Person(Answer):
    """Somebody who wrote or signed, as they were on the day."""

    id: str
    name: str
    role: Literal["author", "signatory"]
    title: str
    institution: str
    bio_at_publication: str
    interests: str
    territory: str
    partner: str | None


class Territory(Answer):
    """A département with its INSEE code."""

    name: str
    code: str


class PictureLicence(Answer):
    """The terms of a picture."""

    code: str
    name: str
    url: str


class Picture(Answer):
    """A picture that may travel."""

    href: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    rights_holder: str
    licence: PictureLicence
    expires: date | None
    original: str | None


class Sound(Answer):
    """A sound that the text names; ``length`` in bytes."""

    title: str
    href: str
    type: str
    length: int


class Terms(Answer):
    """Under which terms the text may be republished."""

    code: str
    url: str
    scope: list[Literal["web", "print", "social", "extract"]]
    editing: Literal["none", "time-and-place", "with-approval"]
    commercial: bool
    territories: str
    expires: date | None
    credit_line: str
    required_link: str
    copy_policy: Literal["canonical", "noindex", "none"]
    tdm: Literal["reserved", "allowed"]
    usage_terms: str


class Correction(Answer):
    """What was wrong and is right now."""

    version: int
    date: date
    severity: Literal["minor", "significant", "high"]
    text: str


class Retraction(Answer):
    """Why the text was withdrawn."""

    date: datetime
    reason: str


class Reply(Answer):
    """A droit de réponse, or the text that it answers."""

    id: str
    href: str
    url: str


class ItemLinks(Answer):
    """The formats of the item, and where partners answer."""

    html: str
    text: str
    docx: str
    zip: str
    ninjs: str
    newsml: str
    publications: str
    ack: str


class Tribune(Answer):
    """One tribune as the caller may have it now."""

    id: str
    version: int
    type: Literal["tribune", "right-of-reply"]
    language: str
    url: str
    canonical_url: str
    checksum: str
    first_created: datetime
    first_published: datetime
    version_created: datetime
    embargoed_until: datetime | None
    pub_status: Literal["usable", "withheld", "canceled"]
    representation_type: Literal["full"]
    headline: str
    standfirst: str
    body_html: str
    body_text: str
    char_count: int
    word_count: int
    editorial_note: str
    people: list[Person]
    territories: list[Territory]
    focus: str
    subjects: list[str]
    images: list[Picture]
    withheld_images: int
    sounds: list[Sound]
    terms: Terms | None
    corrections: list[Correction]
    retraction: Retraction | None
    right_of_reply: list[Reply]
    right_of_reply_to: Reply | None
    links: ItemLinks


class VersionOut(Answer):
    """One version, without text."""

    version: int
    version_created: datetime
    severity: Literal["", "minor", "significant", "high"]
    correction: str


class Versions(Answer):
    """The versions of a tribune, newest first."""

    id: str
    items: list[VersionOut]
