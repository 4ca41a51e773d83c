"""The text of a page can be listened to."""

from pathlib import Path

import pytest

from focus.pdf.leash import PdfFailed
from focus.pdf.text import paragraphs
from tests.focus.pdfs import altered, draw
from tests.focus.typeset import HTML

STORY = (
    "Les départements expérimentent aujourd’hui des dispositifs extraordinairement nouveaux"
    " d’accompagnement, particulièrement dans les territoires."
)


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of a newspaper: a title over four narrow columns, justified and hyphenated."""
    stories = "".join(f"<p>Dans le {number}, {STORY.lower()}</p>" for number in range(40))
    path = tmp_path_factory.mktemp("text") / "page.pdf"
    HTML(
        string=f"""<html lang=fr><style>
            @page {{ size: 289mm 370mm; margin: 15mm }}
            body {{ font: 9pt/11pt "DejaVu Serif"; text-align: justify; hyphens: auto }}
            article {{ columns: 4; column-gap: 5mm }}
            p {{ margin: 0; text-indent: 1em }}
            h1 {{ font-size: 30pt; line-height: 1.1; text-align: left }}
            </style><h1>La solidarité se construit au plus près de celles et ceux qui en ont
            besoin</h1><article>{stories}</article></html>"""
    ).write_pdf(path)
    return path


def test_a_page_of_a_newspaper_is_read_in_order(newspaper: Path) -> None:
    title, *stories = paragraphs(newspaper, 1)
    assert title == ("La solidarité se construit au plus près de celles et ceux qui en ont besoin")
    assert stories == [f"Dans le {number}, {STORY.lower()}" for number in range(40)]


def test_each_page_has_its_own_text(good_pdf: Path) -> None:
    assert paragraphs(good_pdf, 2) == ["Page 2 d’un exemple de cahier"]


def test_a_page_without_text(good_pdf: Path, tmp_path: Path) -> None:
    def change(pdf: object) -> None:
        pdf.pages[0].Contents = pdf.make_stream(b"")

    assert paragraphs(altered(good_pdf, tmp_path / "empty.pdf", change), 1) == []


def test_what_cannot_be_stored_is_left_out(good_pdf: Path, tmp_path: Path) -> None:
    path = altered(
        good_pdf,
        tmp_path / "odd.pdf",
        lambda pdf: draw(pdf, r"BT /R9 12 Tf 40 100 Td (a\000\001\377b) Tj ET"),
    )
    text = "".join(paragraphs(path, 1))
    assert text.replace("\u00ff", "").isprintable()


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there(good_pdf: Path, page: int) -> None:
    with pytest.raises(PdfFailed):
        paragraphs(good_pdf, page)
