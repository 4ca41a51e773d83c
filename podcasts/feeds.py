"""A show and its episodes as a feed: what goes in, in which words. No XML here.

An episode enters the feed when its sound is in the bucket, and everything that an item names is
taken from the rows of published objects: a feed cannot name what is not there.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from wagtail.models import Page

from cms.models import Licence as LicenceTerms
from podcasts import notes, roles
from podcasts.models import EpisodePage, ShowPage
from podcasts.querysets import EPISODE_LABEL, public_episodes, published_objects
from publishing.conf import hub_url, public_url
from publishing.models import PublishedObject
from publishing.podcast import Channel, Enclosure, Item, Licence, Person, Soundbite, Transcript

_PAGE_LINK = re.compile(r'linktype="page"[^>]*?\bid="(\d+)"|\bid="(\d+)"[^>]*?linktype="page"')
_TRANSCRIPTS = {"transcript-vtt": "text/vtt", "transcript-srt": "application/x-subrip"}

Objects = Mapping[str, PublishedObject]


def channel(show: ShowPage, artwork_key: str, portraits: Mapping[str, str]) -> Channel:
    """Describe a show; ``portraits`` are object keys by person."""
    hosts = [host.person for host in show.hosts.select_related("person")]
    return Channel(
        address=show.feed_url,
        title=show.title,
        link=show.full_url,
        description=show.description or show.title,
        language=show.language,
        image=public_url(artwork_key),
        author=show.author,
        categories=tuple(
            (parent, child)
            for value in (show.category, show.second_category)
            if value
            for parent, _, child in (value.partition("/"),)
        ),
        guid=str(show.guid),
        changed=_changed(show),
        copyright=show.copyright,
        owner=(show.owner_name, show.owner_email) if show.publish_owner else None,
        explicit=show.explicit,
        type=show.show_type,
        locked=show.locked_feed,
        funding=(show.funding_url, show.funding_text) if show.funding_url else None,
        licence=_licence(show.licence),
        persons=tuple(
            Person(
                name=host.full_name,
                image=_address(portraits.get(str(host.uuid))),
                link=host.website,
            )
            for host in hosts
        ),
        verifications=tuple((v.purpose, v.value) for v in show.verifications.all()),
        update_frequency=(
            (show.get_update_frequency_display(), show.update_frequency)
            if show.update_frequency
            else None
        ),
        new_feed_url=show.new_feed_url,
        complete=show.complete,
        hub=hub_url(),
    )


def items(show: ShowPage) -> list[Item]:
    """Describe the episodes whose sound is published, newest first, in few queries."""
    episodes = list(public_episodes(show))
    objects = published_objects(EPISODE_LABEL, [episode.pk for episode in episodes])
    published = [episode for episode in episodes if "audio" in objects[episode.pk]]
    links = page_links(notes_source(episode) for episode in published)
    seasons = dict(show.seasons.values_list("number", "name"))
    base = show.full_url
    described = [
        _item(episode, objects[episode.pk], show, links, seasons, base) for episode in published
    ]
    return sorted(described, key=lambda item: (item.published, item.guid), reverse=True)


def _item(
    episode: EpisodePage,
    objects: Objects,
    show: ShowPage,
    links: Mapping[int, str],
    seasons: Mapping[int, str],
    base: str,
) -> Item:
    audio = objects["audio"]
    explicit = episode.explicit == "true" if episode.explicit else show.explicit
    return Item(
        guid=episode.guid,
        title=episode.title,
        link=f"{base}{episode.slug}/",
        published=episode.published_on,
        enclosure=Enclosure(url=public_url(audio.key), length=audio.size, type=audio.content_type),
        duration=round(audio.facts["duration"]),
        description=episode.summary,
        notes=notes.feed_html(notes_source(episode), links),
        image=_object_address(objects, "artwork"),
        number=episode.number,
        season=episode.season,
        season_name=seasons.get(episode.season, ""),
        type=episode.episode_type,
        explicit=explicit,
        persons=tuple(_persons(episode, objects)),
        transcripts=tuple(
            Transcript(url=public_url(objects[role].key), type=content_type)
            for role, content_type in _TRANSCRIPTS.items()
            if role in objects
        ),
        chapters=_object_address(objects, "chapters"),
        licence=_licence(episode.licence or show.licence),
        soundbite=_soundbite(episode),
    )


def _persons(episode: EpisodePage, objects: Objects) -> Iterable[Person]:
    for participant in episode.participants.all():
        person = participant.person
        taxonomy = roles.TAXONOMY[participant.role]
        yield Person(
            name=person.full_name,
            role=taxonomy.role,
            group=taxonomy.group,
            image=_object_address(objects, f"portrait-{person.uuid}"),
            link=person.website,
        )


def _soundbite(episode: EpisodePage) -> Soundbite | None:
    if episode.soundbite_start is None or episode.soundbite_duration is None:
        return None
    return Soundbite(
        start=episode.soundbite_start,
        duration=episode.soundbite_duration,
        title=episode.soundbite_title,
    )


def _licence(terms: LicenceTerms | None) -> Licence | None:
    return Licence(code=terms.code, url=terms.url) if terms else None


def _address(key: str | None) -> str:
    return public_url(key) if key else ""


def _object_address(objects: Objects, role: str) -> str:
    return _address(objects[role].key) if role in objects else ""


def _changed(show: ShowPage) -> datetime:
    """Return when the show or one of its episodes was last published: never the clock’s time."""
    latest = (
        public_episodes(show)
        .order_by("-last_published_at")
        .values_list("last_published_at", flat=True)[:1]
    )
    return max([*filter(None, latest), show.last_published_at])


def notes_source(episode: EpisodePage) -> str:
    """Return the notes as rich text is stored, one block after the other."""
    return "".join(block["value"] for block in episode.notes.raw_data if block["value"])


def page_links(sources: Iterable[str]) -> dict[int, str]:
    """Return the addresses of the public pages that rich texts link to, in one query."""
    pks = {int(a or b) for source in sources for a, b in _PAGE_LINK.findall(source)}
    if not pks:
        return {}
    return {page.pk: page.full_url for page in Page.objects.live().public().filter(pk__in=pks)}
