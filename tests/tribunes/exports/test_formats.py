"""The registry of formats: doors ask it, and it alone, who writes what."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.tribunes import items
from tests.tribunes.exports.links import LINKS
from tribunes.exports import FORMATS, Wish
from tribunes.items import Item

WISH = Wish(links=LINKS, pictures=lambda: {7: items.JPEG})


def written(name: str, item: Item, wish: Wish = WISH) -> bytes:
    return FORMATS[name].write(item, wish)


def test_every_suffix_of_the_contract_has_a_format() -> None:
    suffixes = {format_.suffix for format_ in FORMATS.values()}
    assert suffixes == {"json", "ninjs", "xml", "html", "txt", "docx", "zip"}


def test_media_types_tell_formats_apart() -> None:
    assert len({format_.media_type for format_ in FORMATS.values()}) == len(FORMATS)
    assert FORMATS["html"].content_type == "text/html; charset=utf-8"
    assert FORMATS["json"].content_type == "application/json"


@pytest.mark.parametrize("kind", items.EVERY_KIND)
@pytest.mark.parametrize("name", FORMATS)
def test_same_item_same_bytes(name: str, kind: str) -> None:
    item = items.EVERY_KIND[kind]
    assert written(name, item) == written(name, item) != b""


@pytest.mark.parametrize("name", FORMATS)
def test_a_withdrawn_item_has_a_marked_title_and_no_text_in_any_format(name: str) -> None:
    told = unpacked(written(name, items.withdrawn()))
    assert "[RETIRÉ] Une place pour chacun" in told
    assert "Un texte" not in told


@pytest.mark.parametrize("name", FORMATS)
def test_corrections_travel_in_every_format(name: str) -> None:
    assert items.CORRECTION.text in unpacked(written(name, items.corrected()))


@pytest.mark.parametrize("name", FORMATS)
def test_the_end_of_an_embargo_travels_in_every_format(name: str) -> None:
    told = unpacked(written(name, items.embargoed()))
    assert "Sous embargo" in told or "2026-12-01T06:30:00+00:00" in told


@pytest.mark.parametrize("name", FORMATS)
def test_credit_licence_and_link_travel_in_every_format(name: str) -> None:
    told = unpacked(written(name, items.usable()))
    for words in (items.TERMS.credit_line, items.TERMS.required_link):
        assert words in told
    assert items.TERMS.url in told or items.TERMS.name in told


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_asked_of_desks_stays_out_of_what_they_paste(name: str) -> None:
    told = unpacked(written(name, items.usable()))
    assert (items.TERMS.usage in told) == (name not in {"html", "text", "docx"})


def test_html_is_a_page_or_a_fragment_at_the_level_asked() -> None:
    assert written("html", items.usable()).startswith(b"<!doctype html>")
    fragment = written("html", items.usable(), Wish(links=LINKS, headings=4))
    assert fragment.startswith(b'<article lang="fr">\n<h4>')


def test_pictures_are_read_for_the_archive_alone() -> None:
    def refuse() -> dict[int, bytes]:
        raise AssertionError

    wish = Wish(links=LINKS, pictures=refuse)
    for name in set(FORMATS) - {"zip"}:
        written(name, items.usable(), wish)


def unpacked(content: bytes) -> str:
    """Return what bytes say, those inside archives as well."""
    if not content.startswith(b"PK"):
        try:
            return json.dumps(json.loads(content), ensure_ascii=False)
        except ValueError:
            return content.decode(errors="replace")
    with ZipFile(BytesIO(content)) as archive:
        return "\n".join(unpacked(archive.read(name)) for name in archive.namelist())
