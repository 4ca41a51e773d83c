"""Notes: the small HTML that apps keep, whole or cut where a reader would cut."""

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from podcasts.notes import MAX_BYTES, TAGS, feed_html

LINKS = {3: "https://example.org/page/?a=1&b=2"}


def cleaned(html: str) -> str:
    """Return notes for a feed."""
    return feed_html(html, LINKS)


def test_what_apps_keep_passes_through() -> None:
    kept = (
        "<p>Une <b>question</b>, <i>trois</i> <strong>voix</strong> <em>!</em></p>"
        "<ul><li>un</li><li>deux<ol><li>trois</li></ol></li></ul>"
        '<p><a href="https://example.org/?q=%C3%A9">lien</a>'
        '<a href="mailto:podcast@example.org">courriel</a></p>'
    )
    assert cleaned(kept) == kept


def test_page_links_are_resolved() -> None:
    assert cleaned('<p><a linktype="page" id="3">ici</a></p>') == (
        '<p><a href="https://example.org/page/?a=1&amp;b=2">ici</a></p>'
    )
    assert cleaned('<p><a id="3" linktype="page">ici</a></p>').count("href") == 1


@pytest.mark.parametrize(
    "anchor",
    [
        '<a linktype="page" id="4">',
        '<a linktype="page" id="3x">',
        '<a linktype="page">',
        '<a linktype="document" id="3">',
        "<a>",
        '<a href="">',
        '<a href="/relative/">',
        '<a href="//example.org/">',
        '<a href="#ancre">',
        '<a href="javascript:alert(1)">',
        '<a href=" javascript:alert(1)">',
        '<a href="java&#x0A;script:alert(1)">',
        '<a href="data:text/html,x">',
        '<a href="https://">',
        '<a href="https://[">',
        '<a href="mailto:">',
        "<A HREF='ftp://example.org'>",
    ],
)
def test_a_link_that_leads_nowhere_becomes_text(anchor: str) -> None:
    assert cleaned(f"<p>avant {anchor}ici</a> après</p>") == "<p>avant ici après</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Titre</h2><p>Texte</p>", "<p><b>Titre</b></p><p>Texte</p>"),
        ('<h3 class="x">Titre</h3>', "<p><b>Titre</b></p>"),
        ("<p>une ligne<br/>une autre<BR>", "<p>une ligne une autre </p>"),
        ("<blockquote>Cité</blockquote>", "<p>Cité</p>"),
        ("<p>a</p><hr/><p>b</p>", "<p>a</p><p>b</p>"),
        ('<p>a</p><embed embedtype="image" id="1"/><p>b</p>', "<p>a</p><p>b</p>"),
        ("<p></p><p><b> </b></p><ul><li></li></ul><p>a</p>", "<p>a</p>"),
        ("<p>a<script>alert(1)</script><style>p{}</style></p>", "<p>a</p>"),
        ('<p onclick="x()" style="color:red">a<img src=x onerror=y></p>', "<p>a</p>"),
        ("<p>a<!-- note --></p>", "<p>a</p>"),
        ("<p>a\x00\x0b\x1b\ufffe\ud800b</p>", "<p>ab</p>"),
        ("<p>5&nbsp;% ]]> &amp; &lt;b&gt; 🎙️</p>", "<p>5\u00a0% ]]&gt; &amp; &lt;b&gt; 🎙️</p>"),
        ("", ""),
    ],
)
def test_the_rest_is_brought_to_what_apps_keep(html: str, expected: str) -> None:
    assert cleaned(html) == expected


# Notes that are too long


def test_notes_at_the_limit_are_whole() -> None:
    exact = f"<p>{'é' * ((MAX_BYTES - 7) // 2)}.</p>"
    assert len(exact.encode()) == MAX_BYTES
    assert cleaned(exact) == exact


def test_long_notes_end_after_a_block() -> None:
    paragraph = "<p>" + "Le village a trouvé son médecin. " * 10 + "</p>"
    result = cleaned(paragraph * 40)
    assert result == paragraph * (result.count("<p>") - 1) + "<p>…</p>"
    assert MAX_BYTES - 500 < len(result.encode()) <= MAX_BYTES


def test_a_long_list_ends_after_an_item() -> None:
    item = "<li>Une ressource parmi d’autres</li>"
    result = cleaned("<ul>" + item * 200 + "</ul>")
    assert result.startswith("<ul>" + item)
    assert result.endswith("</li></ul><p>…</p>")
    assert MAX_BYTES - 200 < len(result.encode()) <= MAX_BYTES


def test_one_endless_paragraph_ends_after_a_word() -> None:
    result = cleaned("<p>Court.</p><p><b>" + "mot " * 2000 + "</b></p>")
    assert result.startswith("<p>Court.</p><p><b>mot mot")
    assert result.endswith("mot …</b></p>")
    assert MAX_BYTES - 20 < len(result.encode()) <= MAX_BYTES


def test_a_link_is_never_cut_in_two() -> None:
    link = f'<a href="https://example.org/{"x" * 300}">{"y" * 300} fin</a> '
    result = cleaned("<p>" + link * 30 + "</p>")
    assert nh3.clean(result, tags=TAGS, link_rel=None) == result
    assert len(result.encode()) <= MAX_BYTES


NAMES = [*sorted(TAGS), "h2", "br", "script", "div"]
PIECES = [
    *(f"<{name}>" for name in NAMES),
    *(f"</{name}>" for name in NAMES),
    *('<a href="https://e.org/>">', '<a linktype="page" id="3">', '<a href="', "&amp;", "&#1;"),
    *("<", "mot " * 400, "é" * 3000),
]
HTML = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=30).map("".join)


@settings(deadline=10_000)
@given(HTML)
def test_any_notes_are_safe_short_and_well_formed(html: str) -> None:
    result = cleaned(html)
    assert len(result.encode()) <= MAX_BYTES
    tree = etree.fromstring(f"<notes>{result}</notes>")
    assert {node.tag for node in tree.iter()} <= TAGS | {"notes"}
    assert all(set(node.attrib) <= {"href"} for node in tree.iter())
    assert all(link.get("href", "https:").startswith("https:") for link in tree.iter("a"))
