"""What readers see of a body, block by block, and what they must never see."""

from datetime import timedelta
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from benchmarks.measure import queries
from cms.models import Image
from focus.models import ArticlePage, FocusPage, ForumPart
from tests.factories import bodies
from tests.factories.cms import ImageFactory
from tests.factories.focus import ArticleFactory, FocusFactory, ForumFactory, publish
from tests.factories.podcasts import AudioFactory, CoverFactory, EpisodeFactory, ShowFactory
from tests.factories.tribunes import TribuneFactory
from tests.pages import bring_online, note_object, note_picture, read, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(out=True)


def article(focus: FocusPage, *blocks: dict[str, Any]) -> ArticlePage:
    """Publish an article made of these blocks, with its pictures."""
    page = ArticleFactory(parent=focus, body=bodies.stream(*blocks), published=True)
    bring_online(page)
    return page


def body(focus: FocusPage, *blocks: dict[str, Any]) -> Tag:
    """Return the body of an article made of these blocks, as anybody reads it."""
    return body_of(article(focus, *blocks))


def body_of(page: ArticlePage) -> Tag:
    """Return the body of an article as anybody reads it."""
    return read(Client(), page).select_one(".text-body")


def cost(page: ArticlePage) -> int:
    """Return how many queries a page takes, once the caches of the site are full."""
    body_of(page)
    return queries(lambda: body_of(page))


def restrict(page: Page) -> None:
    """Ask readers of a page for a login."""
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_words_keep_their_marks_and_get_french_spaces(focus: FocusPage) -> None:
    text = body(focus, bodies.paragraph("<p>Un <b>mot</b> ; <i>deux</i> ?</p><ul><li>un</li></ul>"))
    assert str(text.p) == "<p>Un <b>mot</b>\u202f; <i>deux</i>\u202f?</p>"
    assert text_of(text.ul.li) == "un"


def test_an_intertitre_a_box_and_quotes_are_what_they_are(focus: FocusPage) -> None:
    heading = {"type": "heading", "value": "Et après ?"}
    text = body(focus, heading, bodies.BOX, bodies.PULL_QUOTE, bodies.QUOTE)
    assert [text_of(title) for title in text.select("h2")] == [
        "Et après\u202f?",
        "Comment ça marche\u202f?",
    ]
    assert text_of(text.select_one("aside p")) == "Un encadré d’exemple [1]."
    said = [text_of(figure) for figure in text.select("figure.pull-quote")]
    assert said[1] == "Le bus du jeudi, c’est ma semaine\u202f! Maryse, 84 ans"
    assert len(text.select("blockquote")) == 2


def test_key_figures_are_terms_and_their_figures(focus: FocusPage) -> None:
    figures = body(focus, bodies.KEY_FIGURES).select(".key-figures dl > div")
    assert [(text_of(each.dt), text_of(each.dd)) for each in figures][:2] == [
        ("ne connaît pas ses voisins", "1 sur 3"),
        ("visites rendues en un an", "12 400"),
    ]
    assert [text_of(each) for each in body_sources(figures)] == ["Source\u00a0: exemple"] * 2


def body_sources(figures: list[Tag]) -> list[Tag]:
    """Return where figures come from."""
    return [source for figure in figures for source in figure.select(".source")]


def test_a_table_names_its_columns_and_rows(focus: FocusPage) -> None:
    table = body(focus, bodies.TABLE).table
    assert text_of(table.caption) == "Visites rendues en 2025"
    assert [cell["scope"] for cell in table.select("thead th")] == ["col"] * 3
    rows = [[text_of(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    assert rows == [["Aude", "12\u202f400", "3,5"], ["Finistère", "980", "4,25"]]
    assert [cell["scope"] for cell in table.select("tbody th")] == ["row"] * 2
    assert table.parent["tabindex"] == "0"


def test_notes_and_their_calls_lead_to_each_other(focus: FocusPage) -> None:
    text = body(
        focus,
        bodies.paragraph("<p>Un fait[1], un autre[3].</p>"),
        bodies.footnotes("<p>Source.</p>", "<p>Jamais appelée.</p>"),
    )
    call = text.select_one("sup a")
    note = text.select_one(call["href"])
    assert text_of(note.p) == "Source."
    assert text.select_one(note.a["href"]) == call
    assert "[3]" in text_of(text.p)
    assert not text.select_one("#note-2 a")


def test_a_picture_has_its_caption_its_credit_and_its_words(focus: FocusPage) -> None:
    picture = ImageFactory(credit="Jeanne Martin", description="Un bus", file__width=1000)
    figure = body(focus, bodies.image(picture, "Le jeudi : le bus.")).figure
    assert text_of(figure.figcaption) == "Le jeudi\u00a0: le bus. · Jeanne Martin"
    assert figure.img["alt"] == "Un bus"
    assert (figure.img["width"], figure.img["height"]) == ("1000", "64")
    sources = [source.split() for source in figure.img["srcset"].split(", ")]
    assert [width for _, width in sources] == ["480w", "960w", "1000w"]
    for address, _ in sources:
        assert address.startswith(settings.OBJECT_STORAGE["PUBLIC_URL"])
        assert requests.get(address, timeout=20).status_code == 200


def test_a_gallery_is_a_list(focus: FocusPage) -> None:
    text = body(focus, bodies.gallery([ImageFactory(), ImageFactory()], "Les lieux"))
    assert len(text.select(".gallery li img")) == 2
    assert text_of(text.h2) == "Les lieux"


def test_a_picture_that_may_not_be_shown_any_more_is_not(focus: FocusPage) -> None:
    ended, free = ImageFactory(), ImageFactory()
    page = article(focus, bodies.image(ended), bodies.gallery([ended, free]))
    assert len(body_of(page).select("img")) == 3
    Image.objects.filter(pk=ended.pk).update(rights_expire_on=YESTERDAY)
    shown = body_of(page)
    assert len(shown.select("img")) == 1
    assert not shown.select("figure:not(:has(img))")
    Image.objects.filter(pk=free.pk).update(licence=None)
    assert not body_of(page).select("img, figure, .gallery")


def test_a_link_to_a_page_that_not_everybody_may_read_is_none(focus: FocusPage) -> None:
    seen, draft, hidden = (ArticleFactory(parent=focus) for _ in range(3))
    publish(seen)
    publish(hidden)
    restrict(hidden)
    words = "".join(f"<p>{bodies.link(page, 'un texte')}</p>" for page in (seen, draft, hidden))
    text = body(
        focus,
        bodies.paragraph(words),
        {"type": "box", "value": {"title": "Voir", "text": bodies.link(draft, "là")}},
        bodies.footnotes(bodies.link(hidden, "Voir aussi")),
    )
    assert [link["href"] for link in text.select("a[href]")] == [seen.url]


def test_a_link_to_a_page_that_is_gone_is_none(focus: FocusPage) -> None:
    words = '<p><a linktype="page" id="999999">parti</a> <a linktype="page" id="x">faux</a></p>'
    assert not body(focus, bodies.paragraph(words)).select("a[href]")


def test_an_episode_is_heard_where_it_is(focus: FocusPage) -> None:
    episode = EpisodeFactory(title="Qui vient ?", artwork=CoverFactory())
    page = article(focus, bodies.chosen("episode", episode))
    assert not body_of(page).select(".listen, audio")
    bring_online(episode)
    player = body_of(page).select_one(".listen")
    assert text_of(player.select_one(".listen-title a")) == "Qui vient\u202f?"
    assert player.audio.has_attr("controls")
    assert requests.head(player.audio["src"], timeout=20).headers["Content-Type"] == "audio/mpeg"
    assert player.img["src"].startswith(settings.OBJECT_STORAGE["PUBLIC_URL"])


@pytest.mark.parametrize("hide", [lambda page: page.unpublish(), restrict])
def test_an_episode_that_not_everybody_may_hear_is_not_named(focus: FocusPage, hide: Any) -> None:
    episode = EpisodeFactory(title="Secret")
    bring_online(episode)
    page = article(focus, bodies.chosen("episode", episode))
    assert "Secret" in text_of(body_of(page))
    hide(episode)
    assert "Secret" not in str(body_of(page))


def test_a_tribune_is_named_with_who_wrote_it_once_anybody_may_read_it(focus: FocusPage) -> None:
    tribune = TribuneFactory(parent=focus, title="Ouvrons !")
    page = article(focus, bodies.chosen("tribune_teaser", tribune))
    assert "Ouvrons" not in str(body_of(page))
    publish(tribune)
    teaser = body_of(page).select_one(".teaser")
    assert teaser.a["href"] == tribune.url
    writer = tribune.authors.get().person.full_name
    assert text_of(teaser) == f"Tribune Ouvrons\u202f! Par {writer}"


def test_an_extract_leads_to_its_place_in_the_replay(focus: FocusPage) -> None:
    forum = ForumFactory(parent=focus, replay_url="https://youtu.be/abcdefghijk")
    page = article(focus, bodies.extract(forum, start="1:02:03", speaker="Nora", part=2))
    assert not body_of(page).select(".extract")
    publish(forum)
    extract = body_of(page).select_one(".extract")
    assert extract.select_one("a.play")["href"] == (
        "https://www.youtube.com/watch?v=abcdefghijk&t=3723s"
    )
    assert text_of(extract.figcaption).startswith("Nora, Le forum, partie 2 Voir le passage")
    ForumPart.objects.filter(forum=forum, title="Partie 2").update(
        replay_url="https://youtu.be/zzzzzzzzzzz"
    )
    assert "v=zzzzzzzzzzz" in body_of(page).select_one("a.play")["href"]


def test_before_the_replay_an_extract_names_the_forum_alone(focus: FocusPage) -> None:
    forum = ForumFactory(parent=focus)
    publish(forum)
    links = body(focus, bodies.extract(forum, part=9)).select(".extract a")
    assert [link["href"] for link in links] == [forum.url]


def test_what_was_deleted_shows_nothing(focus: FocusPage) -> None:
    episode, forum, picture = EpisodeFactory(), ForumFactory(parent=focus), ImageFactory()
    page = article(
        focus,
        bodies.paragraph("<p>Rien ne manque.</p>"),
        bodies.chosen("episode", episode),
        bodies.extract(forum),
        bodies.image(picture),
    )
    for gone in (episode, forum, picture):
        gone.delete()
    assert text_of(body_of(page)) == "Rien ne manque."


def test_hostile_words_stay_words(focus: FocusPage) -> None:
    hostile = '"><script>alert(1)</script>'
    picture = ImageFactory(description=hostile, credit=hostile)
    episode = EpisodeFactory(title=hostile, slug="hostile")
    bring_online(episode)
    text = body(
        focus,
        {"type": "heading", "value": hostile},
        bodies.image(picture, hostile),
        bodies.chosen("episode", episode),
        {"type": "table", "value": bodies.TABLE["value"] | {"caption": hostile}},
        {"type": "pull_quote", "value": {"text": hostile, "attribution": hostile}},
    )
    assert not text.select("script")
    assert text_of(text.h2) == hostile


def test_a_preview_shows_what_comes_out_with_it(focus: FocusPage) -> None:
    tribune = TribuneFactory(parent=focus, title="Pas encore parue")
    picture = ImageFactory()
    draft = ArticleFactory(
        parent=focus,
        body=bodies.stream(bodies.chosen("tribune_teaser", tribune), bodies.image(picture)),
    )
    draft.save_revision()
    html = draft.get_latest_revision_as_object().make_preview_request().rendered_content
    assert "Pas encore parue" in html
    shown = BeautifulSoup(html, "html.parser").select_one(".text-body img")
    assert "X-Amz-Signature" in shown["src"]
    assert requests.get(shown["src"], timeout=20).status_code == 200


def test_twelve_blocks_of_each_kind_cost_as_many_queries_as_one(focus: FocusPage) -> None:
    show, audio, cover = ShowFactory(), AudioFactory(), CoverFactory()

    def blocks() -> list[dict[str, Any]]:
        episode = EpisodeFactory(parent=show, audio=audio, artwork=cover)
        tribune = TribuneFactory(parent=focus, published=True)
        note_object(episode, "audio", duration=60)
        return [
            bodies.paragraph(f"<p>{bodies.link(tribune, 'une tribune')} [1]</p>"),
            bodies.image(ImageFactory()),
            bodies.gallery([ImageFactory(), ImageFactory()]),
            bodies.chosen("episode", episode),
            bodies.chosen("tribune_teaser", tribune),
            bodies.extract(forum),
            bodies.BOX,
            bodies.TABLE,
        ]

    forum = ForumFactory(parent=focus)
    publish(forum)
    page = article(focus, *blocks())
    few = cost(page)
    known = list(Image.objects.values_list("pk", flat=True))
    page.body = bodies.stream(*(block for _ in range(12) for block in blocks()))
    publish(page)
    for picture in Image.objects.exclude(pk__in=known):
        note_picture(page, picture, 64, height=64)
    assert cost(page) == few
    assert len(body_of(page).select(".listen audio")) == 12
    assert len(body_of(page).select("figure img")) == 36
