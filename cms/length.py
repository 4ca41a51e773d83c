"""How long a text page is: signes of its title, of its chapô and of its body.

Where the text of a body is, its blocks say: a *shape* is made of them once, which also tells the
browser where to look in the form (``static/cms/js/signes.js``). Counting reads the raw JSON of the
body, so it asks the database for nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, starmap
from typing import TYPE_CHECKING, Any

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock

from cms.signes import count, count_html

if TYPE_CHECKING:
    from cms.models import TextPage  # whose panels are made with this module

Shape = tuple[str] | tuple[str, Any]
"""A kind and what it holds: ``("struct", {"title": ("text",), "text": ("rich",)})``."""


@dataclass(frozen=True)
class Lengths:
    """Signes of a page, spaces included, in its three parts."""

    title: int
    chapo: int
    body: int

    @property
    def total(self) -> int:
        """What the target is about: chapô and body, the title apart."""
        return self.chapo + self.body


def lengths(page: "TextPage") -> Lengths:
    """Return how long a page is as it stands in memory, without a query."""
    shape = shape_of(page.body.stream_block)
    return Lengths(
        count(page.title), count(page.chapo), signes_of(page.body.get_prep_value(), shape)
    )


def shape_of(block: blocks.Block) -> Shape | None:
    """Return where a block has text that readers see, None where it has none.

    Texts count, and the numbers of tables. Choosers, addresses, dates and choices do not: what
    they show comes from elsewhere.
    """
    match block:
        case blocks.RichTextBlock():
            return ("rich",)
        case blocks.CharBlock() | blocks.TextBlock() | blocks.DecimalBlock():
            return ("text",)
        case blocks.ListBlock():
            inner = shape_of(block.child_block)
            return inner and ("list", inner)
        case blocks.BaseStreamBlock():
            return ("stream", _shapes(block.child_blocks))
        case blocks.BaseStructBlock():
            return ("struct", _shapes(block.child_blocks))
        case BaseTypedTableBlock():
            return ("table", _shapes(block.child_blocks))
    return None


def _shapes(children: Mapping[str, blocks.Block]) -> dict[str, Shape]:
    shapes = {name: shape_of(child) for name, child in children.items()}
    return {name: shape for name, shape in shapes.items() if shape}


def signes_of(raw: Any, shape: Shape | None) -> int:
    """Return the signes of a block's value as it is stored, given the block's shape."""
    match raw, shape:
        case (None, _) | (_, None):
            return 0
        case _, ("text",):
            return count(str(raw))
        case _, ("rich",):
            return count_html(raw)
        case _, ("list", inner):
            return sum(signes_of(_item(item), inner) for item in raw)
        case _, ("stream", shapes):
            return sum(signes_of(item["value"], shapes.get(item["type"])) for item in raw)
        case _, ("struct", shapes):
            return sum(signes_of(raw.get(name), shape) for name, shape in shapes.items())
        case _, ("table", shapes):
            columns = raw["columns"]
            inner = [shapes.get(column["type"]) for column in columns]
            cells = [zip(row["values"], inner, strict=True) for row in raw["rows"]]
            headings = [raw.get("caption", ""), *(column["heading"] for column in columns)]
            return sum(map(count, headings)) + sum(starmap(signes_of, chain(*cells)))
    raise ValueError(shape)


def _item(item: Any) -> Any:
    """Return the value of an item of a list; Wagtail still reads lists of bare values."""
    match item:
        case {"type": "item", "value": value, "id": _}:
            return value
    return item
