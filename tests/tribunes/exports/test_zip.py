"""The archive of a tribune (reference/syndication.md §9): all that one needs, nothing withheld."""

import csv
import io
import json
import re
from dataclasses import replace
from zipfile import ZipFile

import pytest
from docx import Document

from tests.contracts.ninjs import problems
from tests.tribunes import items
from tribunes.exports.credits import credits_csv
from tribunes.exports.zip import archive
from tribunes.items import Item

PICTURES = {7: items.JPEG, 8: b"a picture that may not travel"}


def contents(item: Item) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(archive(item, PICTURES))) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def test_it_holds_text_pictures_credits_and_terms() -> None:
    found = contents(items.usable())
    folder = "une-place-pour-chacun"
    assert list(found) == [
        f"{folder}/{name}"
        for name in (
            "texte.html",
            "texte.txt",
            "texte.docx",
            "texte.ninjs.json",
            "LICENCE.txt",
            "credits.csv",
            "images/image-7.jpeg",
        )
    ]
    assert found[f"{folder}/images/image-7.jpeg"] == items.JPEG
    assert b"<h1>Une place pour chacun</h1>" in found[f"{folder}/texte.html"]
    assert found[f"{folder}/texte.txt"].decode().startswith("Une place pour chacun\n\n")
    assert Document(io.BytesIO(found[f"{folder}/texte.docx"])).paragraphs
    assert problems(json.loads(found[f"{folder}/texte.ninjs.json"])) == []


def test_the_page_shows_the_pictures_of_the_archive() -> None:
    page = contents(items.usable())["une-place-pour-chacun/texte.html"].decode()
    assert set(re.findall(r'<img src="([^"]+)"', page)) == {"images/image-7.jpeg"}


def test_credits_are_read_back_with_the_names_of_the_files() -> None:
    text = contents(items.usable())["une-place-pour-chacun/credits.csv"].decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert row["fichier"] == "images/image-7.jpeg"
    assert row["crédit"] == "Photo Ali Benali"
    assert row["titulaire des droits"] == "Ali Benali"
    assert row["fin des droits"] == "2027-12-31"


def test_terms_are_in_french() -> None:
    licence = contents(items.usable())["une-place-pour-chacun/LICENCE.txt"].decode()
    assert licence.split("\r\n") == [
        f"Licence\u00a0: Reprise intégrale (tribune-integrale), {items.TERMS.url}",
        items.TERMS.usage,
        f"Lien à garder\u00a0: {items.TERMS.required_link}",
        "La fouille de textes et de données est réservée.",
        "",
    ]


def test_pictures_that_may_not_travel_stay_out_whatever_is_handed_over() -> None:
    found = contents(items.without_pictures())
    assert not [name for name in found if "images/" in name or name.endswith(".csv")]
    assert not [name for name, content in found.items() if PICTURES[8] in content]


def test_a_picture_that_may_travel_is_never_forgotten() -> None:
    with pytest.raises(KeyError):
        archive(items.usable(), {})


def test_a_withdrawn_text_brings_its_notice_alone() -> None:
    found = contents(items.withdrawn())
    assert [name.partition("/")[2] for name in found] == [
        "texte.html",
        "texte.txt",
        "texte.docx",
        "texte.ninjs.json",
    ]


def test_same_item_same_bytes() -> None:
    first = archive(items.usable(), PICTURES)
    assert archive(items.usable(), PICTURES) == first
    with ZipFile(io.BytesIO(first)) as opened:
        dates = {entry.date_time for entry in opened.infolist()}
    assert dates == {(2026, 11, 18, 6, 0, 0)}


def test_names_are_safe() -> None:
    found = contents(items.usable(headline="../../etc/passwd\x00 «\u202fé\u202f»"))
    assert {name.partition("/")[0] for name in found} == {"etcpasswd-e"}
    found = contents(items.usable(headline="???"))
    assert {name.partition("/")[0] for name in found} == {items.usable().uuid}


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1"])
def test_cells_are_no_formulas(cell: str) -> None:
    rows = credits_csv({"a.jpg": replace(items.OPENING, credit=cell)}).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(rows, newline=""), delimiter=";")
    assert row["crédit"] == f"'{cell}"
