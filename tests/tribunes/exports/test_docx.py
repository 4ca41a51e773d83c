"""The docx (reference/syndication.md §9): opened as a desk would, styles and all."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from hypothesis import given, settings

from tests.tribunes import items
from tests.tribunes.exports.hostile import hostile_items
from tribunes.exports.docx import docx
from tribunes.items import Item


def opened(item: Item) -> DocumentObject:
    return Document(BytesIO(docx(item)))


def lines(item: Item) -> list[tuple[str, str]]:
    return [(line.style.name, line.text) for line in opened(item).paragraphs]


def test_the_whole_item_in_the_styles_of_a_desk() -> None:
    assert lines(items.corrected(withheld_pictures=2)) == [
        ("Title", "Une place pour chacun"),
        ("Subtitle", "Vieillir chez soi est une affaire de voisins."),
        ("Normal", "Par Jeanne Martin, présidente, Département du Lot"),
        ("Normal", f"Image\u00a0: Deux voisines au jardin ({items.OPENING.href})"),
        ("Caption", "Au jardin partagé · Photo Ali Benali · CC BY 4.0"),
        ("Normal", "Un texte fort et juste\u202f: voir la source.[1]"),
        ("Heading 2", "Un intertitre"),
        ("Quote", "Personne ne vieillit seul."),
        ("Quote", "— Nour Delmas"),
        ("List Bullet", "un jardin"),
        ("List Bullet", "une halte"),
        ("Caption", "Aidants"),
        ("Heading 2", "Notes"),
        ("List Number", "Enquête de 2025."),
        ("Heading 2", "Signataires"),
        ("List Bullet", "Nour Delmas, directeur, Mutuelle Exemple"),
        ("Normal", "Jeanne Martin\u00a0: Jeanne Martin est infirmière."),
        (
            "Normal",
            "Liens d’intérêts de Jeanne Martin\u00a0: Administratrice de la mutuelle Exemple.",
        ),
        (
            "Normal",
            "Correction importante du 20\u00a0novembre 2026\u00a0: "
            "Le Lot compte 173 000 habitants.",
        ),
        ("Normal", "2 images du texte d’origine ne sont pas reprises ici, faute de droits."),
        ("Normal", "Tribune publiée par Solutions solidaires."),
        ("Normal", f"Texte original\u00a0: {items.TERMS.required_link}"),
        ("Normal", "Licence\u00a0: Reprise intégrale"),
    ]


def test_words_keep_their_weight_and_links_lead_somewhere() -> None:
    (line,) = [p for p in opened(items.usable()).paragraphs if p.text.startswith("Un texte")]
    looks = {run.text: (run.bold, run.italic) for run in line.runs}
    assert looks["fort"] == (True, None)
    assert looks["juste"] == (None, True)
    (link,) = line.hyperlinks
    assert (link.text, link.url) == ("source", "https://exemple.invalid/etude?a=1&b=2")


def test_tables_have_their_cells() -> None:
    (table,) = opened(items.usable()).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Lieu", "Part"],
        ["Lot", "12,5"],
    ]
    assert table.rows[0].cells[0].paragraphs[0].runs[0].bold
    assert [len(row._tr.xpath("w:trPr/w:tblHeader")) for row in table.rows] == [1, 0]


def test_each_numbered_list_begins_at_one() -> None:
    html = "<ol><li>a</li><li>b</li></ol><p>c</p><ol><li>d</li></ol>"
    numbered = [p for p in opened(items.usable(html=html)).paragraphs if p.text in ("a", "b", "d")]
    first, same, other = (p._p.pPr.numPr.numId.val for p in numbered)
    assert first == same != other


def test_lists_in_lists_go_deeper() -> None:
    html = "<ul><li>a<ul><li>b<ul><li>c<ul><li>d</li></ul></li></ul></li></ul></li></ul>"
    styles = [style for style, text in lines(items.usable(html=html)) if text in set("abcd")]
    assert styles == ["List Bullet", "List Bullet 2", "List Bullet 3", "List Bullet 3"]


def test_properties_are_those_of_the_item() -> None:
    document = opened(items.usable())
    properties = document.core_properties
    assert properties.title == "Une place pour chacun"
    assert properties.author == "Jeanne Martin"
    assert properties.language == "fr-FR"
    assert properties.identifier == items.usable().id
    dated = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
    assert properties.created == properties.modified == dated
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "fr-FR"


def test_long_titles_fit_in_properties() -> None:
    properties = opened(items.usable(headline="é" * 400)).core_properties
    assert properties.title == "é" * 255


@pytest.mark.parametrize("name", items.EVERY_KIND)
def test_same_item_same_bytes(name: str) -> None:
    item = items.EVERY_KIND[name]
    first = docx(item)
    assert docx(item) == first
    with ZipFile(BytesIO(first)) as archive:
        assert archive.testzip() is None
        dates = {entry.date_time for entry in archive.infolist()}
    assert dates == {item.version_created.astimezone(UTC).timetuple()[:6]}


def test_a_withdrawn_text_asks_to_be_unpublished() -> None:
    title, notice = lines(items.withdrawn())
    assert title == ("Title", "[RETIRÉ] Une place pour chacun")
    assert "dépubliez-le" in notice[1]


@settings(max_examples=40, deadline=None)
@given(hostile_items())
def test_nothing_breaks_the_document(item: Item) -> None:
    assert opened(item).paragraphs[0].style.name == "Title"
