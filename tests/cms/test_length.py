"""How long a text page is: what its blocks say, stored and in the form."""

import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.blocks import BodyBlock
from cms.length import Lengths, lengths, shape_of, signes_of
from tests.cms.conftest import Script

BODY = BodyBlock()
SHAPE = shape_of(BODY)
EVERYTHING = [
    ("paragraph", "<p>La loi[1] <b>dit</b>.</p><ul><li>un</li></ul>", 14 + 2),
    ("heading", "Intertitre", 10),
    ("pull_quote", {"text": "Tenir bon", "attribution": "Awa"}, 9 + 3),
    ("box", {"title": "Repères", "text": "<p>2026</p>"}, 7 + 4),
    ("footnotes", [{"type": "item", "id": "n1", "value": "<p>Loi de 2005.</p>"}], 12),
    ("image", {"image": 1, "caption": "Au marché"}, 9),
    ("gallery", {"title": "Un jour", "images": [{"image": 1, "caption": "Midi"}]}, 7 + 4),
    (
        "key_figures",
        {"title": "", "figures": [{"value": "1 sur 3", "label": "aidants", "source": "Drees"}]},
        7 + 7 + 5,
    ),
    (
        "table",
        {
            "caption": "Aides",
            "columns": [{"type": "text", "heading": "Où"}, {"type": "number", "heading": ""}],
            "rows": [{"values": ["Aude", "12.5"]}, {"values": ["Gers", None]}],
        },
        5 + 2 + 4 + 4 + 4,
    ),
    ("episode", 3, 0),
    (
        "forum_extract",
        {"forum": 4, "part": 1, "start": "12:30", "speaker": "Léa", "quote": "Oui."},
        3 + 4,
    ),
    ("tribune_teaser", 5, 0),
    ("further_reading", [{"title": "La loi", "url": "https://exemple.fr"}], 6),
]


def body(*values: tuple[str, Any]) -> blocks.StreamValue:
    """Return a body as the database holds it."""
    return BODY.to_python([{"type": kind, "value": value} for kind, value in values])


@pytest.mark.parametrize(("kind", "value", "expected"), EVERYTHING)
def test_what_counts_of_a_block(kind: str, value: Any, expected: int) -> None:
    assert signes_of([{"type": kind, "value": value}], SHAPE) == expected


def test_every_block_of_a_body_has_its_test() -> None:
    assert {kind for kind, *_ in EVERYTHING} == set(BODY.child_blocks)


def test_a_page_in_its_three_parts_without_a_query() -> None:
    page = SimpleNamespace(
        title="Qui prendra soin de nous\u202f?",
        chapo="Deux voix.\r\nUne réponse.",
        body=body(*(block[:2] for block in EVERYTHING), ("gone", "un bloc d’autrefois")),
    )
    expected = sum(signes for *_, signes in EVERYTHING)
    assert lengths(page) == Lengths(title=26, chapo=10 + 12, body=expected)
    assert lengths(page).total == 22 + expected


def test_a_body_that_was_looked_at_counts_the_same() -> None:
    looked_at = body(("heading", "Un"), ("box", {"title": "Deux", "text": "<p>Trois</p>"}))
    page = SimpleNamespace(title="", chapo="", body=looked_at)
    before = lengths(page)
    assert [str(child.value) for child in looked_at]
    assert lengths(page) == before == Lengths(title=0, chapo=0, body=11)


def test_a_table_whose_number_is_nought_shows_it() -> None:
    table = {
        "columns": [{"type": "number", "heading": "N"}],
        "rows": [{"values": [Decimal(0)]}],
    }
    assert signes_of([{"type": "table", "value": table}], SHAPE) == 2


words = st.text(st.sampled_from("aé’ \u202f\u00ad👍1\n"), max_size=8)
MANY = st.lists(st.booleans(), max_size=3)  # a row each: was it deleted?


@st.composite
def form(draw: st.DrawFn, block: blocks.Block, prefix: str) -> dict[str, str]:
    """What the browser sends of a block: fields filled in, rows added, rows deleted."""
    match block:
        case blocks.RichTextBlock():
            paragraph = {"type": "unstyled", "key": "k", "depth": 0, "text": draw(words)}
            ranges = {"entityRanges": [], "inlineStyleRanges": []}
            content = {"entityMap": {}, "blocks": [paragraph | ranges] * draw(st.integers(0, 2))}
            return {prefix: json.dumps(content)}
        case blocks.DecimalBlock() | blocks.IntegerBlock():
            return {prefix: draw(st.sampled_from(["", "0", "-3", "12.50"]))}
        case blocks.ChooserBlock():
            return {prefix: ""}
        case blocks.FieldBlock():
            return {prefix: draw(words)}
        case blocks.BaseStructBlock():
            return _merge(
                draw(form(child, f"{prefix}-{name}")) for name, child in block.child_blocks.items()
            )
        case TypedTableBlock():
            return draw(_table(block, prefix))
    rows = draw(MANY)
    sent = {f"{prefix}-count": str(len(rows))}
    for row, deleted in enumerate(rows):
        child = block.child_block if isinstance(block, blocks.ListBlock) else None
        if child is None:
            child = draw(st.sampled_from(list(block.child_blocks.values())))
        item = f"{prefix}-{row}"
        sent |= {f"{item}-deleted": "1" if deleted else "", f"{item}-order": str(row)}
        sent |= {f"{item}-type": child.name, f"{item}-id": ""}
        sent |= draw(form(child, f"{item}-value"))
    return sent


@st.composite
def _table(draw: st.DrawFn, block: TypedTableBlock, prefix: str) -> dict[str, str]:
    columns, rows = draw(MANY), draw(MANY)
    sent = {f"{prefix}-caption": draw(words)}
    for kind, lines in (("column", columns), ("row", rows)):
        sent[f"{prefix}-{kind}-count"] = str(len(lines))
        for number, deleted in enumerate(lines):
            line = f"{prefix}-{kind}-{number}"
            sent |= {f"{line}-deleted": "1" if deleted else "", f"{line}-order": str(number)}
    for column, _ in enumerate(columns):
        child = draw(st.sampled_from(list(block.child_blocks.values())))
        sent[f"{prefix}-column-{column}-type"] = child.name
        sent[f"{prefix}-column-{column}-heading"] = draw(words)
        for row, _ in enumerate(rows):
            sent |= draw(form(child, f"{prefix}-cell-{row}-{column}"))
    return sent


def _merge(parts: Any) -> dict[str, str]:
    return {name: value for part in parts for name, value in part.items()}


@pytest.mark.parametrize("block", [BODY, *BODY.child_blocks.values()], ids=lambda block: block.name)
@given(data=st.data())
@settings(max_examples=40)
def test_what_is_in_the_form_counts_the_same_once_saved(
    script: Script, block: blocks.Block, data: st.DataObject
) -> None:
    sent = data.draw(form(block, "body"))
    saved = block.get_prep_value(block.value_from_datadict(sent, {}, "body"))
    shape = shape_of(block)
    assert script("countBlock", sent, "body", shape) == signes_of(saved, shape)
