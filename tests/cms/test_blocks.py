"""What can be typed in notes."""

import pytest
from wagtail.blocks import StreamBlockValidationError

from cms.blocks import LinksBlock, NotesBlock

pytestmark = pytest.mark.django_db


def typed(html: str) -> str:
    """Return what is left of some HTML once the notes editor has opened and saved it."""
    block = NotesBlock().child_blocks["paragraph"]
    converter = block.field.widget.converter
    return converter.to_database_format(converter.from_database_format(html))


def test_notes_keep_what_podcast_apps_keep() -> None:
    kept = typed(
        '<p>Un <b>mot</b>, un <i>autre</i>, un <a href="https://exemple.invalid/">lien</a></p>'
        "<ul><li>puce</li></ul><ol><li>rang</li></ol>"
    )
    for tag in ("<b>mot</b>", "<i>autre</i>", 'href="https://exemple.invalid/"', "<ul>", "<ol>"):
        assert tag in kept


def test_notes_have_no_heading_picture_or_embed() -> None:
    left = typed('<h2>Titre</h2><hr/><embed embedtype="image" id="1" alt="" format="left"/>')
    assert "Titre" in left
    for tag in ("<h2", "<hr", "<embed"):
        assert tag not in left


def test_a_link_needs_a_title_and_a_whole_address() -> None:
    block = LinksBlock()
    value = block.to_python(
        [{"type": "link", "value": {"title": "Le site", "url": "https://exemple.invalid/"}}]
    )
    assert block.clean(value)[0].value["title"] == "Le site"
    for wrong in ({"title": "", "url": "https://exemple.invalid/"}, {"title": "Site", "url": "x"}):
        with pytest.raises(StreamBlockValidationError):
            block.clean(block.to_python([{"type": "link", "value": wrong}]))
