"""RSS 2.0 for podcasts: the one door to feedgen.

feedgen writes RSS itself; two extensions of ours write the ``itunes:`` and ``podcast:`` elements
as Apple and the podcast namespace want them today, and what feedgen cannot say. The same values
give the same bytes, and no text can break the feed: what XML forbids is left out at this border.
"""

from collections.abc import Iterable
from datetime import datetime

from feedgen.feed import FeedGenerator  # before its extensions: feedgen imports in a circle

from feedgen.ext.base import BaseEntryExtension, BaseExtension  # isort: skip
from lxml import etree

from publishing.podcast import Channel, Item, Licence, Person
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


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


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


def rfc2822(moment: datetime) -> str:
    """Write a date as RSS wants it (RFC 2822: English names, numeric zone), whatever the locale.

    Raises ValueError for a date without time zone.
    """
    if moment.utcoffset() is None:
        raise ValueError(f"date without time zone: {moment!r}")
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S %z}"


def _element(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Append an element; attributes without value are left out."""
    element = etree.SubElement(parent, tag)
    try:
        element.text = text or None
        for name, value in attributes.items():
            if value:
                element.set(name, value)
    except ValueError:  # lxml refuses what XML forbids; cleaning first would cost every text
        element.text = xml_safe(text) or None
        element.attrib.update({name: xml_safe(v) for name, v in attributes.items() if v})
    return element


def _number(seconds: float) -> str:
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _persons(parent: etree._Element, persons: Iterable[Person]) -> None:
    for person in persons:
        _element(
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
        _element(parent, _PODCAST + "license", licence.code, url=licence.url)


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
            _element(parent, _ATOM + "link", rel="hub", href=channel.hub)
        _itunes_channel(parent, channel)
        _podcast_channel(parent, channel)


def _itunes_channel(parent: etree._Element, channel: Channel) -> None:
    if channel.image:
        _element(parent, _ITUNES + "image", href=channel.image)
    _element(parent, _ITUNES + "author", channel.author)
    if channel.owner:
        owner = _element(parent, _ITUNES + "owner")
        _element(owner, _ITUNES + "name", channel.owner[0])
        _element(owner, _ITUNES + "email", channel.owner[1])
    for category, child in channel.categories:
        element = _element(parent, _ITUNES + "category")
        element.set("text", category)
        if child:
            _element(element, _ITUNES + "category").set("text", child)
    _element(parent, _ITUNES + "explicit", _TRUE_FALSE[channel.explicit])
    _element(parent, _ITUNES + "type", channel.type)
    if channel.new_feed_url:
        _element(parent, _ITUNES + "new-feed-url", channel.new_feed_url)
    if channel.complete:
        _element(parent, _ITUNES + "complete", "yes")


def _podcast_channel(parent: etree._Element, channel: Channel) -> None:
    _element(parent, _PODCAST + "guid", channel.guid)
    owner = channel.owner[1] if channel.owner else ""
    _element(parent, _PODCAST + "locked", _YES_NO[channel.locked], owner=owner)
    if channel.funding:
        _element(parent, _PODCAST + "funding", channel.funding[1][:128], url=channel.funding[0])
    _licence(parent, channel.licence)
    _persons(parent, channel.persons)
    _element(parent, _PODCAST + "medium", channel.medium)
    for purpose, value in channel.verifications:
        _element(parent, _PODCAST + "txt", value, purpose=purpose)
    if channel.update_frequency:
        words, rule = channel.update_frequency
        _element(parent, _PODCAST + "updateFrequency", words[:128], rrule=rule)


class _EpisodeExtension(BaseEntryExtension):
    """Item elements that feedgen does not write."""

    item: Item

    def extend_rss(self, entry: etree._Element) -> None:
        """Append to the item."""
        item = self.item
        _element(entry, "pubDate", rfc2822(item.published))
        _itunes_item(entry, item)
        _podcast_item(entry, item)


def _itunes_item(entry: etree._Element, item: Item) -> None:
    _element(entry, _ITUNES + "title", item.title)
    _element(entry, _ITUNES + "duration", str(item.duration))
    _element(entry, _ITUNES + "episodeType", item.type)
    _element(entry, _ITUNES + "explicit", _TRUE_FALSE[item.explicit])
    if item.image:
        _element(entry, _ITUNES + "image", href=item.image)
    if item.number:
        _element(entry, _ITUNES + "episode", str(item.number))
    if item.season:
        _element(entry, _ITUNES + "season", str(item.season))


def _podcast_item(entry: etree._Element, item: Item) -> None:
    if item.season:
        _element(entry, _PODCAST + "season", str(item.season), name=item.season_name[:128])
    if item.number:
        _element(entry, _PODCAST + "episode", str(item.number))
    _persons(entry, item.persons)
    for transcript in item.transcripts:
        _element(
            entry,
            _PODCAST + "transcript",
            url=transcript.url,
            type=transcript.type,
            rel="captions",
        )
    if item.chapters:
        _element(entry, _PODCAST + "chapters", url=item.chapters, type="application/json+chapters")
    _licence(entry, item.licence)
    if item.soundbite:
        bite = item.soundbite
        _element(
            entry,
            _PODCAST + "soundbite",
            bite.title[:128],
            startTime=_number(bite.start),
            duration=_number(bite.duration),
        )
