"""A collection too long for one document: the current one and its archives (RFC 5005, §4).

Readers poll the current document; whoever comes late walks back from it, archive by archive.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from publishing.news import Feed, Item


@dataclass(frozen=True, kw_only=True)
class Document:
    """One document: the feed as this document says it, and what stands in it."""

    feed: Feed
    items: tuple[Item, ...]
    again: tuple[Item, ...] = ()
    """Those of ``items`` that are in an archive too."""


def documents(
    feed: Feed, items: Sequence[Item], size: int, address: Callable[[int], str]
) -> tuple[Document, ...]:
    """Cut a collection into its current document, then its archives, newest first.

    ``items`` are in the order in which they came out, newest first, and must keep it: archives
    hold ``size`` texts each and are filled from the oldest, so a text added in front changes the
    current document alone, and one inserted or removed among the oldest moves all that follow.
    Therefore withdrawn texts stay. ``address`` gives the address of an archive by its number, the
    oldest being 1. The current document keeps ``size`` to twice ``size`` texts of its own.

    An archive changes when one of its texts does, and once more, by its link alone, when the next
    archive is born. Since readers poll nothing but the current document, it also repeats archived
    texts that were withdrawn, or changed since the first of its own came out: newest change first.
    Raises ValueError for a size below 1.
    """
    if size < 1:
        raise ValueError(f"an archive holds at least one text, not {size}")
    count = max(len(items) // size - 1, 0)
    archived = [items[len(items) - size * nth :][:size] for nth in range(1, count + 1)]
    archives = [
        Document(feed=_archive(feed, nth, count, address, part), items=tuple(part))
        for nth, part in enumerate(archived, 1)
    ]
    return (_current(feed, items, size * count, address(count) if count else ""), *archives[::-1])


def newest(items: Sequence[Item], count: int) -> list[Item]:
    """Return the ``count`` newest texts and every withdrawn one, newest change first.

    For formats without archives. A withdrawn text stays as long as it is given: a year or more.
    """
    kept = [item for item in items if not item.withdrawn]
    kept = sorted(kept, key=lambda item: item.published, reverse=True)[:count]
    return _by_change([*kept, *(item for item in items if item.withdrawn)])


def _current(feed: Feed, items: Sequence[Item], archived: int, newest_archive: str) -> Document:
    own, old = items[: len(items) - archived], items[len(items) - archived :]
    first = min((item.published for item in own), default=feed.changed)
    again = tuple(item for item in old if item.withdrawn or item.updated > first)
    return Document(
        feed=replace(feed, complete=not archived, prev_archive=newest_archive),
        items=tuple(_by_change([*own, *again])),
        again=again,
    )


def _archive(
    feed: Feed, nth: int, count: int, address: Callable[[int], str], items: Sequence[Item]
) -> Feed:
    return replace(
        feed,
        atom_address=address(nth),
        changed=max(item.updated for item in items),
        current=feed.atom_address,
        prev_archive=address(nth - 1) if nth > 1 else "",
        next_archive=address(nth + 1) if nth < count else "",
        hub="",
    )


def _by_change(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: item.updated, reverse=True)
