"""RSS 2.0 for podcasts.

feedgen writes RSS itself; two extensions of ours write the ``itunes:`` and ``podcast:`` elements
as Apple and the podcast namespace want them today, and what feedgen cannot say.
"""

from collections.abc import Iterable

from feedgen.feed import FeedGenerator  # before its extensions: feedgen imports in a circle

from feedgen.ext.base import BaseEntryExtension, BaseExtension  # isort: skip
from lxml import etree

from publishing.podcast import Channel, Item, Licence, Person
from publishing.rss.xml import append, rfc2822
from publishing.text import xml_safe

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
_ATOM = "{http://www.w3.org/2005/Atom}"
_ITUNES = f"{{{NAMESPACES['itunes']}}}"
_PODCAST = f"{{{NAMESPACES['podcast']}}}"
_YES_NO = {True: "yes", False: "no"}
_TRUE_FALSE = {True: "true", False: "false"}


def render(channel: Channel, items: Iterable[Item]) -> bytes:
    """Write the feed; items come out in the order given (newest first, as apps expect).

    Raises ValueError for a date without time zone.
    """
    feed = FeedGenerator()
    feed.register_extension("show", _ShowExtension, _EpisodeExtension, atom=False, rss=True)
    # feedgen refuses a feed without them.
    feed.title(xml_safe(channel.title) or channel.link)
    feed.description(xml_safe(channel.description) or channel.link)
    feed.link(href=channel.address, rel="self", type="application/rss+xml")
    # The last link given becomes the channel's own.
    feed.link(href=channel.link, rel="alternate")
    feed.language(channel.language)
    feed.lastBuildDate(channel.changed)
    feed.generator("Solutions solidaires")
    feed.docs("https://www.rssboard.org/rss-specification")
    if channel.image:
        feed.image(url=channel.image, title=xml_safe(channel.title), link=channel.link)
    if channel.copyright:
        feed.copyright(xml_safe(channel.copyright))
    feed.show.channel = channel
    for item in items:
        _add(feed, item)
    return bytes(feed.rss_str(pretty=True))


def _add(feed: FeedGenerator, item: Item) -> None:
    entry = feed.add_entry(order="append")
    entry.title(xml_safe(item.title))
    entry.link(href=item.link)
    entry.guid(xml_safe(item.guid), permalink=False)
    entry.enclosure(item.enclosure.url, str(item.enclosure.length), item.enclosure.type)
    # Without a description feedgen would write the notes in its place.
    entry.description(xml_safe(item.description or item.title) or item.link)
    if item.notes:
        entry.content(xml_safe(item.notes), type="CDATA")
    entry.show.item = item


def _number(seconds: float) -> str:
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _persons(parent: etree._Element, persons: Iterable[Person]) -> None:
    for person in persons:
        append(
            parent,
            _PODCAST + "person",
            person.name[:128],
            role=person.role,
            group=person.group,
            img=person.image,
            href=person.link,
        )


def _licence(parent: etree._Element, licence: Licence | None) -> None:
    if licence:
        append(parent, _PODCAST + "license", licence.code, url=licence.url)


class _ShowExtension(BaseExtension):
    """Channel elements that feedgen does not write."""

    channel: Channel

    def extend_ns(self) -> dict[str, str]:
        """Declare our namespaces on the root."""
        return NAMESPACES

    def extend_rss(self, feed: etree._Element) -> None:
        """Append to the channel, before its items."""
        parent, channel = feed[0], self.channel
        if channel.hub:
            append(parent, _ATOM + "link", rel="hub", href=channel.hub)
        _itunes_channel(parent, channel)
        _podcast_channel(parent, channel)


def _itunes_channel(parent: etree._Element, channel: Channel) -> None:
    if channel.image:
        append(parent, _ITUNES + "image", href=channel.image)
    append(parent, _ITUNES + "author", channel.author)
    if channel.owner:
        owner = append(parent, _ITUNES + "owner")
        append(owner, _ITUNES + "name", channel.owner[0])
        append(owner, _ITUNES + "email", channel.owner[1])
    for category, child in channel.categories:
        element = append(parent, _ITUNES + "category")
        element.set("text", category)
        if child:
            append(element, _ITUNES + "category").set("text", child)
    append(parent, _ITUNES + "explicit", _TRUE_FALSE[channel.explicit])
    append(parent, _ITUNES + "type", channel.type)
    if channel.new_feed_url:
        append(parent, _ITUNES + "new-feed-url", channel.new_feed_url)
    if channel.complete:
        append(parent, _ITUNES + "complete", "yes")


def _podcast_channel(parent: etree._Element, channel: Channel) -> None:
    append(parent, _PODCAST + "guid", channel.guid)
    owner = channel.owner[1] if channel.owner else ""
    append(parent, _PODCAST + "locked", _YES_NO[channel.locked], owner=owner)
    if channel.funding:
        append(parent, _PODCAST + "funding", channel.funding[1][:128], url=channel.funding[0])
    _licence(parent, channel.licence)
    _persons(parent, channel.persons)
    append(parent, _PODCAST + "medium", channel.medium)
    for purpose, value in channel.verifications:
        append(parent, _PODCAST + "txt", value, purpose=purpose)
    if channel.update_frequency:
        words, rule = channel.update_frequency
        append(parent, _PODCAST + "updateFrequency", words[:128], rrule=rule)


class _EpisodeExtension(BaseEntryExtension):
    """Item elements that feedgen does not write."""

    item: Item

    def extend_rss(self, entry: etree._Element) -> None:
        """Append to the item."""
        item = self.item
        append(entry, "pubDate", rfc2822(item.published))
        _itunes_item(entry, item)
        _podcast_item(entry, item)


def _itunes_item(entry: etree._Element, item: Item) -> None:
    append(entry, _ITUNES + "title", item.title)
    append(entry, _ITUNES + "duration", str(item.duration))
    append(entry, _ITUNES + "episodeType", item.type)
    append(entry, _ITUNES + "explicit", _TRUE_FALSE[item.explicit])
    if item.image:
        append(entry, _ITUNES + "image", href=item.image)
    if item.number:
        append(entry, _ITUNES + "episode", str(item.number))
    if item.season:
        append(entry, _ITUNES + "season", str(item.season))


def _podcast_item(entry: etree._Element, item: Item) -> None:
    if item.season:
        append(entry, _PODCAST + "season", str(item.season), name=item.season_name[:128])
    if item.number:
        append(entry, _PODCAST + "episode", str(item.number))
    _persons(entry, item.persons)
    for transcript in item.transcripts:
        append(
            entry,
            _PODCAST + "transcript",
            url=transcript.url,
            type=transcript.type,
            rel="captions",
        )
    if item.chapters:
        append(entry, _PODCAST + "chapters", url=item.chapters, type="application/json+chapters")
    _licence(entry, item.licence)
    if item.soundbite:
        bite = item.soundbite
        append(
            entry,
            _PODCAST + "soundbite",
            bite.title[:128],
            startTime=_number(bite.start),
            duration=_number(bite.duration),
        )
