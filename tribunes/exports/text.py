"""A tribune as plain text: intertitres, notes, signatures, corrections and credit stay."""

from publishing.plain_text import text_of
from tribunes.exports.html import fragment
from tribunes.items import Item


def text(item: Item) -> str:
    """Return the words of the whole item, paragraphs parted by an empty line."""
    return f"{text_of(fragment(item))}\n"
