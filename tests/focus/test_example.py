"""The example focus: whole, online, and an example that says so."""

import tomllib

import feedparser
import pytest
from django.apps import apps

from cms.management.commands.example import create_logins, load_examples
from cms.services import set_up_site
from focus import example
from focus.example_data import DATA
from focus.models import (
    ArticlePage,
    FocusPage,
    ForumPage,
    Insert,
    InsertPage,
    Package,
    PageVersion,
    Piece,
)
from focus.preflight import PrintSpec, preflight
from tests.conftest import Worker
from tests.services import S3

EXAMPLE = tomllib.loads((DATA / "focus.toml").read_text(encoding="utf-8"))


@pytest.mark.django_db(transaction=True)
def test_the_example_comes_out_whole_and_is_loaded_once(s3: S3, worker: Worker) -> None:
    set_up_site()
    create_logins()
    feeds = load_examples(apps.get_app_configs())[0]["focus"]
    worker.drain()
    focus = FocusPage.objects.get(slug="rompre-l-isolement")
    assert focus.package.state == Package.State.PUBLISHED
    assert [model.objects.live().count() for model in (ArticlePage, ForumPage, Insert)] == [4, 1, 1]
    assert apps.get_model("tribunes.TribunePage").objects.child_of(focus).live().count() == 3
    assert ForumPage.objects.get().parts.count() == 3
    insert = Insert.objects.child_of(focus).get()
    states = insert.pages.values_list("state", flat=True)
    assert list(states) == [InsertPage.State.APPROVED] * 8
    assert any(key.endswith(".pdf") for key in s3.keys())
    titles = [entry.title for entry in feedparser.parse(s3.get("focus/rss.xml").content).entries]
    assert len(titles) == 7
    assert feeds == [s3.url("focus/rss.xml"), s3.url(f"focus/{focus.slug}/rss.xml")]
    following = FocusPage.objects.get(slug="grandir-ici")
    assert following.package.state == Package.State.OPEN
    assert following.pieces.filter(page=None).count() == 4

    before = (Piece.objects.count(), PageVersion.objects.count())
    assert example.load()["focus"] == feeds
    assert (Piece.objects.count(), PageVersion.objects.count()) == before


def test_the_example_cahier_passes_the_preflight_it_demonstrates() -> None:
    row = EXAMPLE["insert"]
    spec = PrintSpec(
        width=row["width"],
        height=row["height"],
        bleed=row["bleed"],
        pdfx=row["pdfx"],
        profile=row["profile"],
    )
    report = preflight(DATA / row["pdf"], spec)
    assert report.findings == ()
    assert report.page_count == len(row["pages"]) == 8
    assert "Une table pour quarante" in report.pages[1].text


def test_everything_says_that_it_is_an_example() -> None:
    for text in (EXAMPLE["focus"]["chapo"], EXAMPLE["insert"]["intro"], EXAMPLE["forum"]["chapo"]):
        assert "exemple" in text
    for person in EXAMPLE["persons"]:
        assert "ficti" in person["biography"]
    assert all("exemple" in image["credit"] for image in EXAMPLE["images"])
