"""Shows and episodes as schema.org values, for search engines: dictionaries made from values.

Types: https://schema.org/PodcastSeries, https://schema.org/PodcastEpisode. What is not known is
left out. Durations are in seconds, sizes in bytes, addresses absolute.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from cms.structured_data import Data, known, organisation
from podcasts import chapters as timing
from podcasts.chapters import Chapter


class Contributor(NamedTuple):
    """Somebody heard: ``part`` is the role in the episode, in French."""

    name: str
    part: str
    function: str = ""
    organisation: str = ""
    website: str = ""
    portrait: str = ""


class Sound(NamedTuple):
    """What the player plays."""

    url: str
    content_type: str
    size: int
    seconds: float

    @property
    def format(self) -> str:
        """The format, as listeners name it."""
        return "MP3" if self.content_type == "audio/mpeg" else "M4A"


def podcast_series(
    *,
    name: str,
    url: str,
    language: str,
    description: str = "",
    image: str = "",
    feed: str = "",
    author: str = "",
    publisher: str = "",
    licence: str = "",
    hosts: Iterable[Contributor] = (),
) -> Data:
    """Describe a show."""
    return known(
        {
            "@type": "PodcastSeries",
            "@id": url,
            "name": name,
            "url": url,
            "description": description,
            "inLanguage": language,
            "image": image,
            "webFeed": feed,
            "author": organisation(author),
            "publisher": organisation(publisher),
            "license": licence,
            "contributor": [_part(host) for host in hosts],
        }
    )


def podcast_episode(
    *,
    name: str,
    url: str,
    series: Data,
    published: datetime,
    description: str = "",
    image: str = "",
    number: int | None = None,
    season: int | None = None,
    sound: Sound | None = None,
    chapters: Sequence[Chapter] = (),
    contributors: Iterable[Contributor] = (),
    territories: Iterable[str] = (),
    themes: Iterable[str] = (),
    licence: str = "",
) -> Data:
    """Describe an episode of a series."""
    return known(
        {
            "@type": "PodcastEpisode",
            "@id": url,
            "name": name,
            "url": url,
            "description": description,
            "inLanguage": series["inLanguage"],
            "datePublished": published,
            "image": image,
            "episodeNumber": number,
            "partOfSeason": season and {"@type": "PodcastSeason", "seasonNumber": season},
            "partOfSeries": series,
            "isAccessibleForFree": True,
            "associatedMedia": _media(sound),
            "duration": iso_duration(sound.seconds) if sound else "",
            "hasPart": _clips(chapters, url, sound),
            "contributor": [_part(contributor) for contributor in contributors],
            "spatialCoverage": [
                {"@type": "AdministrativeArea", "name": territory} for territory in territories
            ],
            "keywords": list(themes),
            "license": licence,
        }
    )


def iso_duration(seconds: float) -> str:
    """Return an ISO 8601 duration, such as « PT1H2M3S », to the nearest second."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (rest, "S")) if n]
    return f"PT{''.join(parts) or '0S'}"


def _part(contributor: Contributor) -> Data:
    """Give a person a part (https://schema.org/Role), for schema.org knows guests only."""
    person = known(
        {
            "@type": "Person",
            "name": contributor.name,
            "jobTitle": contributor.function,
            "affiliation": organisation(contributor.organisation),
            "url": contributor.website,
            "image": contributor.portrait,
        }
    )
    return {"@type": "Role", "roleName": contributor.part, "contributor": person}


def _media(sound: Sound | None) -> Data:
    if sound is None:
        return {}
    return known(
        {
            "@type": "AudioObject",
            "contentUrl": sound.url,
            "encodingFormat": sound.content_type,
            "contentSize": str(sound.size),
            "duration": iso_duration(sound.seconds),
        }
    )


def _clips(chapters: Sequence[Chapter], url: str, sound: Sound | None) -> list[Data]:
    """Describe chapters as clips that start where the page’s player is told to."""
    if sound is None:
        return []
    ends = timing.ends(chapters, sound.seconds)
    return [
        {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": round(chapter.start),
            "endOffset": round(end),
            "url": f"{url}#t={chapter.start:g}",
        }
        for chapter, end in zip(chapters, ends, strict=True)
    ]
