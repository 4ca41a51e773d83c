"""Clean HTML (reference/syndication.md §3): what partners paste is accessible and harmless."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tribunes import items
from tests.tribunes.exports.hostile import hostile_items, texts
from tribunes.exports.clean import clean
from tribunes.exports.html import LEVELS, document, fragment
from tribunes.exports.text import text
from tribunes.items import Item

TAGS = {
    "p", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "em", "strong", "a",
    "figure", "figcaption", "img", "abbr", "sup", "aside",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "article",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "abbr": {"title"},
    "article": {"lang"},
    "img": {"src", "alt"},
    "th": {"scope"},
}
PAGE_TAGS = TAGS | {"h1", "main", "body", "head", "html", "meta", "title", "link"}


def nodes(html: str) -> list[Element]:
    """Return the elements as a browser builds them."""
    return list(tinyhtml5.parse(html, namespace_html_elements=False).iter())


def pasted(html: str) -> list[Element]:
    """Return the elements of a fragment that stands in a page."""
    page = nodes(f"<!doctype html><html><head></head><body>{html}</body></html>")
    names = [node.tag for node in page]
    return page[names.index("body") + 1 :]


def levels(elements: list[Element]) -> list[int]:
    return [int(node.tag[1]) for node in elements if re.fullmatch("h[1-6]", str(node.tag))]


def assert_clean(elements: list[Element], tags: set[str]) -> None:
    for node in elements:
        assert node.tag in tags, node.tag
        assert set(node.keys()) <= ATTRIBUTES.get(node.tag, set()), (node.tag, node.attrib)
        for name in {"href", "src"} & set(node.keys()):
            assert re.match("(https?|mailto):", node.get(name)), node.get(name)
        if node.tag == "img":
            assert "alt" in node.keys()


@settings(max_examples=300, deadline=None)
@given(hostile_items(), st.sampled_from(list(LEVELS)))
def test_clean_html_has_no_other_tag_nor_attribute_whatever_the_item_holds(
    item: Item, headings: int
) -> None:
    html = fragment(item, headings=headings)
    elements = pasted(html)
    assert_clean(elements, TAGS)
    assert [node.tag for node in elements].count("article") == 1
    found = levels(elements)
    assert found[0] == headings
    assert min(found) == headings
    assert all(lower <= upper + 1 for upper, lower in pairwise(found))
    assert "&nbsp;" not in html


@settings(max_examples=100, deadline=None)
@given(hostile_items())
def test_a_page_of_its_own_is_harmless_too(item: Item) -> None:
    elements = nodes(document(item))
    body = [node.tag for node in elements].index("main")
    assert_clean(elements[body + 1 :], TAGS | {"h1"})
    assert {node.tag for node in elements} <= PAGE_TAGS
    found = levels(elements)
    assert found.count(1) == 1
    assert found[0] == 1
    assert text(item)


@given(texts)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = clean(html, 2)
    assert clean(once, 2) == once


@pytest.mark.parametrize(
    ("html", "level", "expected"),
    [
        ("<p>a <b>b</b> <i>c</i></p>", 3, "<p>a <strong>b</strong> <em>c</em></p>"),
        ("<h2>a</h2><h3>b</h3>", 3, "<h3>a</h3><h4>b</h4>"),
        ("<h2>a</h2><h4>b</h4><h2>c</h2>", 3, "<h3>a</h3><h4>b</h4><h3>c</h3>"),
        ("<h4>a</h4>", 3, "<h3>a</h3>"),
        ("<h2>a</h2><h3>b</h3>", 6, "<h6>a</h6><h6>b</h6>"),
        ("<h2> </h2><p>a</p>", 3, " <p>a</p>"),
        ("<p>a<br>b <b>c</b><br>d</p>", 3, "<p>a</p><p>b <strong>c</strong></p><p>d</p>"),
        ("<ul><li>a<br>b</li></ul>", 3, "<ul><li>a b</li></ul>"),
        ("<p></p><p>\u00a0</p><p>a</p>", 3, "<p>a</p>"),
        ('<p><a href="/x">a</a> <a href="mailto:a@b.fr">b</a></p>', 3,
         '<p>a <a href="mailto:a@b.fr">b</a></p>'),
        ('<figure><img src="/x.jpg"><figcaption>x</figcaption></figure><p>a</p>', 3, "<p>a</p>"),
        ('<img src="https://a.fr/b.jpg">', 3, '<img src="https://a.fr/b.jpg" alt="">'),
        ("<p>a&nbsp;b&#8239;! &lt;i&gt;</p>", 3, "<p>a\u00a0b\u202f! &lt;i&gt;</p>"),
        ("<script>alert(1)</script><p onclick=x class=y>a</p>", 3, "<p>a</p>"),
    ],
)  # fmt: skip
def test_text_is_cleaned(html: str, level: int, expected: str) -> None:
    assert clean(html, level) == expected


def test_scripts_are_words() -> None:
    item = items.usable(headline="<script>alert(1)</script>", standfirst='"><b>')
    html = fragment(item)
    assert "<h2>&lt;script&gt;alert(1)&lt;/script&gt;</h2>" in html
    assert "<script" not in document(item)


def test_everything_is_there_in_reading_order() -> None:
    item = replace(
        items.corrected("significant", withheld_pictures=1, replies=items.answered().replies),
        corrections=(
            replace(items.CORRECTION, severity="high", text="Grave."),
            items.CORRECTION,
        ),
    )
    told = [
        '<article lang="fr">',
        "<h2>Une place pour chacun</h2>",
        "Correction grave du 20\u00a0novembre 2026\u00a0: Grave.",
        "Vieillir chez soi",
        "Par Jeanne Martin, présidente, Département du Lot",
        "jardin-0123456789.jpg",
        "Au jardin partagé · Photo Ali Benali · CC BY 4.0",
        "Un texte <strong>fort</strong>",
        "<h3>Un intertitre</h3>",
        "<h3>Notes</h3>",
        "<h3>Signataires</h3><ul><li>Nour Delmas, directeur, Mutuelle Exemple</li>",
        "Jeanne Martin est infirmière.",
        "Liens d’intérêts de Jeanne Martin\u00a0: Administratrice",
        "Correction importante du 20\u00a0novembre 2026\u00a0: Le Lot compte",
        'href="https://solidaires.exemple.invalid/tribunes/reponse/"',
        "Une image du texte d’origine n’est pas reprise ici",
        "Tribune publiée par Solutions solidaires.",
        'Texte original\u00a0: <a href="https://solidaires.exemple.invalid/tribunes/une-place/">',
        f'Licence\u00a0: <a href="{items.TERMS.url}">Reprise intégrale</a>',
        "</article>",
    ]
    html = fragment(item)
    places = [html.find(words) for words in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)


def test_a_reference_text_elsewhere_is_linked() -> None:
    html = fragment(items.usable(canonical_url="https://journal.exemple.invalid/a"))
    assert '<a href="https://journal.exemple.invalid/a">' in html


@pytest.mark.parametrize("headings", [0, 1, 6, 7])
def test_other_levels_are_refused(headings: int) -> None:
    with pytest.raises(ValueError, match="heading level"):
        fragment(items.usable(), headings=headings)


def test_a_withdrawn_text_asks_to_be_unpublished() -> None:
    assert fragment(items.withdrawn()) == (
        '<article lang="fr">\n<h2>[RETIRÉ] Une place pour chacun</h2>\n'
        "<p>Ce texte a été retiré le 22\u00a0novembre 2026 (Chiffres erronés)\u00a0: si vous l’avez"
        " publié, dépubliez-le et retirez-en toute copie.</p>\n</article>"
    )
    nothing_said = fragment(items.withdrawn(retraction=None))
    assert "Ce texte n’est plus à publier" in nothing_said


def test_a_withdrawn_text_says_nothing_else_even_if_it_were_there() -> None:
    withdrawn = items.withdrawn()
    kept = items.usable(
        headline=withdrawn.headline, status=withdrawn.status, retraction=withdrawn.retraction
    )
    assert fragment(kept) == fragment(withdrawn)


def test_an_embargo_is_said_in_the_time_of_paris() -> None:
    html = fragment(items.embargoed())
    assert "<strong>Sous embargo jusqu’au 1er\u00a0décembre 2026 à 7\u00a0h\u00a030" in html


def test_pictures_left_out_are_counted() -> None:
    html = fragment(items.without_pictures())
    assert "2 images du texte d’origine ne sont pas reprises ici, faute de droits." in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("policy", "has_link", "has_robots"),
    [("canonical", True, False), ("noindex", False, True), ("none", False, False)],
)
def test_a_page_keeps_the_duty_of_its_copies(policy: str, has_link: bool, has_robots: bool) -> None:
    terms = replace(items.TERMS, copy_policy=policy, tdm="allowed")
    html = document(items.usable(terms=terms))
    assert ('<link rel="canonical"' in html) == has_link
    assert ('<meta name="robots" content="noindex">' in html) == has_robots
    assert '<meta name="tdm-reservation" content="0">' in html
    assert '<link rel="license"' in html


def test_a_page_tells_programs_that_mine_what_the_site_tells_them() -> None:
    """syndication.md §5: «same policy in exported copies» (TDMRep); it says how to ask."""
    reserved = document(items.usable(terms=replace(items.TERMS, tdm="reserved")))
    assert '<meta name="tdm-reservation" content="1">' in reserved
    (policy,) = re.findall('<meta name="tdm-policy" content="(.*)">', reserved)
    assert re.fullmatch(r"https?://[^/]+/\.well-known/tdm-policy\.json", policy)
    assert "tdm-policy" not in document(items.usable(terms=replace(items.TERMS, tdm="allowed")))


def test_a_withdrawn_page_is_not_indexed() -> None:
    assert '<meta name="robots" content="noindex">' in document(items.withdrawn())


def test_text_tells_the_same() -> None:
    told = text(items.corrected(withheld_pictures=2))
    for words in (
        "Une place pour chacun\n\n",
        "\n\nUn intertitre\n\n",
        "Un texte fort et juste\u202f: voir la source.[1]",
        "\n\nNotes\n\n1. Enquête de 2025.",
        "– Nour Delmas, directeur, Mutuelle Exemple",
        "Correction importante du 20\u00a0novembre 2026\u00a0: Le Lot compte 173 000 habitants.",
        "2 images du texte d’origine",
        "Tribune publiée par Solutions solidaires.",
        f"Texte original\u00a0: {items.TERMS.required_link}",
    ):
        assert words in told
    assert "<" not in told
