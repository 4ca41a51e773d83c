"""The chemin de fer: spreads, what is missing, swaps, one sheet of paper."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from benchmarks.measure import queries
from focus.models import Insert, InsertComment, InsertPage, Piece
from focus.print_desk import desk, links
from focus.print_desk.flatplan import layout, spreads
from publishing.models import Publication
from tests.factories.focus import ArticleFactory
from tests.focus.print_room import (
    ERROR,
    WARNING,
    asset,
    cahier,
    chief,
    newsroom,
    page_of,
    reporter,
    told,
    version,
)
from tests.podcasts.editor import document, plain

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (4, [[1], [2, 3], [4]]),
        (8, [[1], [2, 3], [4, 5], [6, 7], [8]]),
        (12, [[1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11], [12]]),
    ],
)
def test_pages_lie_as_they_open(count: int, expected: list[list[int]]) -> None:
    assert [list(spread) for spread in spreads(range(1, count + 1))] == expected


@pytest.mark.parametrize("count", [4, 8, 16, 24, 48, 96])
@pytest.mark.parametrize("ratio", [289 / 370, 1.4])
def test_any_cahier_fills_one_sheet_and_no_more(count: int, ratio: float) -> None:
    found = layout(count, ratio)
    rows = -(-(count // 2 + 1) // found.per_row)
    assert found.per_row * 2 * found.width + 5 * (found.per_row - 1) <= 281.5
    assert rows * (found.height + 23) + 5 * (rows - 1) <= 172.5 or found.width == 1
    assert found.width / found.height == pytest.approx(ratio, rel=0.1)


def test_an_eight_page_cahier_is_large_enough_to_be_read() -> None:
    assert layout(8, 289 / 370).width > 35


def lacking(insert: Insert, number: int = 1) -> list[str]:
    """Return what a page lacks, with plain spaces."""
    (slot,) = [slot for slot in desk.slots(insert) if slot.page.number == number]
    return [plain(text) for text in slot.missing]


def test_an_empty_page_lacks_its_pdf() -> None:
    assert lacking(cahier()) == ["Aucun PDF", "Pas de BAT"]


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ((), ["Pas de BAT"]),
        ((ERROR, ERROR, WARNING), ["2 erreurs au contrôle", "Pas de BAT"]),
        ((WARNING,), ["1 avertissement au contrôle", "Pas de BAT"]),
    ],
)
def test_a_page_lacks_what_the_preflight_of_its_newest_version_found(
    findings: tuple[Any, ...], expected: list[str]
) -> None:
    insert = cahier()
    version(page_of(insert), ERROR, ERROR, ERROR)
    version(page_of(insert), *findings)
    assert lacking(insert) == expected


def test_an_approved_page_lacks_nothing() -> None:
    insert = cahier()
    chief().post("approve", version(page_of(insert), WARNING).pk, waiver="Vu.")
    assert lacking(insert) == []


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"credit": " "}, "crédit manquant"),
        ({"licence": None}, "licence manquante"),
        ({"rights_expire_on": datetime(2020, 3, 1, tzinfo=UTC).date()}, "expirés le 01/03/2020"),
        ({"rights_expire_on": timezone.localdate()}, ""),
        ({"may_be_republished": False}, ""),
    ],
)
def test_an_asset_without_its_rights_is_missed(values: dict[str, Any], problem: str) -> None:
    insert = cahier()
    asset(page_of(insert), title="Photo", **values)
    found = [text for text in lacking(insert) if text.startswith("« Photo »")]
    assert bool(found) == bool(problem)
    assert all(problem in text for text in found)


def test_a_linked_text_is_missed_until_it_is_approved_or_out() -> None:
    insert = cahier()
    article = ArticleFactory(parent=insert.focus, title="Qui soigne")
    page_of(insert).linked_pages.add(article)
    assert "« Qui soigne » : ni validé ni paru" in lacking(insert)
    Piece.objects.update(state=Piece.State.APPROVED)
    assert lacking(insert) == ["Aucun PDF", "Pas de BAT"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (None, "Bouclage non fixé"),
        (timedelta(days=3), "Bouclage dans 3 jours"),
        (timedelta(days=1), "Bouclage dans 1 jour ("),
        (timedelta(hours=2), "Bouclage aujourd’hui à 14:00"),
        (-timedelta(hours=2), "Bouclage dépassé"),
    ],
)
def test_how_long_there_is(after: timedelta | None, expected: str) -> None:
    now = datetime(2026, 6, 3, 10, tzinfo=UTC)
    assert desk.countdown(after and now + after, now).startswith(expected)


def test_the_cahier_has_its_own_bouclage_or_that_of_its_focus() -> None:
    insert = cahier()
    assert desk.deadline_of(insert) == insert.focus.print_deadline
    insert.deadline = timezone.now()
    assert desk.deadline_of(insert) == insert.deadline


# Swaps


def headlines(insert: Insert) -> list[str]:
    """Return the headlines in the order of the pages."""
    return list(insert.pages.order_by("number").values_list("headline", flat=True))


def named() -> Insert:
    """Return a cahier whose pages have headlines."""
    insert = cahier()
    for page in insert.pages.all():
        page.headline = "abcd"[page.number - 1]
        page.save()
    return insert


def test_pages_change_places_with_all_they_hold() -> None:
    insert, writer = named(), reporter()
    found, photo = version(page_of(insert, 1)), asset(page_of(insert, 1))
    answer = writer.post("swap", insert.pk, first="1", second="4")
    assert answer["Location"].endswith("#page-4")
    assert headlines(insert) == ["d", "b", "c", "a"]
    moved = page_of(insert, 4)
    assert (moved.versions.get(), moved.assets.get()) == (found, photo)
    assert "Les pages 1 et 4" in insert.events.latest("pk").text


def test_what_is_online_follows_pages_that_change_places() -> None:
    insert = named()
    Publication.objects.all().delete()
    chief().post("swap", insert.pk, first="1", second="2")
    assert Publication.objects.filter(key=f"focus.insert:{insert.pk}").exists()


def test_an_approved_page_stays_until_it_is_reopened() -> None:
    insert, boss = named(), chief()
    boss.post("approve", version(page_of(insert, 2)).pk, waiver="")
    for first, second in (("2", "3"), ("3", "2")):
        assert "rouvrez-la" in told(boss.post("swap", insert.pk, first=first, second=second))
    assert headlines(insert) == ["a", "b", "c", "d"]
    boss.post("reopen", page_of(insert, 2).pk)
    boss.post("swap", insert.pk, first="2", second="3")
    assert headlines(insert) == ["a", "c", "b", "d"]


@pytest.mark.parametrize("second", ["1", "0", "9", "-2", "", "x", "²", "9" * 30])
def test_a_page_is_not_exchanged_with_what_is_none(second: str) -> None:
    insert = named()
    assert "deux pages" in told(chief().post("swap", insert.pk, first="1", second=second))
    assert headlines(insert) == ["a", "b", "c", "d"]


# Screens


def test_the_desk_shows_the_pages_in_words() -> None:
    insert = cahier()
    page = page_of(insert, 2)
    page.rubric, page.headline = "Vieillir", "Qui prend soin"
    page.save()
    version(page, ERROR)
    InsertComment.objects.create(page=page, author="x", text="y")
    screen = document(reporter().get("desk", insert.pk))
    (leaf,) = screen.xpath("//article[@id='page-2']")
    text = plain(leaf.text_content())
    for words in ("Qui prend soin", "Vieillir", "À relire", "version 1", "1 erreur au contrôle"):
        assert words in text
    assert "1 commentaire" in text
    assert len(screen.xpath("//*[@data-leaf]")) == 4
    values = leaf.xpath(".//button[@name='second']/@value")
    assert values == ["1", "3"]


def filled(pages: int) -> Insert:
    """Return a cahier with something of everything on each page."""
    insert = cahier(pages)
    article = ArticleFactory(parent=insert.focus)
    for page in insert.pages.all():
        page.linked_pages.add(article)
        version(page, ERROR)
        version(page, WARNING)
        asset(page, file=ContentFile(b"x", "x.jpg"))
    return insert


@pytest.mark.parametrize("name", ["desk", "sheet"])
def test_twenty_four_pages_cost_no_more_queries_than_eight(name: str) -> None:
    boss = chief()
    inserts = [filled(8), filled(24)]
    for insert in inserts:
        assert boss.get(name, insert.pk).status_code == 200  # what is remembered is warm
    few, many = (queries(lambda pk=insert.pk: boss.get(name, pk)) for insert in inserts)
    assert few == many


def test_a_page_that_holds_much_costs_no_more_queries_than_one_that_holds_little() -> None:
    boss, insert = chief(), cahier()
    counts = []
    for number, amount in ((1, 1), (2, 6)):
        page = page_of(insert, number)
        for _ in range(amount):
            page.linked_pages.add(ArticleFactory(parent=insert.focus))
            version(page)
            asset(page)
            links.create(version(page), boss.user, name="x")
            InsertComment.objects.create(page=page, author="x", text="y")
        assert boss.get("page", page.pk).status_code == 200
        counts.append(queries(lambda pk=page.pk: boss.get("page", pk)))
    assert counts[0] == counts[1]


def test_pages_beyond_the_end_are_told_apart() -> None:
    insert = cahier(8)
    version(page_of(insert, 8))
    insert.page_count = 4
    insert.save()
    screen = document(chief().get("desk", insert.pk))
    assert len(screen.xpath("//*[@data-leaf]")) == 4
    assert "Hors du cahier" in screen.text_content()
    assert InsertPage.objects.filter(insert=insert).count() == 5
