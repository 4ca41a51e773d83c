"""A page is seen as it will be cut, whatever its size."""

import io
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Pdf
from PIL import Image

from focus.pdf.leash import PdfFailed
from focus.pdf.render import thumbnail
from tests.focus.pdfs import altered, draw, picture


def seen(path: Path, page: int = 1, width: int = 200) -> Image.Image:
    """Return the picture of a page."""
    image = Image.open(io.BytesIO(thumbnail(path, page, width)))
    assert image.format == "WEBP"
    return image


def test_the_picture_is_as_wide_as_asked_for_and_cut_at_the_trim_box(good_pdf: Path) -> None:
    assert seen(good_pdf).size == (200, 280)
    assert seen(good_pdf, 2, 500).size == (500, 700)


def test_what_is_cut_off_is_not_seen(good_pdf: Path, tmp_path: Path) -> None:
    path = altered(
        good_pdf,
        tmp_path / "marks.pdf",
        lambda pdf: draw(pdf, "0 0 0 1 k 0 0 27 460 re f 40 40 100 100 re f"),
    )
    image = seen(path).convert("L")
    assert image.getpixel((1, 100)) > 150
    assert image.getpixel((60, 230)) < 60


def test_the_same_file_gives_the_same_bytes(good_pdf: Path) -> None:
    assert thumbnail(good_pdf, 1, 200) == thumbnail(good_pdf, 1, 200)


@pytest.mark.parametrize(
    ("sides", "size"),
    [
        ((14_173, 14_173), (400, 400)),
        ((1, 1), (400, 400)),
        ((1, 14_173), (1, 4000)),
        ((14_173, 1), (400, 1)),
    ],
)
def test_a_page_of_a_strange_size(
    good_pdf: Path, tmp_path: Path, sides: tuple[int, int], size: tuple[int, int]
) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = page.TrimBox = page.BleedBox = Array([0, 0, *sides])

    assert seen(altered(good_pdf, tmp_path / "strange.pdf", change), width=400).size == size


def test_a_picture_of_monstrous_size_is_left_out_without_harm(
    good_pdf: Path, tmp_path: Path
) -> None:
    def change(pdf: Pdf) -> None:
        image = picture(pdf)
        image.Width = image.Height = 60_000
        draw(pdf, "200 0 0 200 40 40 cm /Im Do", XObject=Dictionary(Im=image))

    assert seen(altered(good_pdf, tmp_path / "heavy.pdf", change)).size == (200, 280)


def test_a_file_that_is_no_pdf_fails(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("Bonjour")
    with pytest.raises(PdfFailed):
        thumbnail(path, 1, 200)
