"""What must not leak with what is published: each of these was a defect once."""

import io
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image as Pillow
from wagtail.models import PageViewRestriction, ReferenceIndex

from focus.models import ArticlePage, ForumPage, InsertPage, PageApproval
from focus.pdf.split import split
from focus.pdf.text import paragraphs
from focus.pdf.web import web_version
from focus.print_desk import approvals, links
from tests.factories import bodies
from tests.factories.cms import ImageFactory, PersonFactory
from tests.factories.focus import (
    ArticleFactory,
    FocusFactory,
    ForumFactory,
    InsertFactory,
    publish,
)
from tests.factories.tribunes import TribuneFactory
from tests.focus import print_room
from tests.focus.packages import someone
from tests.focus.pdfs import altered, draw, good, photo, picture
from tests.focus.print_room import newsroom
from tests.focus.test_matrix import with_exif
from tests.services import S3

__all__ = ["newsroom"]

site = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]


# 1. What lies outside the finished page, or is attached to it, is in the public PDF and on the page


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return good(tmp_path_factory.mktemp("sheet") / "une.pdf", pages=1)


def public(sheet: Path, folder: Path, change: Any) -> Path:
    (page,) = split(altered(sheet, folder / "changed.pdf", change), folder)
    web_version([page], folder / "web.pdf", title="Cahier")
    return folder / "web.pdf"


def everything(path: Path) -> bytes:
    found = []
    with pikepdf.open(path) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                raw = each.read_raw_bytes()
                found.append(raw)
                for read in (each.read_bytes, lambda raw=raw: zlib.decompress(raw)):
                    with suppress(pikepdf.PdfError, zlib.error):
                        found.append(read())
    return b" ".join(found)


def note_in_the_slug(pdf: Pdf) -> None:
    page = pdf.pages[0]
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    page.Resources.Font.FX = pdf.make_indirect(font)
    page.contents_add(b"q BT /FX 6 Tf 2 5 Td (Maquette Camille 0601020304) Tj ET Q")


def test_words_outside_the_finished_page_are_not_read_to_the_public(
    sheet: Path, tmp_path: Path
) -> None:
    (page,) = split(altered(sheet, tmp_path / "slug.pdf", note_in_the_slug), tmp_path)
    words = " ".join(paragraphs(page, 1))
    assert "exemple de cahier" in words
    assert "0601020304" not in words


def test_words_outside_the_finished_page_are_not_in_the_public_pdf(
    sheet: Path, tmp_path: Path
) -> None:
    target = public(sheet, tmp_path, note_in_the_slug)
    assert b"0601020304" not in everything(target)


@pytest.mark.parametrize("coarse", [True, False])
@pytest.mark.parametrize("filters", [["/DCTDecode"], ["/FlateDecode", "/DCTDecode"]])
def test_a_photo_whose_filter_is_a_list_is_written_anew_too(
    filters: list[str], coarse: bool, sheet: Path, tmp_path: Path
) -> None:
    def change(pdf: Pdf) -> None:
        image = photo(pdf, "RGB", side=100, colour=(1, 90, 1))
        data = with_exif("secret appareil")
        data = zlib.compress(data) if filters[0] == "/FlateDecode" else data
        image.write(data, filter=Array([Name(name) for name in filters]))
        image.Filter = Array([Name(name) for name in filters])
        side = 200 if coarse else 20
        draw(pdf, f"{side} 0 0 {side} 60 60 cm /Im Do", XObject=Dictionary(Im=image))

    assert b"secret appareil" not in everything(public(sheet, tmp_path, change))


def test_metadata_of_marked_content_stays_private(sheet: Path, tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0]
        secret = pdf.make_stream(b"secret of the layout")
        page.Resources.Properties = Dictionary(MC0=Dictionary(Metadata=secret))
        page.contents_add(b"/Placed /MC0 BDC EMC")

    assert b"secret of the layout" not in everything(public(sheet, tmp_path, change))


def test_the_alternate_in_high_definition_stays_private(sheet: Path, tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        image = photo(pdf, "RGB", side=300, colour=(1, 90, 1))
        fine = picture(pdf, side=900)
        image.Alternates = Array([Dictionary(Image=fine, DefaultForPrinting=True)])
        draw(pdf, "72 0 0 72 60 60 cm /Im Do", XObject=Dictionary(Im=image))

    with pikepdf.open(public(sheet, tmp_path, change)) as pdf:
        widths = [
            int(o.Width) for o in pdf.objects if isinstance(o, pikepdf.Stream) and "/Width" in o
        ]
    assert widths
    assert 900 not in widths


# 2. A refusal that comes at the same moment as a BAT leaves the BAT standing


@pytest.mark.django_db
@pytest.mark.usefixtures("newsroom", "s3")
@pytest.mark.parametrize("by_account", [True, False])
def test_a_refusal_does_not_pass_over_a_bat_given_at_the_same_time(by_account: bool) -> None:
    insert = print_room.cahier()
    version = print_room.version(print_room.page_of(insert))
    (_, one), (_, two) = (links.create(version, None, name=name) for name in "AB")
    slow = links.find(one)  # the refusal has read the page…
    if by_account:
        approvals.approve(version, someone())
    else:
        links.approve(links.find(two), name="B")  # …and somebody signs it meanwhile
    with suppress(links.DeskRefused):
        links.refuse(slow, name="A", comment="Non.")
    page = print_room.page_of(insert)
    standing = PageApproval.objects.filter(version__page=page, taken_back_at=None).exists()
    assert (page.state == InsertPage.State.APPROVED) == standing


# 3. Feeds go on naming a page that is not public any more, and quote a forum that is not


def referring() -> tuple[ArticlePage, ForumPage, Any]:
    """An article that is out, with an extract of a forum and a teaser of another focus."""
    there = FocusFactory(out=True)
    forum = ForumFactory(parent=there, title="Le grand soir")
    publish(forum)
    tribune = TribuneFactory(parent=there, title="Une colonne", published=True)
    article = ArticleFactory(
        parent=FocusFactory(out=True),
        body=bodies.stream(
            bodies.chosen("tribune_teaser", tribune), bodies.extract(forum, quote="On y a dit ceci")
        ),
        published=True,
    )
    call_command("publish", stale=True, verbosity=0)
    ReferenceIndex.create_or_update_for_object(ArticlePage.objects.get(pk=article.pk))
    return article, forum, tribune


def feed_of(s3: S3, article: ArticlePage) -> str:
    call_command("publish", stale=True, verbosity=0)
    return s3.get(f"focus/{article.get_parent().specific.feed_slug}/rss.xml").text


@pytest.mark.django_db
@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize("way", ["unpublished", "restricted", "deleted"])
def test_a_feed_names_no_page_that_is_hidden_since(way: str, s3: S3) -> None:
    article, *named = referring()
    assert all(title in feed_of(s3, article) for title in ("Le grand soir", "Une colonne"))
    for page in named:
        page = type(page).objects.get(pk=page.pk)
        if way == "unpublished":
            page.unpublish()
        elif way == "deleted":
            page.delete()
        else:
            PageViewRestriction.objects.create(page=page, restriction_type="login")
    feed = feed_of(s3, article)
    assert str(article.uuid) in feed
    assert [title for title in ("Le grand soir", "Une colonne") if title in feed] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("newsroom")
def test_a_feed_quotes_no_forum_that_is_hidden_as_the_page_does(s3: S3) -> None:
    article, forum, _ = referring()
    url = article.get_url()

    def quoted() -> tuple[bool, bool]:
        call_command("publish", all=True, verbosity=0)
        return "On y a dit" in Client().get(url).content.decode(), "On y a dit" in feed_of(
            s3, article
        )

    assert quoted() == (True, True)
    ForumPage.objects.get(pk=forum.pk).unpublish()
    assert quoted() == (False, False)


# 4. What cameras noted (where somebody lives) is in every public JPEG


@pytest.mark.django_db
@pytest.mark.usefixtures("newsroom")
@pytest.mark.parametrize("noted", ["exif", "comment"])
def test_public_pictures_tell_nothing_that_the_camera_noted(noted: str, s3: S3) -> None:
    written, exif = io.BytesIO(), Pillow.Exif()
    exif[0x010E] = "SECRET"
    notes = {"exif": {"exif": exif}, "comment": {"comment": b"SECRET"}}[noted]
    Pillow.new("RGB", (700, 500), "green").save(written, "JPEG", **notes)
    assert b"SECRET" in written.getvalue()
    image = ImageFactory(file=ContentFile(written.getvalue(), "photo.jpg"))
    focus = FocusFactory(out=True, cover=image)
    ArticleFactory(
        parent=focus, picture=image, people=[PersonFactory(portrait=image)], published=True
    )
    call_command("publish", stale=True, verbosity=0)
    keys = [key for key in s3.keys() if key.endswith(".jpg")]
    assert {key.partition("/")[0] for key in keys} == {"focus", "people", "texts"}
    assert [key for key in keys if b"SECRET" in s3.get(key).content] == []


# 5. A PDF that is checked before a BAT is held in memory as a whole, up to 300 MB a request


@pytest.mark.django_db
@pytest.mark.usefixtures("newsroom", "s3")
def test_a_big_pdf_is_read_from_disk() -> None:
    version = print_room.version(print_room.page_of(print_room.cahier()))
    version.pdf.save("big.pdf", ContentFile(b"%PDF" + b"x" * 9_000_000))
    with version.pdf.open() as pdf:
        pdf.read(1)
        held = pdf.file
        while not hasattr(held, "_rolled"):
            held = held.file
        assert held._rolled


# 6. Pages that stay online name a focus that was unpublished by itself


@pytest.mark.django_db
@pytest.mark.usefixtures("newsroom", "s3")
@pytest.mark.parametrize("factory", [ForumFactory, InsertFactory])
def test_a_page_does_not_name_a_focus_that_is_not_public(factory: Any) -> None:
    focus = FocusFactory(out=True, title="Un focus secret")
    page = factory(parent=focus)
    publish(page)
    url = page.get_url()
    assert "Un focus secret" in Client().get(url).content.decode()
    type(focus).objects.get(pk=focus.pk).unpublish()
    answer = Client().get(url)
    assert answer.status_code == 200
    assert "Un focus secret" not in answer.content.decode()
