"""The cahier on the web is light, titled, looks the same, and tells nothing private."""

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageChops

from focus.pdf.leash import PdfFailed
from focus.pdf.render import thumbnail
from focus.pdf.split import split
from focus.pdf.text import paragraphs
from focus.pdf.web import web_version
from tests.focus.pdfs import altered, draw, photo, picture

TITLE = "Cahier « d’exemple »"


def light(pages: list[Path], **options: int) -> Path:
    """Make the version for the web."""
    target = pages[0].with_name("web.pdf")
    web_version(pages, target, title=TITLE, **options)
    return target


@pytest.fixture
def pages(good_pdf: Path, tmp_path: Path) -> list[Path]:
    """Two pages, the first with pictures of every kind."""

    def change(pdf: Pdf) -> None:
        faded = picture(pdf, side=600)
        faded.SMask = picture(pdf, Name.DeviceGray, side=600, inks=1, value=128)
        profile = pdf.Root.OutputIntents[0].DestOutputProfile
        images = {
            "A": photo(pdf, colour=(200, 30, 30, 10)),
            "B": photo(pdf, "RGB", colour=(200, 30, 30)),
            "C": photo(pdf, "L", colour=(120,)),
            "D": picture(pdf, side=600),
            "E": picture(pdf, Array([Name.ICCBased, profile]), side=600, value=90),
            "F": faded,
        }
        images["A"].Metadata = pdf.make_stream(b"secret of the photographer")
        places = "".join(
            f"q 72 0 0 72 {60 + 80 * (n % 3)} {60 + 100 * (n // 3)} cm /{name} Do Q "
            for n, name in enumerate(images)
        )
        draw(pdf, places, XObject=Dictionary({f"/{name}": it for name, it in images.items()}))

    path = altered(good_pdf, tmp_path / "pictures.pdf", change)
    return split(path, tmp_path)


def test_pages_are_joined_in_order_and_cut(pages: list[Path]) -> None:
    target = light(pages)
    assert [paragraphs(target, number) for number in (1, 2)] == [
        ["Page 1 d’un exemple de cahier"],
        ["Page 2 d’un exemple de cahier"],
    ]
    with pikepdf.open(target) as whole, pikepdf.open(pages[0]) as page:
        assert list(whole.pages[0].MediaBox) == list(page.pages[0].TrimBox)


def test_pages_look_the_same(pages: list[Path]) -> None:
    target = light(pages)
    before, after = (
        Image.open(io.BytesIO(thumbnail(path, 1, 300))).convert("RGB")
        for path in (pages[0], target)
    )
    difference = ImageChops.difference(before, after)
    assert before.size == after.size
    assert max(high for _, high in difference.getextrema()) < 40
    assert sum(difference.convert("L").histogram()[12:]) < 300  # edges of pictures


def test_pictures_are_as_fine_as_a_screen_shows_them(pages: list[Path]) -> None:
    with pikepdf.open(light(pages, ppi=100)) as whole:
        found = [each for each in whole.objects if isinstance(each, Stream) and "/Width" in each]
        assert len(found) >= 7
        assert {int(image.Width) for image in found} == {100}
        assert {str(image.Filter) for image in found} == {"/DCTDecode"}


def test_a_picture_that_is_coarse_already_keeps_its_pixels(good_pdf: Path, tmp_path: Path) -> None:
    path = altered(
        good_pdf,
        tmp_path / "coarse.pdf",
        lambda pdf: draw(
            pdf,
            "200 0 0 200 40 40 cm /Im Do",
            XObject=Dictionary(Im=photo(pdf, side=300, colour=(9, 9, 9, 9))),
        ),
    )
    with pikepdf.open(light([path])) as whole:
        widths = [
            int(each.Width)
            for each in whole.objects
            if isinstance(each, Stream) and "/Width" in each
        ]
    assert 300 in widths


def test_nothing_private_comes_along(pages: list[Path]) -> None:
    target = light(pages)
    with pikepdf.open(target) as whole:
        assert "/OutputIntents" not in whole.Root
        assert set(whole.docinfo.keys()) == {"/Title"}
        for page in whole.pages:
            assert not {"/Annots", "/TrimBox", "/BleedBox", "/PieceInfo"} & set(page.obj.keys())
        for each in whole.objects:
            if isinstance(each, Stream):
                assert b"secret" not in each.read_raw_bytes()
        assert whole.check_pdf_syntax() == []


def test_reading_programs_are_told_the_language_and_the_title(pages: list[Path]) -> None:
    with pikepdf.open(light(pages)) as whole:
        assert whole.Root.Lang == "fr"
        assert whole.Root.ViewerPreferences.DisplayDocTitle is True
        metadata = whole.open_metadata()
        assert (metadata["dc:title"], metadata["dc:language"]) == (TITLE, {"fr"})
        assert whole.docinfo.Title == TITLE


def test_the_same_pages_give_the_same_bytes(pages: list[Path]) -> None:
    assert light(pages).read_bytes() == light(pages).read_bytes()


def test_fonts_that_pages_share_are_kept_once(pages: list[Path]) -> None:
    with pikepdf.open(light([pages[0], pages[0], pages[0]])) as whole:
        fonts = {page.Resources.Font.R9.FontDescriptor.FontFile3.objgen for page in whole.pages}
        assert len(fonts) == 1


def test_a_page_that_is_no_pdf_fails(pages: list[Path], tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_text("Bonjour")
    with pytest.raises(PdfFailed):
        light([pages[0], bad])
