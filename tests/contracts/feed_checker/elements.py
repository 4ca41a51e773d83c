"""The elements a feed of ours may hold: parents, how many, text, attributes.

An element that is not here is refused: whoever wants to publish one adds its row, with its rules.
A row named «parent/element» goes before the row of the element alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .problems import Level
from .values import (
    Rule,
    anything,
    boolean,
    date,
    decimal,
    email,
    file_url,
    guid,
    heavy,
    iso_date,
    language,
    notes,
    one_of,
    pattern,
    plain,
    podcast_guid,
    positive,
    recurrence,
    rights,
    seconds,
    signature,
    url,
)
from .vocabulary import (
    ENCLOSURE_TYPES,
    ENCLOSURES,
    IMAGES,
    MEDIUMS,
    TRANSCRIPT_TYPES,
    TRANSCRIPTS,
)


@dataclass(frozen=True)
class Count:
    """How often an element may stand in one parent, and how grave its absence is."""

    least: int
    most: float = 1
    level: Level = "error"


ONE = Count(1)
ADVISED = Count(1, level="warning")
MAYBE = Count(0)
SOME = Count(1, float("inf"))
ANY = Count(0, float("inf"))


@dataclass(frozen=True, kw_only=True)
class Element:
    """One row of the table; `text` None means that the element holds no text of its own."""

    within: Mapping[str, Count]
    text: Rule | None = None
    needs: Mapping[str, Rule] = field(default_factory=dict)
    may: Mapping[str, Rule] = field(default_factory=dict)


ELEMENTS = {
    # RSS 2.0
    "title": Element(within={"channel": ONE, "image": ONE, "item": ONE}, text=plain()),
    "link": Element(within={"channel": ONE, "image": ONE, "item": ADVISED}, text=url),
    "channel/description": Element(within={"channel": ONE}, text=heavy(plain(4000))),
    "item/description": Element(within={"item": ONE}, text=heavy(notes)),
    "language": Element(within={"channel": ONE}, text=language),
    "copyright": Element(within={"channel": MAYBE}, text=rights),
    "managingEditor": Element(within={"channel": MAYBE}, text=signature),
    "pubDate": Element(within={"channel": MAYBE, "item": ADVISED}, text=date),
    "lastBuildDate": Element(within={"channel": MAYBE}, text=date),
    "generator": Element(within={"channel": MAYBE}, text=plain()),
    "docs": Element(within={"channel": MAYBE}, text=url),
    "ttl": Element(within={"channel": MAYBE}, text=positive),
    "image": Element(within={"channel": MAYBE}),
    "url": Element(within={"image": ONE}, text=file_url(*IMAGES)),
    "item": Element(within={"channel": SOME}),
    "author": Element(within={"item": MAYBE}, text=signature),
    "guid": Element(within={"item": ONE}, text=guid, may={"isPermaLink": boolean}),
    "enclosure": Element(
        within={"item": ONE},
        needs={
            "url": file_url(*ENCLOSURES),
            "length": positive,
            "type": one_of(*ENCLOSURE_TYPES),
        },
    ),
    # Atom, RFC 5005 and WebSub links; RSS content; Dublin Core
    "atom:link": Element(
        within={"channel": SOME},
        needs={"href": url, "rel": one_of("self", "hub", "first", "previous", "next", "last")},
        may={"type": anything},
    ),
    "content:encoded": Element(within={"item": MAYBE}, text=notes),
    "dc:creator": Element(within={"item": MAYBE}, text=plain()),
    # Apple
    "itunes:author": Element(within={"channel": ADVISED, "item": MAYBE}, text=plain()),
    "itunes:block": Element(within={"channel": MAYBE, "item": MAYBE}, text=one_of("yes")),
    "itunes:category": Element(
        within={"channel": SOME, "itunes:category": MAYBE}, may={"text": anything}
    ),
    "itunes:complete": Element(within={"channel": MAYBE}, text=one_of("yes")),
    "itunes:duration": Element(within={"item": ADVISED}, text=positive),
    "itunes:email": Element(within={"itunes:owner": ONE}, text=email),
    "itunes:episode": Element(within={"item": MAYBE}, text=positive),
    "itunes:episodeType": Element(within={"item": MAYBE}, text=one_of("full", "trailer", "bonus")),
    "itunes:explicit": Element(within={"channel": ONE, "item": ADVISED}, text=boolean),
    "itunes:image": Element(
        within={"channel": ONE, "item": MAYBE}, needs={"href": file_url(*IMAGES)}
    ),
    "itunes:name": Element(within={"itunes:owner": ONE}, text=plain()),
    "itunes:new-feed-url": Element(within={"channel": MAYBE}, text=url),
    "itunes:owner": Element(within={"channel": MAYBE}),
    "itunes:season": Element(within={"item": MAYBE}, text=positive),
    "itunes:summary": Element(within={"channel": MAYBE, "item": MAYBE}, text=heavy(plain(4000))),
    "itunes:title": Element(within={"channel": MAYBE, "item": MAYBE}, text=plain()),
    "itunes:type": Element(within={"channel": MAYBE}, text=one_of("episodic", "serial")),
    # podcast namespace
    "podcast:chapters": Element(
        within={"item": MAYBE},
        needs={"url": file_url("json"), "type": one_of("application/json+chapters")},
    ),
    "podcast:episode": Element(within={"item": MAYBE}, text=decimal, may={"display": plain(32)}),
    "podcast:funding": Element(
        within={"channel": ANY, "item": ANY}, text=plain(128), needs={"url": url}
    ),
    "podcast:guid": Element(within={"channel": ADVISED}, text=podcast_guid),
    "podcast:license": Element(
        within={"channel": MAYBE, "item": MAYBE}, text=plain(128), may={"url": url}
    ),
    "podcast:location": Element(
        within={"channel": ANY, "item": ANY},
        text=plain(128),
        may={
            "rel": one_of("subject", "creator"),
            "geo": pattern(r"geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?", "a geo URI (RFC 5870)"),
            "osm": pattern(r"[NWR]\d+", "an OpenStreetMap identifier"),
            "country": pattern(r"[A-Z]{2}", "an ISO 3166 code"),
        },
    ),
    "podcast:locked": Element(
        within={"channel": ADVISED}, text=one_of("yes", "no"), may={"owner": email}
    ),
    "podcast:medium": Element(within={"channel": MAYBE}, text=one_of(*MEDIUMS)),
    "podcast:person": Element(
        within={"channel": ANY, "item": ANY},
        text=plain(128),
        may={"role": anything, "group": anything, "img": file_url(*IMAGES), "href": url},
    ),
    "podcast:podping": Element(within={"channel": MAYBE}, needs={"usesPodping": boolean}),
    "podcast:season": Element(within={"item": MAYBE}, text=positive, may={"name": plain(128)}),
    "podcast:soundbite": Element(
        within={"item": ANY},
        text=plain(128, blank=True),
        needs={"startTime": decimal, "duration": seconds},
    ),
    "podcast:trailer": Element(
        within={"channel": ANY},
        text=plain(128),
        needs={"url": file_url(*ENCLOSURES), "pubdate": date},
        may={
            "length": positive,
            "type": one_of(*ENCLOSURE_TYPES),
            "season": positive,
        },
    ),
    "podcast:transcript": Element(
        within={"item": ANY},
        needs={
            "url": file_url(*TRANSCRIPTS),
            "type": one_of(*TRANSCRIPT_TYPES),
        },
        may={"language": language, "rel": one_of("captions")},
    ),
    "podcast:txt": Element(
        within={"channel": ANY, "item": ANY},
        text=plain(4000),
        may={"purpose": plain(128)},
    ),
    "podcast:updateFrequency": Element(
        within={"channel": MAYBE},
        text=plain(128),
        may={"complete": boolean, "dtstart": iso_date, "rrule": recurrence},
    ),
}


def row(parent: str, name: str) -> Element | None:
    """Return the row for an element inside `parent`, None when the element is unknown."""
    return ELEMENTS.get(f"{parent}/{name}") or ELEMENTS.get(name)


def expected(parent: str) -> dict[str, Count]:
    """Return every element that may stand in `parent` and how often."""
    return {
        key.rpartition("/")[2]: element.within[parent]
        for key, element in ELEMENTS.items()
        if parent in element.within
    }
