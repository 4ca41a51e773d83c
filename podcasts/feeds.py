"""A show as a feed: what goes in, in which words. No XML here."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from cms.models import Person as CmsPerson
from podcasts import feed_rows
from podcasts.feed_items import items_of
from podcasts.feed_rows import EpisodeRow
from podcasts.models import ShowPage
from publishing.conf import hub_url, public_url
from publishing.podcast import Channel, Item, Licence, Person


def describe(
    show: ShowPage, artwork_key: str, hosts: Iterable[CmsPerson], portraits: Mapping[str, str]
) -> tuple[Channel, list[Item]]:
    """Describe a show and those of its episodes whose sound is in the bucket, newest first.

    ``portraits`` are object keys by role, those of the hosts. Takes eight queries, however many
    episodes there are.
    """
    episodes = feed_rows.episodes_of(show)
    objects = feed_rows.objects_of([episode.pk for episode in episodes])
    heard = [episode for episode in episodes if "audio" in objects[episode.pk]]
    heard.sort(key=lambda episode: (episode.published_on, episode.guid), reverse=True)
    persons = tuple(_host(person, portraits) for person in hosts)
    channel = _channel(show, artwork_key, persons, _changed(show, heard))
    return channel, items_of(show, heard, objects)


def _changed(show: ShowPage, episodes: Iterable[EpisodeRow]) -> datetime:
    """Return when the show or one of its episodes was last published: never the clock’s time."""
    moments = (page.last_published_at for page in (show, *episodes))
    return max(moment for moment in moments if moment)


def _host(person: CmsPerson, portraits: Mapping[str, str]) -> Person:
    key = portraits.get(f"portrait-{person.uuid}")
    return Person(name=person.full_name, image=public_url(key) if key else "", link=person.website)


def _channel(
    show: ShowPage, artwork_key: str, persons: tuple[Person, ...], changed: datetime
) -> Channel:
    return Channel(
        address=show.feed_url,
        title=show.title,
        link=show.full_url,
        description=show.description or show.title,
        language=show.language,
        image=public_url(artwork_key) if artwork_key else "",
        author=show.author,
        categories=tuple(
            (parent, child)
            for value in (show.category, show.second_category)
            if value
            for parent, _, child in (value.partition("/"),)
        ),
        guid=str(show.guid),
        changed=changed,
        copyright=show.copyright,
        owner=(show.owner_name, show.owner_email) if show.publish_owner else None,
        explicit=show.explicit,
        type=show.show_type,
        locked=show.locked_feed,
        funding=(show.funding_url, show.funding_text) if show.funding_url else None,
        licence=Licence(code=show.licence.code, url=show.licence.url) if show.licence else None,
        persons=persons,
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
