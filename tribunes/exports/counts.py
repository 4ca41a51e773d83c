"""How long the text of an item is, as desks count: without the captions of its pictures."""

import re

from cms.signes import count_html
from publishing.plain_text import text_of
from tribunes.items import Item

_FIGURE = re.compile("<figure>.*?</figure>", re.DOTALL)
_WORD = re.compile(r"\S*\w\S*")


def signes(item: Item) -> int:
    """Return the signes of the text, spaces included, see ``cms.signes``; chapô and title apart."""
    return count_html(_FIGURE.sub("", item.html))


def words(item: Item) -> int:
    """Return the words of the text: what spaces part, if there is a letter or a digit in it."""
    return len(_WORD.findall(text_of(_FIGURE.sub("", item.html))))
