"""Clean HTML as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.plain_text import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        (" \n ", ""),
        ("sans balise", "sans balise"),
        ("<p>un</p><p>deux</p>", "un\n\ndeux"),
        ("<p>un</p>\n  <p>deux</p>\n", "un\n\ndeux"),
        ("<p>un <b>deux</b> <i>trois</i></p>", "un deux trois"),
        ("<p>  un\n\t deux </p>", "un deux"),
        ("<p>un<br>deux<br/> trois</p>", "un\ndeux\ntrois"),
        ("<p><br>un<br></p>", "un"),
        ("<p>un<br><br> <br>deux</p>", "un\n\ndeux"),
        ("<p>« un\u202f»\u00a0:</p>", "« un\u202f»\u00a0:"),
        ("<h2>Titre</h2><p>texte</p>", "Titre\n\ntexte"),
        ("<ul><li>un</li><li>deux</li></ul>", "– un\n\n– deux"),
        ("<ul><li><p>un</p></li></ul>", "– un"),
        ("<ul>\n<li>\n<p>un</p>\n<p>suite</p>\n</li>\n</ul>", "– un\n\nsuite"),
        ("<ul><li></li><li>deux</li></ul><p>fin</p>", "– deux\n\nfin"),
        ("<ul><li>un<ul><li>dedans</li></ul></li></ul>", "– un\n\n– dedans"),
        ("<ol><li>un</li><li><p>deux</p></li></ol>", "1. un\n\n2. deux"),
        ("<ul><li> </li></ul><p>fin</p>", "fin"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td></td><td>d</td></tr></table>", "a\tb\n\n\td"),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a b\tc"),
        ("<blockquote><p>dit</p><p>— qui</p></blockquote>", "dit\n\n— qui"),
        ('<figure><img src="x" alt="y"><figcaption>légende</figcaption></figure>', "légende"),
        ("<p>a &lt; b &amp; c</p>", "a < b & c"),
        ("<p>un<!-- secret --> deux</p>", "un deux"),
        ('<?xml version="1.0" encoding="utf-16"?><p>un\x00\x0bdeux</p>', "undeux"),
    ],
)
def test_blocks_are_paragraphs_and_blanks_are_those_that_a_browser_shows(
    html: str, text: str
) -> None:
    assert text_of(html) == text


@given(st.lists(st.sampled_from(["<p>", "</p>", "<ul>", "<li>", "<br>", "<td>", "a", " ", "\n"])))
def test_no_paragraph_is_empty_and_no_line_begins_or_ends_with_a_space(parts: list[str]) -> None:
    text = text_of("".join(parts))
    assert text == text.strip("\n")
    assert "\n\n\n" not in text
    assert all(line == line.strip(" ") for line in text.split("\n"))
    assert "–" not in text.split("\n\n")
    assert text.count("a") == "".join(parts).count("a")
