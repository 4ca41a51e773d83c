"""A podcast feed as values: what a show says of itself and of its episodes.

Sources: RSS 2.0; Apple (https://podcasters.apple.com/support/823-podcast-requirements); PSP-1
(https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification); the podcast
namespace (https://podcastindex.org/namespace/1.0). Durations are in seconds, lengths in bytes.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

_PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def podcast_guid(feed_address: str) -> uuid.UUID:
    """Return the podcast:guid of a feed: UUIDv5 of its address without scheme and final slashes.

    It is computed once, from the first address, and kept for ever (podcast namespace, tag guid).
    """
    return uuid.uuid5(_PODCAST_NAMESPACE, feed_address.partition("://")[2].rstrip("/"))


@dataclass(frozen=True, kw_only=True)
class Person:
    """podcast:person; role and group are English words of the namespace's taxonomy."""

    name: str
    role: str = "host"
    group: str = "cast"
    image: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Licence:
    """podcast:license: a lower-case slug, or an own name with its address."""

    code: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """The audio file: address, size in bytes, MIME type."""

    url: str
    length: int
    type: str


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """podcast:transcript with times."""

    url: str
    type: str


@dataclass(frozen=True, kw_only=True)
class Soundbite:
    """podcast:soundbite: start and duration in seconds."""

    start: float
    duration: float
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One episode."""

    guid: str
    title: str
    link: str
    published: datetime
    enclosure: Enclosure
    duration: int
    description: str = ""
    """Plain text."""
    notes: str = ""
    """HTML of the few tags that podcast apps keep."""
    image: str = ""
    number: int | None = None
    season: int | None = None
    season_name: str = ""
    type: str = "full"
    explicit: bool = False
    persons: tuple[Person, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    chapters: str = ""
    licence: Licence | None = None
    soundbite: Soundbite | None = None


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One show."""

    address: str
    """Where the feed is published."""
    title: str
    link: str
    description: str
    language: str
    image: str
    """Empty while no cover may be shown."""
    author: str
    categories: tuple[tuple[str, str], ...]
    """Pairs (parent, child or empty) with Apple's exact words, by priority."""
    guid: str
    changed: datetime
    copyright: str = ""
    owner: tuple[str, str] | None = None
    """Name and e-mail; None to publish no address."""
    explicit: bool = False
    type: str = "episodic"
    locked: bool = True
    funding: tuple[str, str] | None = None
    """Address and text."""
    licence: Licence | None = None
    persons: tuple[Person, ...] = ()
    medium: str = "podcast"
    verifications: tuple[tuple[str, str], ...] = ()
    """Pairs (purpose, value) of podcast:txt, by which directories verify ownership."""
    update_frequency: tuple[str, str] | None = None
    """Words and RFC 5545 rule."""
    new_feed_url: str = ""
    complete: bool = False
    hub: str = ""
