"""A forum as schema.org values, for search engines: dictionaries made from values. Pure.

Types: https://schema.org/Event, https://schema.org/BroadcastEvent. What is not known is left out.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from cms.structured_data import PUBLISHER, Data, author, graph, known, organisation
from focus.forum_phases import Phase

_ONLINE = "en ligne"


class Speaker(NamedTuple):
    """Somebody who speaks, with role and organisation at the time."""

    name: str
    role: str = ""
    organisation: str = ""


class Part(NamedTuple):
    """A part of the debate; ``replay`` is the address where it can be seen, if it can."""

    title: str
    question: str
    speakers: tuple[Speaker, ...]
    replay: str = ""


def event(
    *,
    name: str,
    url: str,
    starts_at: datetime | None,
    ends_at: datetime | None,
    phase: Phase,
    parts: Iterable[Part],
    description: str = "",
    place: str = "",
    image: str = "",
    host: Speaker | None = None,
    stream: str = "",
    replay: str = "",
) -> Data:
    """Describe the event and its broadcast; a place other than « En ligne » is a real one."""
    in_a_place = bool(place.strip()) and not place.strip().casefold().startswith(_ONLINE)
    location = [{"@type": "VirtualLocation", "url": stream or url}]
    if in_a_place:
        location.insert(0, {"@type": "Place", "name": place, "address": place})
    attendance = "Mixed" if in_a_place else "Online"
    times = {"startDate": starts_at, "endDate": ends_at}
    main = {
        "@type": "Event",
        "@id": url,
        "name": name,
        "url": url,
        "description": description,
        "inLanguage": "fr",
        "image": image,
        **times,
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{attendance}EventAttendanceMode",
        "location": location,
        "isAccessibleForFree": True,
        "organizer": organisation(PUBLISHER),
        "performer": [author(*host)] if host else [],
        "subEvent": [_part(part, url) for part in parts],
        "recordedIn": _recording(replay, name) if phase is Phase.AFTER else {},
    }
    broadcast = {
        "@type": "BroadcastEvent",
        "name": name,
        "url": stream or url,
        **times,
        "isLiveBroadcast": True,
        "broadcastOfEvent": {"@id": url},
    }
    return graph(known(main), known(broadcast) if stream else {})


def _part(part: Part, url: str) -> Data:
    return known(
        {
            "@type": "Event",
            "name": part.title,
            "description": part.question,
            "superEvent": {"@id": url},
            "performer": [author(*speaker) for speaker in part.speakers],
            "recordedIn": _recording(part.replay, part.title),
        }
    )


def _recording(address: str, name: str) -> Data:
    return {"@type": "CreativeWork", "name": name, "url": address} if address else {}
