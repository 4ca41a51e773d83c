"""RSS 2.0 and Atom for texts, from the same values.

feedgen writes both; two extensions of ours add what it cannot say: who signs (Dublin Core), the
picture with its credit (Media RSS, https://www.rssboard.org/media-rss), the terms (RFC 4946,
creativeCommons RSS module), the hub, where else the text came out (RFC 6596), and what answers
it. What Atom alone can say is in ``publishing.rss.atom``.
"""

from collections.abc import Iterable, Sequence
from html import escape

from feedgen.feed import FeedGenerator  # before its extensions: feedgen imports in a circle

from feedgen.ext.base import BaseEntryExtension, BaseExtension  # isort: skip
from lxml import etree

from publishing.news import Feed, Item, Picture
from publishing.news_html import html_of
from publishing.rss import atom
from publishing.rss.xml import append, rfc2822

ATOM_CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_NAMESPACES = {
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
}
_ATOM = "{http://www.w3.org/2005/Atom}"
_CC = f"{{{_NAMESPACES['creativeCommons']}}}"
_DC = f"{{{_NAMESPACES['dc']}}}"
_DCTERMS = f"{{{_NAMESPACES['dcterms']}}}"
_MEDIA = f"{{{_NAMESPACES['media']}}}"


def render_news(feed: Feed, items: Iterable[Item]) -> bytes:
    """Write the texts as RSS 2.0, in the order given."""
    generator = _generator(feed, feed.rss_address, "application/rss+xml")
    generator.lastBuildDate(feed.changed)
    generator.docs("https://www.rssboard.org/rss-specification")
    for item in items:
        entry = _entry(generator, item)
        entry.guid(item.id, permalink=False)
        # A description is read as HTML. Without one feedgen would write the content in its place.
        entry.description(escape(item.summary or item.title, quote=False) or item.link)
        if html := html_of(item):
            entry.content(html, type="CDATA")
    return bytes(generator.rss_str(pretty=True))


def render_atom(feed: Feed, items: Iterable[Item]) -> bytes:
    """Write the texts as Atom (RFC 4287), in the order given; each withdrawn one twice.

    Emptied, for readers that pass over tombstones, and as a tombstone, for those that obey them.
    """
    items = list(items)
    generator = _generator(feed, feed.atom_address, "application/atom+xml")
    generator.text.items = items
    generator.id(feed.id)
    generator.updated(feed.changed.replace(microsecond=0))
    generator.author({"name": feed.author})
    for item in items:
        entry = _entry(generator, item)
        entry.id(item.id)
        entry.published(item.published.replace(microsecond=0))
        entry.updated(item.updated.replace(microsecond=0))
        entry.author([{"name": author.name} for author in item.authors])
        if item.summary:
            entry.summary(item.summary)
        if html := html_of(item):
            entry.content(html, type="html")
        if item.rights:
            entry.rights(item.rights)
    return bytes(generator.atom_str(pretty=True))


def _generator(feed: Feed, address: str, content_type: str) -> FeedGenerator:
    """Return what both formats say of the collection."""
    generator = FeedGenerator()
    generator.register_extension("text", _FeedExtension, _ItemExtension, atom=True, rss=True)
    # feedgen refuses a feed without title and description.
    title = feed.title or feed.link
    generator.title(title)
    generator.description(feed.subtitle or title)
    generator.link(href=address, rel="self", type=content_type)
    # The last link given becomes the channel's own.
    generator.link(href=feed.link, rel="alternate", type="text/html")
    generator.language(feed.language)
    generator.generator("Solutions solidaires")
    if feed.image:
        generator.logo(feed.image)
        generator.image(url=feed.image, title=title, link=feed.link)
    if feed.rights:
        generator.rights(feed.rights)
    generator.text.feed = feed
    return generator


def _entry(generator: FeedGenerator, item: Item) -> FeedGenerator:
    """Return what both formats say of a text."""
    entry = generator.add_entry(order="append")
    entry.title(item.title or item.link)
    entry.link(href=item.link, rel="alternate", type="text/html")
    for category in item.categories:
        entry.category(term=category)
    entry.text.item = item
    return entry


class _FeedExtension(BaseExtension):
    """What feedgen cannot say of the collection."""

    feed: Feed
    items: Sequence[Item] = ()
    """Given for Atom alone."""

    def extend_ns(self) -> dict[str, str]:
        """Declare our namespaces on the root."""
        return _NAMESPACES | atom.namespaces(self.feed, self.items)

    def extend_rss(self, root: etree._Element) -> None:
        """Append to the channel, before its items."""
        append(root[0], _DC + "publisher", self.feed.author)
        if self.feed.hub:
            append(root[0], _ATOM + "link", rel="hub", href=self.feed.hub)

    def extend_atom(self, root: etree._Element) -> None:
        """Append to the feed, before its entries; feedgen qualifies no element of Atom."""
        if self.feed.hub:
            append(root, "link", rel="hub", href=self.feed.hub)
        atom.extend_feed(root, self.feed, self.items)


class _ItemExtension(BaseEntryExtension):
    """What feedgen cannot say of a text."""

    item: Item

    def extend_rss(self, entry: etree._Element) -> None:
        """Append to the item."""
        item = self.item
        append(entry, "pubDate", rfc2822(item.published))
        append(entry, _DCTERMS + "modified", item.updated.isoformat(timespec="seconds"))
        for author in item.authors:
            append(entry, _DC + "creator", author.name)
        if item.rights:
            append(entry, _DC + "rights", item.rights)
        # The module knows no terms but those of Creative Commons.
        if item.licence and item.licence.code.startswith("cc"):
            append(entry, _CC + "license", item.licence.url)
        if item.licence and item.terms:
            append(entry, _ATOM + "link", rel="license", href=item.licence.url)
        _links(entry, _ATOM + "link", item)
        _picture(entry, item.picture)

    def extend_atom(self, entry: etree._Element) -> None:
        """Append to the entry."""
        if self.item.licence:
            append(entry, "link", rel="license", href=self.item.licence.url)
        _links(entry, "link", self.item)
        atom.extend_entry(entry, self.item)
        _picture(entry, self.item.picture)


def _links(entry: etree._Element, tag: str, item: Item) -> None:
    if item.canonical:
        append(entry, tag, rel="canonical", href=item.canonical)
    if item.elsewhere:
        append(entry, tag, rel="via", href=item.elsewhere)
    for reply in item.replies:
        append(entry, tag, rel="replies", href=reply.link, type="text/html", title=reply.title)
    if item.replies_to:
        link = item.replies_to
        append(entry, tag, rel="related", href=link.link, type="text/html", title=link.title)


def _picture(entry: etree._Element, picture: Picture | None) -> None:
    if picture is None:
        return
    content = append(
        entry,
        _MEDIA + "content",
        url=picture.url,
        type=picture.type,
        medium="image",
        fileSize=str(picture.length),
    )
    if picture.alt:
        append(content, _MEDIA + "description", picture.alt, type="plain")
    if picture.credit:
        append(content, _MEDIA + "credit", picture.credit)
    terms, address = (picture.licence.name, picture.licence.url) if picture.licence else ("", "")
    if rights := " · ".join(filter(None, (picture.rights_holder, terms))):
        append(content, _MEDIA + "copyright", rights, url=address)
