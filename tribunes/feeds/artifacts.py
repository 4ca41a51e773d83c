"""The public feed of all tribunes as objects of the bucket."""

from publishing import json_feed
from publishing.artifacts import SHORT_CACHE, Artifact, Bytes
from publishing.news_archives import documents, newest
from publishing.rss import ATOM_CONTENT_TYPE, CONTENT_TYPE, render_atom, render_news
from tribunes.feeds import public
from tribunes.models import TribuneIndexPage

NEWEST = 50
"""Tribunes in the RSS and JSON feeds, beside those withdrawn."""
ARCHIVE = 50
"""Tribunes in one archive of the Atom feed (RFC 5005)."""


def feed_artifacts(index: TribuneIndexPage) -> tuple[Artifact, ...]:
    """Return the feeds in three formats and the archives; whoever asks has seen that it is public.

    Archives are first: the current document names the newest of them.
    """
    described = public.describe(index)
    if described is None:
        return ()
    feed, items = described
    atom, *archives = documents(feed, items, ARCHIVE, public.archive_address)
    folder, recent = public.FOLDER, newest(items, NEWEST)
    old = [
        _artifact(
            f"archive-{number}",
            public.archive_key(number),
            ATOM_CONTENT_TYPE,
            render_atom(archive.feed, archive.items),
            announce=False,
        )
        for number, archive in zip(range(len(archives), 0, -1), archives, strict=True)
    ]
    return (
        *reversed(old),
        _artifact("feed", f"{folder}/rss.xml", CONTENT_TYPE, render_news(feed, recent)),
        _artifact(
            "feed-atom",
            f"{folder}/atom.xml",
            ATOM_CONTENT_TYPE,
            render_atom(atom.feed, atom.items),
        ),
        _artifact(
            "feed-json",
            f"{folder}/feed.json",
            json_feed.CONTENT_TYPE,
            json_feed.render(feed, recent),
        ),
    )


def _artifact(
    role: str, key: str, content_type: str, data: bytes, *, announce: bool = True
) -> Artifact:
    return Artifact(
        role=role,
        key=key,
        content_type=content_type,
        cache_control=SHORT_CACHE,
        body=Bytes(data=data),
        announce=announce,
    )
