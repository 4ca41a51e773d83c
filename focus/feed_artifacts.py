"""The feeds of focuses as objects of the public bucket."""

from collections.abc import Iterable, Sequence

from cms.pictures import role_of
from focus import feeds
from focus.models import FocusIndexPage, FocusPage
from publishing import json_feed
from publishing.artifacts import SHORT_CACHE, Artifact, Bytes
from publishing.conf import public_url
from publishing.news import Feed, Item
from publishing.rss import ATOM_CONTENT_TYPE, CONTENT_TYPE, render_atom, render_news


def feed_artifacts(focus: FocusPage, images: Sequence[Artifact] = ()) -> tuple[Artifact, ...]:
    """Return the feeds of a focus in three formats; whoever asks has seen that it is public.

    ``images`` come out with the feeds: its cover is among them, if it may be shown.
    """
    described = feeds.describe_focus(focus, _cover(focus, images))
    return _artifacts(feeds.feed_folder(focus), *described)


def index_feed_artifacts(index: FocusIndexPage) -> tuple[Artifact, ...]:
    """Return the feeds of all focuses, none while there is no text; as above for who asks."""
    described = feeds.describe_index(index)
    return _artifacts(feeds.FOLDER, *described) if described else ()


def _cover(focus: FocusPage, images: Iterable[Artifact]) -> str:
    """Return the address of the widest version of the cover, if others may show it, or ""."""
    if not focus.cover or not focus.cover.may_be_republished:
        return ""
    name = role_of(focus.cover)
    keys = {
        int(width): image.key
        for image in images
        for stem, _, width in (image.role.rpartition("-"),)
        if stem == name
    }
    return public_url(keys[max(keys)]) if keys else ""


def _artifacts(folder: str, feed: Feed, items: Iterable[Item]) -> tuple[Artifact, ...]:
    formats = (
        ("feed", "rss.xml", CONTENT_TYPE, render_news),
        ("feed-atom", "atom.xml", ATOM_CONTENT_TYPE, render_atom),
        ("feed-json", "feed.json", json_feed.CONTENT_TYPE, json_feed.render),
    )
    return tuple(
        Artifact(
            role=role,
            key=f"{folder}/{name}",
            content_type=content_type,
            cache_control=SHORT_CACHE,
            body=Bytes(data=render(feed, items)),
            announce=True,
        )
        for role, name, content_type, render in formats
    )
