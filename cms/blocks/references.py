"""What bodies refer to, read from blocks as they are stored: no query, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import StreamValue

from cms.rich_text import linked_pages


@dataclass(frozen=True, kw_only=True)
class References:
    """Primary keys of what bodies refer to."""

    images: frozenset[int]
    pages: frozenset[int]


def references(bodies: Iterable[StreamValue]) -> References:
    """Return what bodies refer to, without any query."""
    images: set[int] = set()
    pages: set[int] = set()
    texts: list[str] = []
    for block in (block for body in bodies for block in body.raw_data):
        kind, value = block["type"], block["value"]
        if kind == "image":
            images.add(value["image"])
        elif kind == "gallery":
            images.update(picture["image"] for picture in list_items(value["images"]))
        elif kind in ("episode", "tribune_teaser"):
            pages.add(value)
        elif kind == "forum_extract":
            pages.add(value["forum"])
        elif kind == "paragraph":
            texts.append(value)
        elif kind == "box":
            texts.append(value["text"])
        elif kind == "footnotes":
            texts += list_items(value)
    return References(
        images=frozenset(images - {None}),
        pages=frozenset((pages | linked_pages(texts)) - {None}),
    )


def list_items(value: Iterable[Any]) -> list[Any]:
    """Return the values of a list block, whichever of its two formats is stored."""
    return [
        part["value"] if isinstance(part, dict) and part.get("type") == "item" else part
        for part in value
    ]
