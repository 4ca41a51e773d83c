"""A feed of texts as values: what a collection says of itself and of its texts.

Sources: RSS 2.0 and its Best Practices Profile (https://www.rssboard.org/rss-profile); Atom,
RFC 4287; JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Lengths are in bytes, addresses
absolute; every text is plain but for ``Item.content``. Texts lose what XML forbids, in every
format alike; a moment without time zone raises ValueError.

No value says that a text is under embargo: a feed never carries such a text, in any format, to
anybody. Whoever describes a collection leaves it out.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
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
    rights_holder: str = ""
    expires: date | None = None
    """Last day on which it may be shown."""


@dataclass(frozen=True, kw_only=True)
class Terms(_Value):
    """What whoever republishes a text may and must do, beyond the name of its licence."""

    scope: tuple[str, ...]
    """Of ``web``, ``print``, ``social``, ``extract``."""
    editing: str
    """``none``, ``time-and-place`` or ``with-approval``."""
    commercial: bool
    territories: str
    """In words."""
    expires: date | None = None
    """Last day on which the text may be republished."""
    credit_line: str = ""
    required_link: str = ""
    copy_policy: str = "none"
    """``canonical``, ``noindex`` or ``none``."""
    tdm: str = ""
    """``reserved`` or ``allowed``: text and data mining (W3C TDMRep)."""
    usage: str
    """All of it in words."""


@dataclass(frozen=True, kw_only=True)
class Correction(_Value):
    """What was wrong and is right now."""

    words: str
    """As readers see it, with its date."""
    severity: str = ""
    """``minor``, ``significant`` or ``high``; "" where nobody weighs them."""
    version: int = 0
    """The first version that is right."""
    day: date | None = None


@dataclass(frozen=True, kw_only=True)
class Reply(_Value):
    """The other end of a droit de réponse: the answer to a text, or the text that it answers."""

    id: str
    link: str
    title: str = ""


WITHDRAWN_MARK = "[RETIRÉ]"
WITHDRAWN_NOTICE = (
    "Ce texte a été retiré\u00a0: merci d’en dépublier toutes les copies, images comprises."
)
_KEPT = {"id", "title", "link", "published", "version", "withdrawn", "withdrawal_reason"}


@dataclass(frozen=True, kw_only=True)
class Item(_Value):
    """One text.

    A withdrawn one empties itself, whatever it was given: it keeps its identity, address and
    dates; its title says that it is withdrawn, its summary asks to take copies down and why.
    """

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
    corrections: tuple[Correction, ...] = ()
    """Newest first."""
    categories: tuple[str, ...] = ()
    licence: Licence | None = None
    picture: Picture | None = None
    elsewhere: str = ""
    """Where the text came out too."""
    canonical: str = ""
    """The address that search engines should keep, when it is not ``link``."""
    version: int = 0
    """Counted from 1; 0 where versions are not counted."""
    terms: Terms | None = None
    withheld_pictures: int = 0
    """Pictures of the text that may not travel with it."""
    replies: tuple[Reply, ...] = ()
    """Droits de réponse to it."""
    replies_to: Reply | None = None
    """The text to which it is a droit de réponse."""
    withdrawn: datetime | None = None
    withdrawal_reason: str = ""
    """Public, in words."""

    def __post_init__(self) -> None:
        """Keep nothing of a withdrawn text that a copy could be made of."""
        super().__post_init__()
        if self.withdrawn:
            title = self.title.removeprefix(WITHDRAWN_MARK).strip()
            reason = self.withdrawal_reason and f" Motif\u00a0: {self.withdrawal_reason}"
            emptied = {
                field.name: field.default for field in fields(self) if field.name not in _KEPT
            }
            said = {
                "title": f"{WITHDRAWN_MARK} {title or self.link}",
                "summary": WITHDRAWN_NOTICE + reason,
                "updated": self.withdrawn,
            }
            for name, value in (emptied | said).items():
                object.__setattr__(self, name, value)

    @property
    def rights(self) -> str:
        """Its terms in words, or the name of its licence; "" without either."""
        if self.terms:
            return self.terms.usage
        return self.licence.name if self.licence else ""


@dataclass(frozen=True, kw_only=True)
class Feed(_Value):
    """One collection of texts, in its three formats.

    The last four are of Atom alone (RFC 5005): ``publishing.news_archives`` gives them.
    """

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
    complete: bool = False
    """The document holds all texts of the collection: what it does not hold is gone."""
    current: str = ""
    """Address of the current document, in an archive."""
    prev_archive: str = ""
    next_archive: str = ""
