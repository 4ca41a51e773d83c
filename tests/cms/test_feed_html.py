"""Bodies leave the site as little HTML that stands by itself."""

import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.blocks import StreamValue

from cms.blocks import BodyBlock
from cms.blocks.feed_html import RENDERERS, TAGS, PageLink, Surroundings, feed_html
from cms.blocks.references import References, references
from publishing.news import Licence, Picture

BLOCK = BodyBlock()
PICTURE = Picture(
    url="https://media.exemple.invalid/photo.jpg",
    length=1,
    type="image/jpeg",
    alt="Deux voisines",
    credit="Jeanne Martin",
    licence=Licence(code="cc-by-4.0", url="https://exemple.invalid/cc", name="CC BY"),
)
AROUND = Surroundings(
    pictures={7: PICTURE},
    pages={
        pk: PageLink(title=f"Page {pk} < & >", url=f"https://exemple.invalid/{pk}/")
        for pk in (1, 2, 3, 4)
    },
)
EVERYTHING: list[tuple[str, Any]] = [
    ("paragraph", '<p data-block-key="a">Un <b>texte</b><sup>e</sup>[1].</p><ul><li>a</li></ul>'),
    ("heading", "Intertitre & <suite>"),
    ("pull_quote", {"text": "Une phrase.", "attribution": "Nour Delmas"}),
    ("box", {"title": "Repères", "text": '<p>Voir <a linktype="page" id="4">ici</a>.</p>'}),
    ("footnotes", [{"type": "item", "value": "<p>Une note.</p>", "id": "x"}]),
    ("image", {"image": 7, "caption": "En mai"}),
    ("gallery", {"title": "Au jardin", "images": [{"type": "item", "value": {"image": 7}}]}),
    (
        "key_figures",
        {
            "title": "À retenir",
            "figures": [{"value": "1 sur 3", "label": "vit seul", "source": "Insee"}],
        },
    ),
    (
        "table",
        {
            "columns": [
                {"type": "text", "heading": "Lieu"},
                {"type": "number", "heading": "Part"},
            ],
            "rows": [{"values": ["Aude", "12.5"]}, {"values": ["Lot", None]}],
            "caption": "Parts",
        },
    ),
    ("episode", 1),
    (
        "forum_extract",
        {"forum": 2, "part": 1, "start": "12:30", "speaker": "Karim", "quote": "Oui."},
    ),
    ("tribune_teaser", 3),
    ("further_reading", [{"title": "Un rapport", "url": "https://exemple.invalid/r?a=1&b=2"}]),
]


def body(*blocks: tuple[str, Any]) -> StreamValue:
    """Return a body as it comes out of the database."""
    stored = [{"type": kind, "value": value} for kind, value in blocks]
    return BLOCK.to_python(json.loads(json.dumps(stored)))


def written(*blocks: tuple[str, Any], around: Surroundings = AROUND) -> BeautifulSoup:
    return BeautifulSoup(feed_html(body(*blocks), around), "html.parser")


def text_of(*blocks: tuple[str, Any], around: Surroundings = AROUND) -> str:
    return written(*blocks, around=around).get_text(" ", strip=True)


def test_every_type_of_block_is_written() -> None:
    assert set(RENDERERS) == set(BLOCK.child_blocks) == {kind for kind, _ in EVERYTHING}
    for kind, value in EVERYTHING:
        assert text_of((kind, value)), kind


def test_blocks_come_in_the_order_of_reading() -> None:
    html = feed_html(body(*EVERYTHING), AROUND)
    words = ["[1]", "Intertitre", "Une phrase", "Repères", "Une note", "En mai", "Au jardin"]
    words += ["1 sur 3", "Lieu", "À écouter", "Oui.", "À lire", "Un rapport"]
    places = [html.index(word) for word in words]
    assert places == sorted(places)


def test_only_known_tags_come_out_without_style_or_class() -> None:
    elements = written(*EVERYTHING).find_all(True)
    assert {element.name for element in elements} <= TAGS
    attributes = {(element.name, name) for element in elements for name in element.attrs}
    assert attributes == {("a", "href"), ("img", "src"), ("img", "alt"), ("th", "scope")}


def test_every_address_is_absolute() -> None:
    for element in written(*EVERYTHING).select("[href], [src]"):
        assert re.match("https://", element.get("href") or element.get("src"))


def test_headings_are_of_one_level() -> None:
    headings = [found.get_text() for found in written(*EVERYTHING).select("h1, h2, h3, h4")]
    assert headings == ["Intertitre & <suite>", "Notes", "Pour aller plus loin"]
    assert {found.name for found in written(*EVERYTHING).select("h1, h2, h3, h4")} == {"h2"}


def test_a_picture_comes_with_alternative_credit_and_terms() -> None:
    figure = written(("image", {"image": 7, "caption": "En mai"})).figure
    assert (figure.img["src"], figure.img["alt"]) == (PICTURE.url, PICTURE.alt)
    assert figure.figcaption.get_text() == "En mai · Jeanne Martin · CC BY"


def test_a_picture_or_a_page_that_is_not_around_is_left_out() -> None:
    nothing = Surroundings()
    for kind in ("image", "gallery", "episode", "tribune_teaser", "forum_extract"):
        assert feed_html(body((kind, dict(EVERYTHING)[kind])), nothing) == "", kind
    box = written(("box", dict(EVERYTHING)["box"]), around=nothing)
    assert (box.a, box.get_text(" ", strip=True)) == (None, "Repères Voir ici.")


def test_a_table_has_headings_and_french_numbers() -> None:
    table = written(("table", dict(EVERYTHING)["table"])).table
    assert table.caption.get_text() == "Parts"
    assert [(th["scope"], th.get_text()) for th in table.select("thead th")] == [
        ("col", "Lieu"),
        ("col", "Part"),
    ]
    rows = [[td.get_text() for td in row.select("td")] for row in table.select("tbody tr")]
    assert rows == [["Aude", "12,5"], ["Lot", ""]]


def test_a_quote_says_whose_it_is() -> None:
    assert text_of(("pull_quote", {"text": "Une phrase.", "attribution": "Nour"})) == (
        "Une phrase. — Nour"
    )
    assert text_of(("pull_quote", {"text": "Une phrase.", "attribution": ""})) == "Une phrase."


def test_typographic_spaces_are_characters() -> None:
    html = feed_html(body(("paragraph", "<p>«\u202fOui\u202f»&nbsp;: 10\u00a0%</p>")), AROUND)
    assert html == "<p>«\u202fOui\u202f»\u00a0: 10\u00a0%</p>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '"><iframe src="https://exemple.invalid/">',
        "<style>p{display:none}</style>",
        "<!-- commentaire -->",
    ],
)
def test_nothing_hostile_leaves(hostile: str) -> None:
    rich = {"paragraph": hostile, "box": {"title": hostile, "text": hostile}}
    found = written(
        ("heading", hostile),
        *rich.items(),
        ("pull_quote", {"text": hostile, "attribution": hostile}),
        ("footnotes", [hostile]),
        ("further_reading", [{"title": hostile, "url": "javascript:alert(1)"}]),
    )
    assert found.select("script, iframe, style, [onerror], a[href]") == []
    assert {element.name for element in found.find_all(True)} <= TAGS


@settings(max_examples=50, deadline=None)
@given(st.text())
@example("<p>\x00]]>")
@example("<table><tr><p></a></blockquote>")
def test_any_text_is_written(text: str) -> None:
    html = feed_html(body(("paragraph", text), ("heading", text), ("footnotes", [text])), AROUND)
    assert {element.name for element in BeautifulSoup(html, "html.parser").find_all(True)} <= TAGS


def test_references_are_found_without_a_query() -> None:
    """The test has no database: a query would fail."""
    found = references([body(*EVERYTHING[:7]), body(*EVERYTHING[7:]), body()])
    assert found == References(images=frozenset({7}), pages=frozenset({1, 2, 3, 4}))


def test_a_picture_that_was_deleted_refers_to_nothing() -> None:
    found = references([body(("image", {"image": None, "caption": ""}), ("episode", None))])
    assert found == References(images=frozenset(), pages=frozenset())
