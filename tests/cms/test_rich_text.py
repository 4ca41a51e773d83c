"""Links of rich text for programs that know nothing of this site."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cms.rich_text import linked_pages, with_absolute_links

PAGES = {12: "https://exemple.invalid/texte/?a=1&b=2"}


def test_pages_are_found_in_any_order_of_attributes() -> None:
    texts = [
        '<p><a linktype="page" id="12">un</a> <a id="13" linktype="page">deux</a></p>',
        '<a id="14" linktype="document">non</a> <a href="https://exemple.invalid/">non</a>',
        '<a linktype="page" id="douze">non</a> <a linktype="page">non</a>',
    ]
    assert linked_pages(texts) == {12, 13}


def test_a_link_to_a_page_gets_its_address() -> None:
    assert with_absolute_links('<a linktype="page" id="12">un</a>', PAGES) == (
        '<a href="https://exemple.invalid/texte/?a=1&amp;b=2">un</a>'
    )


@pytest.mark.parametrize("href", ["https://exemple.invalid/", "mailto:a@exemple.invalid"])
def test_an_absolute_link_stays(href: str) -> None:
    html = f'<a href="{href}">un</a>'
    assert with_absolute_links(html, {}) == html


@pytest.mark.parametrize(
    "attributes",
    [
        'linktype="page" id="13"',
        'linktype="document" id="12"',
        'href="/relatif/"',
        'href="#note"',
        'href="javascript:alert(1)"',
        'href="https://"',
        'href="https://["',
        'href="mailto:"',
        'linktype="page" id="99999999999999999999999"',
        "",
    ],
)
def test_a_link_that_leads_nowhere_loses_its_tag(attributes: str) -> None:
    assert with_absolute_links(f"<a {attributes}>un</a>", PAGES) == "un</a>"


@given(st.text())
@example('<a href="https://exemple.invalid/"')
@example('<a href="&quot;&gt;">x')
def test_any_text_is_read(text: str) -> None:
    linked_pages([text])
    with_absolute_links(text, PAGES)
