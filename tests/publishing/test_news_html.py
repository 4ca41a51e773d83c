"""A text travels whole, with its credit, its terms and its corrections."""

from dataclasses import replace

from bs4 import BeautifulSoup

from publishing.news_html import html_of
from tests.publishing.news import CC_BY_ND, PICTURE, item, whole_item


def words(html: str) -> list[str]:
    return [element.get_text() for element in BeautifulSoup(html, "html.parser").contents]


def test_a_whole_text_comes_in_the_order_of_reading() -> None:
    assert words(html_of(whole_item())) == [
        "Un chapô < & d’exemple.",
        "Nour Delmas, présidente, Département d’exemple ; Karim Belhadj",
        "À Carcassonne, en mai. · Jeanne Martin / Exemple · CC BY-ND",
        "Le texte & la suite.",
        "Intertitre",
        "Correction du 3 mars 2026 : 12 et non 13.",
        "CC BY-ND",
    ]


def test_the_picture_keeps_its_alternative_and_the_terms_their_address() -> None:
    soup = BeautifulSoup(html_of(whole_item()), "html.parser")
    assert (soup.img["src"], soup.img["alt"]) == (PICTURE.url, PICTURE.alt)
    assert soup.find("a", rel="license")["href"] == CC_BY_ND.url


def test_a_text_that_may_not_travel_has_nothing_but_its_summary() -> None:
    assert html_of(whole_item(content="", corrections=())) == ""


def test_a_correction_travels_without_the_text() -> None:
    assert words(html_of(whole_item(content="", licence=None))) == [
        "Un chapô < & d’exemple.",
        "Correction du 3 mars 2026 : 12 et non 13.",
    ]


def test_what_people_typed_cannot_become_markup() -> None:
    hostile = '"><script>alert(1)</script>'
    html = html_of(
        whole_item(
            summary=hostile,
            content="<p></p>",
            corrections=(hostile,),
            licence=replace(CC_BY_ND, name=hostile, url=f"https://exemple.invalid/{hostile}"),
            picture=replace(PICTURE, alt=hostile, credit=hostile, caption=hostile),
        )
    )
    soup = BeautifulSoup(html, "html.parser")
    assert soup.script is None
    assert soup.img["alt"] == hostile


def test_a_decorative_picture_says_so_by_an_empty_alternative() -> None:
    html = html_of(item(content="<p>Texte</p>", picture=replace(PICTURE, alt="")))
    assert 'alt=""' in html
