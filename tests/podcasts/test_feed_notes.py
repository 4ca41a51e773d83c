"""What apps read of an episode: the editor’s words first, then links and chapters if they fit."""

import pytest

from podcasts.chapters import Chapter, description_lines
from podcasts.feed_notes import compose, page_links
from podcasts.feed_rows import LinkRow
from podcasts.notes import MAX_BYTES
from tests.factories.cms import HomePageFactory

LINK = LinkRow(title="L’étude <complète> & ses annexes", url="https://exemple.invalid/?a=1&b=2")
LINES = description_lines(
    [Chapter(0, "Ouverture"), Chapter(62, "« L’avis » de l'élue & <la> suite")]
)
READING = (
    "<p><b>Pour aller plus loin</b></p><ul><li>"
    '<a href="https://exemple.invalid/?a=1&amp;b=2">L’étude &lt;complète&gt; &amp; ses annexes</a>'
    "</li></ul>"
)
CHAPTERS = (
    "<p><b>Chapitres</b></p><p>00:00:00 Ouverture</p>"
    "<p>00:01:02 « L’avis » de l'élue &amp; &lt;la&gt; suite</p>"
)


def notes(size: int) -> str:
    """Return notes of as many bytes."""
    return f"<p>{'x' * (size - 7)}</p>"


def test_links_then_chapters_follow_the_notes() -> None:
    assert compose("<p>Notes.</p>", {}, [LINK], LINES) == f"<p>Notes.</p>{READING}{CHAPTERS}"


def test_nothing_is_announced_that_is_not_there() -> None:
    assert compose("<p>Notes.</p>", {}, [], []) == "<p>Notes.</p>"
    assert compose("", {}, [], []) == ""


def test_a_link_that_leads_nowhere_is_no_link() -> None:
    html = compose("", {}, [LinkRow(title="Ici", url="javascript:alert(1)")], [])
    assert html.endswith("<ul><li>Ici</li></ul>")


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (len((READING + CHAPTERS).encode()), READING + CHAPTERS),
        (len((READING + CHAPTERS).encode()) - 1, READING),
        (len(CHAPTERS.encode()), CHAPTERS),
        (len(CHAPTERS.encode()) - 1, ""),
    ],
)
def test_what_does_not_fit_whole_is_left_out_and_the_notes_stay(room: int, expected: str) -> None:
    text = notes(MAX_BYTES - room)
    assert compose(text, {}, [LINK], LINES) == text + expected


def test_long_notes_are_cut_as_if_nothing_followed() -> None:
    text = "<p>Une phrase d’exemple, assez longue.</p>" * 200
    html = compose(text, {}, [LINK] * 50, LINES * 50)
    assert html == compose(text, {}, [], [])
    assert len(html.encode()) <= MAX_BYTES


@pytest.mark.django_db
@pytest.mark.parametrize(
    "anchor",
    [
        '<a linktype="page" id="{}">',
        '<a id="{}" linktype="page">',
        '<a id="{}" x="y" linktype="page">',
    ],
)
def test_links_to_pages_get_their_address(anchor: str) -> None:
    home = HomePageFactory()
    text = f'<p>{anchor.format(home.pk)}ici</a>, <a linktype="document" id="{home.pk}">là</a></p>'
    pages = page_links([text, "<p>sans lien</p>"])
    assert pages == {home.pk: home.full_url}
    assert f'<a href="{home.full_url}">ici</a>, là' in compose(text, pages, [], [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["", '<a linktype="document" id="1">', '<a linktype="page" id="99">']
)
def test_links_to_nothing_get_none(text: str) -> None:
    assert page_links([text]) == {}
