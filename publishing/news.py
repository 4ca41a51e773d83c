"""A feed of texts as values: what a collection says of itself and of its texts.

Sources: RSS 2.0 and its Best Practices Profile (https://www.rssboard.org/rss-profile); Atom,
RFC 4287; JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Lengths are in bytes, addresses
absolute; every text is plain but for ``Item.content``. Texts lose what XML forbids, in every
format alike; a date without time zone raises ValueError.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from publishing.text import xml_safe


class _Value:
    """What may be written in a feed."""

    def __post_init__(self) -> None:
        """Clean texts, refuse dates that mean another moment elsewhere."""
        for field in fields(self):  # type: ignore[arg-type]
            object.__setattr__(self, field.name, _writable(getattr(self, field.name)))


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return xml_safe(value)
    if isinstance(value, tuple):
        return tuple(_writable(part) for part in value)
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise ValueError(f"date without time zone: {value!r}")
    return value


@dataclass(frozen=True, kw_only=True)
class Author(_Value):
    """Somebody who signs, as at the date of the text."""

    name: str
    role: str = ""
    organisation: str = ""

    @property
    def signature(self) -> str:
        """Name, role and organisation, as far as they are known."""
        return ", ".join(filter(None, (self.name, self.role, self.organisation)))


@dataclass(frozen=True, kw_only=True)
class Licence(_Value):
    """The terms of a text or of a picture: code, address of the terms, name that readers see."""

    code: str
    url: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Picture(_Value):
    """The picture of a text: it travels with its credit and its terms, or not at all."""

    url: str
    length: int
    type: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    licence: Licence | None = None


@dataclass(frozen=True, kw_only=True)
class Item(_Value):
    """One text."""

    id: str
    """A URI that never changes, whatever becomes of the address (RFC 4151, RFC 9562)."""
    title: str
    link: str
    published: datetime
    updated: datetime
    authors: tuple[Author, ...] = ()
    summary: str = ""
    content: str = ""
    """The whole text as clean HTML; empty unless the licence lets it travel."""
    corrections: tuple[str, ...] = ()
    """What was corrected since, with its date, in words."""
    categories: tuple[str, ...] = ()
    licence: Licence | None = None
    picture: Picture | None = None
    elsewhere: str = ""
    """Where the text came out too."""
    canonical: str = ""
    """The address that search engines should keep, when it is not ``link``."""


@dataclass(frozen=True, kw_only=True)
class Feed(_Value):
    """One collection of texts, in its three formats."""

    rss_address: str
    atom_address: str
    json_address: str
    id: str
    title: str
    subtitle: str
    link: str
    language: str
    author: str
    changed: datetime
    """When the newest of its changes was published: never the clock’s time."""
    rights: str = ""
    image: str = ""
    hub: str = ""
