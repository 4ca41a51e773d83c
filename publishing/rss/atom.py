"""What Atom alone can say of texts.

Tombstones (RFC 6721), archives (RFC 5005) and answers (RFC 4685). Elements of Atom itself are
written without namespace: feedgen qualifies them on the root.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from lxml import etree

from publishing.news import Feed, Item
from publishing.rss.xml import append

_AT = "http://purl.org/atompub/tombstones/1.0"
_FH = "http://purl.org/syndication/history/1.0"
_THR = "http://purl.org/syndication/thread/1.0"


def namespaces(feed: Feed, items: Iterable[Item]) -> dict[str, str]:
    """Return prefixes and addresses of what is written below, and no other."""
    said = {
        "at": (_AT, any(item.withdrawn for item in items)),
        "fh": (_FH, feed.complete or feed.current),
        "thr": (_THR, any(item.replies_to for item in items)),
    }
    return {prefix: address for prefix, (address, needed) in said.items() if needed}


def extend_feed(root: etree._Element, feed: Feed, items: Sequence[Item]) -> None:
    """Append the place of the document among its archives, and the tombstones."""
    if feed.complete:
        append(root, f"{{{_FH}}}complete")
    if feed.current:
        append(root, f"{{{_FH}}}archive")
    for relation in ("current", "prev-archive", "next-archive"):
        if address := getattr(feed, relation.replace("-", "_")):
            append(root, "link", rel=relation, href=address, type="application/atom+xml")
    for item in items:
        if item.withdrawn:
            _tombstone(root, item, item.withdrawn)


def extend_entry(entry: etree._Element, item: Item) -> None:
    """Append to which text the entry is an answer."""
    if item.replies_to:
        text = item.replies_to
        append(entry, f"{{{_THR}}}in-reply-to", ref=text.id, href=text.link, type="text/html")


def _tombstone(root: etree._Element, item: Item, when: datetime) -> None:
    stone = append(
        root, f"{{{_AT}}}deleted-entry", ref=item.id, when=when.isoformat(timespec="seconds")
    )
    append(stone, f"{{{_AT}}}comment", item.summary)
