"""The same feed by feedgen used as its documentation shows: what ours is compared with.

Its own podcast extension writes the ``itunes:`` elements, the shortest extension possible writes
the ``podcast:`` ones. Nothing is cleaned.
"""

from collections.abc import Iterable

from feedgen.feed import FeedGenerator

from feedgen.ext.base import BaseEntryExtension, BaseExtension  # isort: skip
from lxml import etree

from publishing.podcast import Channel, Item, Licence, Person

NAMESPACE = "https://podcastindex.org/namespace/1.0"
YES_NO = {True: "yes", False: "no"}


def render(channel: Channel, items: Iterable[Item]) -> bytes:
    """Write the feed."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.register_extension("podcast20", ShowExtension, EpisodeExtension, atom=False)
    feed.title(channel.title)
    feed.description(channel.description)
    feed.link(href=channel.address, rel="self", type="application/rss+xml")
    feed.link(href=channel.link, rel="alternate")
    feed.language(channel.language)
    feed.lastBuildDate(channel.changed)
    feed.generator("Solutions solidaires")
    feed.docs("https://www.rssboard.org/rss-specification")
    feed.image(url=channel.image, title=channel.title, link=channel.link)
    feed.copyright(channel.copyright)
    feed.podcast.itunes_image(channel.image)
    feed.podcast.itunes_author(channel.author)
    feed.podcast.itunes_category(
        [
            {"cat": parent, "sub": child} if child else {"cat": parent}
            for parent, child in channel.categories
        ]
    )
    feed.podcast.itunes_explicit(YES_NO[channel.explicit])
    feed.podcast.itunes_type(channel.type)
    feed.podcast20.channel = channel
    for item in items:
        entry = feed.add_entry(order="append")
        entry.title(item.title)
        entry.link(href=item.link)
        entry.guid(item.guid)
        entry.enclosure(item.enclosure.url, str(item.enclosure.length), item.enclosure.type)
        entry.description(item.description)
        entry.content(item.notes, type="CDATA")
        entry.pubDate(item.published)
        entry.podcast.itunes_title(item.title)
        entry.podcast.itunes_duration(item.duration)
        entry.podcast.itunes_episode_type(item.type)
        entry.podcast.itunes_explicit(YES_NO[item.explicit])
        entry.podcast.itunes_image(item.image)
        entry.podcast.itunes_episode(item.number)
        entry.podcast.itunes_season(item.season)
        entry.podcast20.item = item
    return bytes(feed.rss_str(pretty=True))


class ShowExtension(BaseExtension):
    """The elements of the channel."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        """Declare the namespace."""
        return {"podcast": NAMESPACE}

    def extend_rss(self, feed: etree._Element) -> None:
        """Write the elements."""
        parent, channel = feed[0], self.channel
        add(parent, "guid", channel.guid)
        add(parent, "locked", YES_NO[channel.locked])
        add(parent, "funding", channel.funding[1], url=channel.funding[0])
        add_licence(parent, channel.licence)
        add_persons(parent, channel.persons)
        add(parent, "medium", channel.medium)
        for purpose, value in channel.verifications:
            add(parent, "txt", value, purpose=purpose)


class EpisodeExtension(BaseEntryExtension):
    """The elements of an item."""

    item: Item

    def extend_rss(self, entry: etree._Element) -> None:
        """Write the elements."""
        item = self.item
        add(entry, "season", str(item.season), name=item.season_name)
        add(entry, "episode", str(item.number))
        add_persons(entry, item.persons)
        for transcript in item.transcripts:
            add(entry, "transcript", url=transcript.url, type=transcript.type, rel="captions")
        add(entry, "chapters", url=item.chapters, type="application/json+chapters")
        add_licence(entry, item.licence)
        bite = item.soundbite
        add(
            entry,
            "soundbite",
            bite.title,
            startTime=f"{bite.start:g}",
            duration=f"{bite.duration:g}",
        )


def add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> None:
    """Append an element."""
    etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes).text = text


def add_licence(parent: etree._Element, licence: Licence) -> None:
    """Append a licence."""
    add(parent, "license", licence.code, url=licence.url)


def add_persons(parent: etree._Element, persons: Iterable[Person]) -> None:
    """Append people."""
    for person in persons:
        add(
            parent,
            "person",
            person.name,
            role=person.role,
            group=person.group,
            img=person.image,
            href=person.link,
        )
