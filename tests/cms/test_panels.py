"""The panel that says how long a text is, as the server draws it."""

import json

import pytest
from bs4 import BeautifulSoup

from cms.length import shape_of
from cms.panels import SignesPanel
from focus.models import ArticlePage
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def panel(article: ArticlePage) -> BeautifulSoup:
    """Return the panel of an article."""
    bound = SignesPanel().bind_to_model(ArticlePage).get_bound_panel(instance=article)
    return BeautifulSoup(bound.render_html(), "html.parser")


def parts(document: BeautifulSoup) -> dict[str, str]:
    """Return what is said of each part."""
    return {text_of(row.dt): text_of(row.dd) for row in document.select("dl > div")}


def test_without_the_script_the_panel_says_how_long_the_draft_is() -> None:
    body = [{"type": "paragraph", "value": f"<p>{'a' * 1000}</p>"}]
    article = ArticlePage(title="Soigner", chapo="b" * 400, body=json.dumps(body))
    article.target_signes = 1500
    document = panel(article)
    assert parts(document) == {
        "Titre": "7\u00a0signes",
        "Chapô": "400\u00a0signes",
        "Texte": "1\u202f000\u00a0signes · 0,7\u00a0feuillet",
        "Chapô et texte": "1\u202f400\u00a0signes · 0,9\u00a0feuillet · il en manque\u00a0100",
    }
    assert (document.progress["value"], document.progress["max"]) == ("1400", "1500")
    assert "signes--aimed" in document.div["class"]


@pytest.mark.parametrize("target", [None, 0])
def test_without_a_target_nothing_is_missing(target: int | None) -> None:
    document = panel(ArticlePage(target_signes=target))
    assert parts(document)["Chapô et texte"] == "0\u00a0signe"
    assert "signes--aimed" not in document.div["class"]


def test_the_script_is_told_where_texts_are() -> None:
    shapes = json.loads(panel(ArticlePage()).div["data-signes"])
    body = shape_of(ArticlePage._meta.get_field("body").stream_block)
    assert shapes == json.loads(json.dumps({"title": ["text"], "chapo": ["text"], "body": body}))


def test_the_form_asks_for_the_script_as_a_module() -> None:
    bound = SignesPanel().bind_to_model(ArticlePage).get_bound_panel(instance=ArticlePage())
    assert 'signes-panel.js" type="module"' in str(bound.media)
    assert "signes.css" in str(bound.media)
