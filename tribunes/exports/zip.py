"""A tribune with all that one needs to publish it, in one archive."""

import json
from collections.abc import Iterator, Mapping
from html import escape

from tribunes.exports import words
from tribunes.exports.credits import credits_csv
from tribunes.exports.docx import docx
from tribunes.exports.html import document
from tribunes.exports.ninjs import ninjs
from tribunes.exports.packing import packed
from tribunes.exports.text import text
from tribunes.items import Item, Picture


def archive(item: Item, pictures: Mapping[int, bytes]) -> bytes:
    """Return text, HTML, docx, ninjs, pictures that may travel with their credits, and terms.

    ``pictures`` has the bytes of pictures by identifier. Only those of the item are read, so a
    picture that may not travel stays out whatever it holds; one that is missing raises KeyError.
    Same item, same bytes.
    """
    entries = ((f"{item.slug}/{name}", content) for name, content in _entries(item, pictures))
    return packed(entries, item.version_created)


def _entries(item: Item, pictures: Mapping[int, bytes]) -> Iterator[tuple[str, bytes]]:
    named = {_name(picture): picture for picture in item.pictures}
    yield "texte.html", _page(item, named).encode()
    yield "texte.txt", text(item).encode()
    yield "texte.docx", docx(item)
    yield "texte.ninjs.json", json.dumps(ninjs(item), ensure_ascii=False, indent=1).encode()
    if item.terms:
        yield "LICENCE.txt", "\r\n".join([*words.terms(item.terms), ""]).encode()
    if named:
        yield "credits.csv", credits_csv(named)
    for name, picture in named.items():
        yield name, pictures[picture.id]


def _page(item: Item, named: Mapping[str, Picture]) -> str:
    """Return the page with the pictures of the archive: their addresses may ask for a token."""
    html = document(item)
    for name, picture in named.items():
        html = html.replace(f'src="{escape(picture.href)}"', f'src="{name}"')
    return html


def _name(picture: Picture) -> str:
    return f"images/image-{picture.id}.{picture.type.removeprefix('image/')}"
