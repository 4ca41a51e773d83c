"""A text travels whole, with its credit, its terms and its corrections."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from publishing.news import Correction, Reply
from publishing.news_html import html_of
from tests.publishing.news import (
    ANSWER,
    CC_BY_ND,
    GRAVE,
    PICTURE,
    TERMS,
    item,
    republished_item,
    whole_item,
    withdrawn_item,
)


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
            corrections=(Correction(words=hostile), Correction(words=hostile, severity="high")),
            terms=replace(TERMS, credit_line=hostile, required_link=f"https://e.invalid/{hostile}"),
            replies=(Reply(id=hostile, link=f"https://e.invalid/{hostile}", title=hostile),),
            replies_to=Reply(id=hostile, link=f"https://e.invalid/{hostile}", title=hostile),
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


def test_what_a_copy_must_say_is_plain_markup_in_the_order_of_reading() -> None:
    """syndication.md §3 «Clean HTML», §6: a grave correction on top, the others at the end."""
    assert words(html_of(republished_item())) == [
        "Correction du 4 mars 2026\u00a0: l’étude dit le contraire.",
        "Un chapô < & d’exemple.",
        "Nour Delmas, présidente, Département d’exemple ; Karim Belhadj",
        "À Carcassonne, en mai. · Jeanne Martin / Exemple · CC BY-ND",
        "Le texte & la suite.",
        "Intertitre",
        "Une image de ce texte n’est pas reproduite\u00a0: ses droits ne le permettent pas.",
        "Correction du 3 mars 2026 : 12 et non 13.",
        "Droit de réponse\u00a0: Réponse d’un maire",
        "Nour Delmas et Karim Belhadj, Solutions solidaires",
        "CC BY-ND",
    ]
    tags = {tag.name for tag in BeautifulSoup(html_of(republished_item()), "html.parser")}
    assert tags == {"p", "figure", "h2"}
    attributes = {
        name
        for tag in BeautifulSoup(html_of(republished_item()), "html.parser").find_all(True)
        for name in tag.attrs
    }
    assert attributes == {"src", "alt", "href", "rel"}


@pytest.mark.parametrize("severity", ["", "minor", "significant"])
def test_a_correction_that_is_not_grave_is_read_last(severity: str) -> None:
    correction = Correction(words="12 et non 13.", severity=severity)
    found = words(html_of(whole_item(corrections=(correction, GRAVE))))
    assert (found[0], found[-2]) == (GRAVE.words, "12 et non 13.")


def test_several_withheld_pictures_are_counted() -> None:
    assert (
        "2 images de ce texte ne sont pas reproduites\u00a0: leurs droits ne le permettent pas."
        in words(html_of(republished_item(withheld_pictures=2)))
    )


@pytest.mark.parametrize(
    ("fields", "markup"),
    [
        ({}, f'<a href="{TERMS.required_link}">{TERMS.credit_line}</a>'),
        ({"credit_line": ""}, f'<a href="{TERMS.required_link}">{TERMS.required_link}</a>'),
        ({"required_link": ""}, f"<p>{TERMS.credit_line}</p>"),
    ],
)
def test_the_credit_links_where_a_link_is_required(fields: dict[str, str], markup: str) -> None:
    assert markup in html_of(republished_item(terms=replace(TERMS, **fields)))


def test_what_is_not_a_copy_of_the_text_bears_no_credit() -> None:
    assert TERMS.credit_line not in html_of(republished_item(content=""))


def test_terms_that_ask_for_no_credit_add_nothing() -> None:
    terms = replace(TERMS, credit_line="", required_link="")
    assert html_of(whole_item(terms=terms)) == html_of(whole_item())


def test_a_right_of_reply_and_its_text_name_each_other() -> None:
    (link,) = BeautifulSoup(html_of(item(replies=(ANSWER,))), "html.parser").find_all("a")
    assert (link["href"], link.get_text()) == (ANSWER.link, ANSWER.title)
    assert words(html_of(item(content="<p>Réponse</p>", replies_to=ANSWER))) == [
        "Droit de réponse au texte\u00a0: Réponse d’un maire",
        "Réponse",
    ]


def test_a_reply_without_title_shows_its_address() -> None:
    assert words(html_of(item(replies=(replace(ANSWER, title=""),)))) == [
        f"Droit de réponse\u00a0: {ANSWER.link}"
    ]


def test_a_withdrawn_text_asks_to_take_copies_down_and_says_nothing_else() -> None:
    assert words(html_of(withdrawn_item())) == [
        "Ce texte a été retiré\u00a0: merci d’en dépublier toutes les copies, images comprises."
        " Motif\u00a0: chiffres faux."
    ]
