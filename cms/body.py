"""What the blocks of a body show besides what was typed in them: links, pictures, other pages.

Everything is fetched ahead: the number of queries does not depend on the number of blocks. A
picture that may not be shown today, a page that not everybody may read: the block shows nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Page
from wagtail.rich_text.rewriters import LinkRewriter

from cms.footnotes import link_calls
from cms.media import PageMedia
from cms.published import Objects, Picture, listing_picture


@dataclass(frozen=True, kw_only=True)
class Note:
    """A footnote; ``called``: the text has a call to go back to."""

    number: int
    html: str
    called: bool


@dataclass(frozen=True, kw_only=True)
class Plate:
    """A picture of a gallery."""

    picture: Picture
    caption: str


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A page that a block names, with what it has in the public bucket."""

    page: Page
    url: str
    objects: Objects
    artwork: Picture | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One block and what its template shows; ``extra`` is None when there is nothing to add."""

    block: StreamValue.StreamChild
    extra: Any


def chosen_pages(body: StreamValue) -> list[Page]:
    """Return the pages that blocks name and show something of, specific, without those deleted."""
    return list(filter(None, map(_choice, body)))


def _choice(block: StreamValue.StreamChild) -> Page | None:
    match block.block_type:
        case "episode" | "tribune_teaser":
            return block.value
        case "forum_extract":
            return block.value["forum"]
    return None


def show(
    body: StreamValue,
    media: PageMedia,
    addresses: Mapping[int, str],
    objects: Mapping[int, Objects],
) -> list[Shown]:
    """Return the blocks of a body in their order.

    ``addresses`` are those of the pages that may be named, ``objects`` what the chosen ones have
    in the public bucket, both by primary key.
    """
    texts, called = _texts(body, addresses)
    rewrite = _rewriter(addresses)

    def extra(index: int, block: StreamValue.StreamChild) -> Any:
        value = block.value
        match block.block_type:
            case "paragraph" | "box":
                return texts[index]
            case "footnotes":
                return [
                    Note(number=number, html=rewrite(note.source), called=number in called)
                    for number, note in enumerate(value, start=1)
                ]
            case "image":
                return media.image(value["image"])
            case "gallery":
                return list(_plates(value["images"], media))
        page = _choice(block)
        return page and _chosen(page, addresses, objects)

    return [Shown(block=block, extra=extra(index, block)) for index, block in enumerate(body)]


def _texts(
    body: StreamValue, addresses: Mapping[int, str]
) -> tuple[dict[int, str], frozenset[int]]:
    """Return the HTML of rich texts by index of their block, and the notes that they call."""
    rewrite = _rewriter(addresses)
    sources = {
        index: block.value.source if block.block_type == "paragraph" else block.value["text"].source
        for index, block in enumerate(body)
        if block.block_type in ("paragraph", "box")
    }
    notes = max((len(block.value) for block in body if block.block_type == "footnotes"), default=0)
    html, called = link_calls(map(rewrite, sources.values()), notes)
    return dict(zip(sources, html, strict=True)), called


def _rewriter(addresses: Mapping[int, str]) -> LinkRewriter:
    """Return what turns stored links into addresses; those of hidden pages lead nowhere."""
    by_id = {str(pk): url for pk, url in addresses.items()}

    def page_links(links: Sequence[Mapping[str, str]]) -> list[str]:
        found = (by_id.get(link.get("id", "")) for link in links)
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in found]

    return LinkRewriter(bulk_rules={"page": page_links})


def _plates(images: Iterable[Mapping[str, Any]], media: PageMedia) -> Iterable[Plate]:
    for value in images:
        if picture := media.image(value["image"]):
            yield Plate(picture=picture, caption=value["caption"])


def _chosen(
    page: Page, addresses: Mapping[int, str], objects: Mapping[int, Objects]
) -> Chosen | None:
    if page.pk not in addresses:
        return None
    return Chosen(
        page=page,
        url=addresses[page.pk],
        objects=objects[page.pk],
        artwork=listing_picture(objects[page.pk], page),
    )
