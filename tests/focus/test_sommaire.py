"""The sommaire in the admin: what it shows, who may use it, what may be done with it."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import lxml.html
import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from cms.models import Person
from cms.roles import CHIEF_EDITORS, EDITORS, Role
from cms.services import set_up_site
from focus.admin.sommaire_pages import PageRefused, bind
from focus.forms.pieces import PlanForm
from focus.models import ArticlePage, FocusPage, ForumPage, InsertPage, Package, Piece
from tests.databases import database
from tests.factories.cms import ImageFactory, PersonFactory, UserFactory
from tests.factories.focus import ArticleFactory, FocusFactory, ForumFactory, InsertFactory
from tests.factories.tribunes import TribuneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

# Nobody sees a package go out: that happens in one transaction.
SEEN = [state for state in Package.State if state != Package.State.PUBLISHING]


@pytest.fixture(scope="module")
def newsroom(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Set the site up with its groups, once for the tests of this module."""
    with django_db_blocker.unblock():
        set_up_site()
        yield
        connection.close()
        database().restore()


class Desk:
    """Somebody of the newsroom in front of the sommaire of a focus."""

    def __init__(self, focus: FocusPage, role: Role | None = EDITORS) -> None:
        groups = [Group.objects.get(name=role.name)] if role else []
        self.user = UserFactory(groups=groups)
        self.focus = focus
        self.client = Client()
        self.client.force_login(self.user)

    def url(self, name: str, piece: Piece | None = None) -> str:
        """Return the address of a screen."""
        args = (self.focus.pk, piece.pk) if piece else (self.focus.pk,)
        return reverse(f"focus_sommaire:{name}", args=args)

    def open(self, **query: str) -> lxml.html.HtmlElement:
        """Return the sommaire."""
        return document(self.client.get(self.url("index"), query))

    def lines(self, **query: str) -> list[str]:
        """Return the lines of the sommaire in plain words, in the order of the screen."""
        return [plain(row) for row in self.open(**query).xpath("//tr[@data-piece]")]

    def line(self, title: str) -> str:
        """Return the line of a piece in plain words."""
        [line] = [line for line in self.lines() if title in line]
        return line

    def titles(self) -> list[str]:
        """Return the titles in the order of the screen."""
        return self.open().xpath("//tr[@data-piece]/@data-title")

    def post(self, name: str, piece: Piece | None = None, **data: Any) -> HttpResponse:
        """Send a form."""
        return self.client.post(self.url(name, piece), data, follow=True)


def document(answer: HttpResponse) -> lxml.html.HtmlElement:
    """Read a screen that must have opened."""
    assert answer.status_code == 200, answer.status_code
    return lxml.html.fromstring(answer.content.decode())


def plain(element: lxml.html.HtmlElement) -> str:
    """Return the words of an element on one line."""
    return " ".join(element.text_content().split())


def plan(focus: FocusPage, title: str, **facts: Any) -> Piece:
    """Plan a piece at the end."""
    return Piece.objects.create(focus=focus, title=title, position=focus.pieces.count(), **facts)


def gaps(desk: Desk, title: str) -> dict[str, str]:
    """Return what a piece lacks on screen, with the address where it is mended."""
    [row] = desk.open().xpath(f"//tr[@data-title='{title}']")
    return {plain(a): a.get("href") for a in row.xpath(".//ul[@class='sommaire__gaps']//a")}


@pytest.fixture
def focus() -> FocusPage:
    """A focus in preparation."""
    return FocusFactory(title="Bien vieillir")


@pytest.fixture
def desk(focus: FocusPage) -> Desk:
    """An editor in front of its sommaire."""
    return Desk(focus)


# What it shows


def test_the_focus_its_period_and_the_days_to_bouclage(desk: Desk) -> None:
    said = plain(desk.open())
    assert "Bien vieillir" in said
    assert "Second semestre 2026" in said
    assert "J−28 avant bouclage" in said


def test_a_focus_that_is_closed_says_since_when(desk: Desk) -> None:
    moment = timezone.now() - timedelta(days=3)
    FocusPage.objects.update(print_deadline=moment)
    assert "bouclé depuis 3 jours" in plain(desk.open())


@pytest.mark.parametrize("state", SEEN)
def test_the_state_of_the_package_is_shown(desk: Desk, state: Package.State) -> None:
    Package.objects.filter(focus=desk.focus).update(state=state)
    assert state.label in plain(desk.open().xpath("//section[@class='package']")[0])


def test_a_plan_is_shown_before_any_page_exists(desk: Desk) -> None:
    owner = UserFactory(first_name="Lou", last_name="Martin")
    due = timezone.localdate() - timedelta(days=2)
    plan(desk.focus, "Un reportage", slot="ouverture", owner=owner, due_on=due, target_signes=6000)
    line = desk.line("Un reportage")
    for words in (
        "Article · ouverture",
        "sans page",
        "À commander",
        "Lou Martin",
        "en retard de 2 jours",
        "visés : 6 000 signes · 4 feuillets",
    ):
        assert words in line


def test_what_is_approved_is_not_late(desk: Desk) -> None:
    due = timezone.localdate() - timedelta(days=2)
    plan(desk.focus, "Un reportage", due_on=due, state=Piece.State.APPROVED)
    assert "en retard" not in desk.line("Un reportage")


def test_pieces_come_in_editorial_order_whatever_the_tree_of_pages_says(desk: Desk) -> None:
    for title in ("Un", "Deux", "Trois"):
        ArticleFactory(parent=desk.focus, title=title)
    for position, title in enumerate(("Trois", "Un", "Deux")):
        Piece.objects.filter(title=title).update(position=position)
    assert desk.titles() == ["Trois", "Un", "Deux"]


def test_signes_are_those_of_the_draft_against_the_target(desk: Desk) -> None:
    article = ArticleFactory(parent=desk.focus, title="Un article", chapo="Dix signes", body="[]")
    Piece.objects.filter(page=article).update(target_signes=12)
    assert "10 signes · il en manque 2" in desk.line("Un article")
    body = [{"type": "paragraph", "value": "<p>Cinq.</p>", "id": "a"}]
    article.body = json.dumps(body)
    article.title = "Un autre titre"
    article.save_revision()
    assert "15 signes · 3 de trop" in desk.line("Un autre titre")


def test_without_a_target_in_the_plan_that_of_the_page_counts(desk: Desk) -> None:
    ArticleFactory(parent=desk.focus, title="Un article", chapo="Dix", body="[]", target_signes=3)
    assert "3 signes · longueur exacte" in desk.line("Un article")


def test_a_live_page_is_published_and_its_pending_changes_are_said(desk: Desk) -> None:
    focus = FocusFactory(out=True)
    article = ArticleFactory(parent=focus, title="Un article", published=True)
    desk = Desk(focus)
    assert "Publié" in desk.line("Un article")
    assert "modifications" not in desk.line("Un article")
    article.chapo = "Corrigé."
    article.save_revision()
    assert "modifications non publiées" in desk.line("Un article")


def test_a_page_in_a_workflow_says_who_it_waits_for(desk: Desk) -> None:
    article = ArticleFactory(parent=desk.focus, title="Un article")
    article.save_revision()
    state = article.get_workflow().start(article, desk.user)
    task = state.current_task_state.task.name
    assert f"à valider : {task}" in desk.line("Un article")
    state.current_task_state.reject(user=desk.user)
    assert f"modifications demandées : {task}" in desk.line("Un article")


def bare_image() -> Any:
    """Return a picture without credit, text alternative nor licence."""
    return ImageFactory(title="Marché", credit="", description="", licence=None)


def test_what_a_text_lacks_leads_to_where_it_is_mended(desk: Desk) -> None:
    FocusPage.objects.update(licence=None)
    image = bare_image()
    article = ArticleFactory(
        parent=desk.focus, title="Un article", chapo="", body="[]", licence=None, picture=image
    )
    article.authors.all().delete()
    found = gaps(desk, "Un article")
    page = reverse("wagtailadmin_pages:edit", args=(article.pk,))
    picture = reverse("wagtailimages:edit", args=(image.pk,))
    assert set(found) == {
        "texte",
        "chapô",
        "signature",
        "licence",
        "adresse sur liberation.fr",
        "crédit (Marché)",
        "texte alternatif (Marché)",
        "droits (Marché)",
    }
    editor = document(desk.client.get(page))
    for words, address in found.items():
        if "Marché" in words:
            assert address == picture
        else:
            path, field = address.split("#")
            assert path == page
            assert editor.xpath(f"//*[@role='tabpanel']//*[@id='{field}']"), field


def test_the_licence_of_the_focus_is_enough(desk: Desk) -> None:
    ArticleFactory(parent=desk.focus, title="Un article", licence=None)
    assert "licence" not in gaps(desk, "Un article")


def test_everybody_who_signs_has_a_biography(desk: Desk) -> None:
    Person.objects.all().delete()
    tribune = TribuneFactory(parent=desk.focus, title="Une tribune", signatories=2)
    people = [tribune.authors.get().person, *(row.person for row in tribune.signatories.all())]
    found = gaps(desk, "Une tribune")
    wanted = {f"biographie ({person.full_name})": person for person in people}
    assert set(wanted) <= set(found)
    for words, person in wanted.items():
        assert document(desk.client.get(found[words])).xpath("//textarea[@name='biography']")
        person.biography = "Travaille."
        person.save()
    assert not [words for words in gaps(desk, "Une tribune") if "biographie" in words]


def test_a_long_list_of_gaps_is_folded(desk: Desk) -> None:
    TribuneFactory(parent=desk.focus, title="Une tribune", signatories=13)
    [row] = desk.open().xpath("//tr[@data-title='Une tribune']")
    assert plain(row.xpath(".//details/summary")[0]) == "15 choses"
    assert len(gaps(desk, "Une tribune")) == 15


def test_pictures_and_people_of_the_draft_are_those_that_count(desk: Desk) -> None:
    article = ArticleFactory(parent=desk.focus, title="Un article")
    first, second, third = (bare_image() for _ in range(3))
    for image, title in zip((first, second, third), ("Une", "Deux", "Trois"), strict=True):
        image.title = title
        image.save()
    article.picture = first
    item = {"type": "item", "value": {"image": third.pk, "caption": ""}, "id": "c"}
    article.body = json.dumps(
        [
            {"type": "image", "value": {"image": second.pk, "caption": ""}, "id": "a"},
            {"type": "gallery", "value": {"title": "", "images": [item, item]}, "id": "b"},
        ]
    )
    article.authors.first().person = PersonFactory(last_name="Nouvelle")
    row = article.authors.first()
    row.person = PersonFactory(last_name="Nouvelle", biography="")
    article.authors.set([row])
    article.save_revision()
    found = gaps(desk, "Un article")
    for title in ("Une", "Deux", "Trois"):
        assert f"crédit ({title})" in found
    assert "biographie (Camille Nouvelle)" in found


def test_a_draft_that_names_what_was_deleted_since_is_shown_all_the_same(desk: Desk) -> None:
    article, image = ArticleFactory(parent=desk.focus, title="Un article"), bare_image()
    article.body = json.dumps(
        [{"type": "image", "value": {"image": image.pk, "caption": ""}, "id": "a"}]
    )
    article.save_revision()
    image.delete()
    assert not [words for words in gaps(desk, "Un article") if "Marché" in words]


def test_pages_of_the_cahier_without_bat(desk: Desk) -> None:
    insert = InsertFactory(parent=desk.focus)
    insert.pages.filter(number__in=(1, 3)).update(state=InsertPage.State.APPROVED)
    address = reverse("focus_print:desk", args=(insert.pk,))
    assert gaps(desk, "Le cahier") == {"BAT : p. 2, 4-8": address}


@pytest.mark.parametrize("draft", [False, True])
def test_what_the_forum_lacks(desk: Desk, draft: bool) -> None:
    forum = ForumFactory(parent=desk.focus, parts=2)
    if draft:
        forum.save_revision()
    found = gaps(desk, "Le forum")
    assert set(found) == {"adresse du direct", "parties : 2 au lieu de 3"}
    editor = document(desk.client.get(reverse("wagtailadmin_pages:edit", args=(forum.pk,))))
    for address in found.values():
        assert editor.get_element_by_id(address.split("#")[1]) is not None


def test_totals_are_those_of_the_whole(desk: Desk) -> None:
    ArticleFactory(parent=desk.focus, chapo="Dix signes", body="[]")
    plan(desk.focus, "Plus tard", target_signes=3000)
    said = plain(desk.open(owner="moi").xpath("//dl")[0])
    assert "10 signes pour 3 000 signes · 2 feuillets visés" in said
    assert "À commander : 1, Reçu : 1" in said


def test_the_number_of_queries_does_not_depend_on_the_number_of_pieces(desk: Desk) -> None:
    def fill(count: int) -> None:
        for _ in range(count):
            article = ArticleFactory(parent=desk.focus, picture=bare_image())
            tribune = TribuneFactory(parent=desk.focus, signatories=2)
            tribune.save_revision()
            plan(desk.focus, "À venir", owner=UserFactory())
            for page in (article, tribune):
                Piece.objects.filter(page=page).update(owner=UserFactory())

    def count() -> int:
        desk.open()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.open()
        return len(queries)

    fill(1)
    few = count()
    fill(5)
    assert len(desk.titles()) == 18
    assert count() == few


# Filters


def test_lines_are_filtered_by_owner_and_by_state(desk: Desk) -> None:
    other = UserFactory()
    plan(desk.focus, "À moi", owner=desk.user)
    plan(desk.focus, "À quelqu’un", owner=other, state=Piece.State.READ)
    plan(desk.focus, "À personne", state=Piece.State.READ)

    def shown(**query: str) -> list[str]:
        return desk.open(**query).xpath("//tr[@data-piece]/@data-title")

    assert shown(owner="moi") == ["À moi"]
    assert shown(owner=str(other.pk)) == ["À quelqu’un"]
    assert shown(owner="personne") == ["À personne"]
    assert shown(state="read") == ["À quelqu’un", "À personne"]
    assert shown(owner="personne", state="read") == ["À personne"]
    assert shown(owner="moi", state="read") == []
    assert len(shown(owner="n’importe", state="quoi")) == 3


def test_what_is_published_is_filtered_by_what_pages_say() -> None:
    focus = FocusFactory(out=True)
    ArticleFactory(parent=focus, title="En ligne", published=True)
    ArticleFactory(parent=focus, title="Brouillon")
    assert ["En ligne" in line for line in Desk(focus).lines(state="published")] == [True]


# Order


def three(desk: Desk) -> list[Piece]:
    """Plan three pieces."""
    return [plan(desk.focus, title) for title in ("Un", "Deux", "Trois")]


def press(desk: Desk, label: str) -> HttpResponse:
    """Click on a button of the list, as a browser without script does."""
    [button] = desk.open().xpath(f"//button[@aria-label='{label}']")
    form = next(button.iterancestors("form"))
    return desk.client.post(
        form.get("action"), {button.get("name"): button.get("value")}, follow=True
    )


def test_a_piece_goes_up_and_down_without_script(desk: Desk) -> None:
    three(desk)
    press(desk, "Monter « Trois »")
    assert desk.titles() == ["Un", "Trois", "Deux"]
    press(desk, "Descendre « Un »")
    assert desk.titles() == ["Trois", "Un", "Deux"]


def test_the_first_does_not_go_up_nor_the_last_down(desk: Desk) -> None:
    three(desk)
    labels = desk.open().xpath("//button/@aria-label")
    assert "Monter « Un »" not in labels
    assert "Descendre « Trois »" not in labels


def test_moves_of_two_people_both_hold(desk: Desk) -> None:
    pieces = [plan(desk.focus, title) for title in "ABCDEF"]
    first, second = desk, Desk(desk.focus)
    assert first.titles() == second.titles() == list("ABCDEF")
    first.post("move", pieces[5], before=pieces[0].pk)
    second.post("move", pieces[1], after=pieces[4].pk)
    assert desk.titles() == list("FACDEB")
    assert list(desk.focus.pieces.values_list("position", flat=True)) == list(range(6))


def test_the_script_is_given_the_lines_as_they_are_now(desk: Desk) -> None:
    pieces = three(desk)
    answer = desk.client.post(
        desk.url("move", pieces[2]),
        {"before": pieces[0].pk},
        headers={"X-Requested-With": "XMLHttpRequest"},
        follow=True,
    )
    assert document(answer).xpath("//tr/@data-title") == ["Trois", "Un", "Deux"]
    assert b"<html" not in answer.content


def test_a_neighbour_that_is_gone_is_said(desk: Desk) -> None:
    pieces = three(desk)
    gone = pieces[0].pk
    pieces[0].delete()
    answer = desk.post("move", pieces[2], before=gone)
    assert "Cette pièce n’a pas bougé" in answer.content.decode()
    assert desk.titles() == ["Deux", "Trois"]


@pytest.mark.parametrize("data", [{}, {"before": "x"}, {"after": ""}])
def test_a_move_that_says_nothing_is_refused(desk: Desk, data: dict[str, str]) -> None:
    assert desk.post("move", three(desk)[0], **data).status_code == 400


def test_a_piece_does_not_move_into_another_focus(desk: Desk) -> None:
    stranger = plan(FocusFactory(), "Ailleurs")
    pieces = three(desk)
    desk.post("move", pieces[0], after=stranger.pk)
    assert desk.titles() == ["Un", "Deux", "Trois"]
    assert desk.post("move", stranger, after=pieces[0].pk).status_code == 404


def test_the_tree_of_pages_does_not_move(desk: Desk) -> None:
    pages = [ArticleFactory(parent=desk.focus) for _ in range(3)]
    tree = list(Page.objects.values_list("pk", "path"))
    desk.post("move", pages[2].focus_piece, before=pages[0].focus_piece.pk)
    assert desk.titles()[0] == pages[2].title
    assert list(Page.objects.values_list("pk", "path")) == tree


# Plans


FACTS = {
    "kind": "tribune",
    "title": "Pour une loi",
    "state": "to_order",
    "slot": "p. 3",
    "due_on": "2026-12-01",
    "target_signes": "4500",
}


def test_a_piece_is_planned_at_the_end(desk: Desk) -> None:
    three(desk)
    answer = desk.post("plan", owner=desk.user.pk, **FACTS)
    assert "« Pour une loi » est au sommaire." in answer.content.decode()
    assert desk.titles()[-1] == "Pour une loi"
    piece = Piece.objects.get(title="Pour une loi")
    assert (piece.kind, piece.slot, piece.target_signes) == ("tribune", "p. 3", 4500)
    assert (piece.owner, str(piece.due_on)) == (desk.user, "2026-12-01")


def test_a_plan_without_a_title_is_refused_and_nothing_typed_is_lost(desk: Desk) -> None:
    answer = desk.post("plan", **FACTS | {"title": ""})
    screen = document(answer)
    assert screen.xpath("//input[@name='slot']/@value") == ["p. 3"]
    assert not Piece.objects.exists()


def test_pieces_are_followed_by_people_who_may_open_the_admin(desk: Desk) -> None:
    stranger = UserFactory(username="inconnue")
    options = document(desk.client.get(desk.url("plan"))).xpath("//select[@name='owner']/option")
    values = [option.get("value") for option in options]
    assert str(desk.user.pk) in values
    assert str(stranger.pk) not in values


def test_whoever_follows_a_piece_stays_even_without_access(desk: Desk) -> None:
    piece = plan(desk.focus, "Un reportage", owner=UserFactory(is_active=False))
    form = document(desk.client.get(desk.url("follow", piece)))
    assert form.xpath("//select[@name='owner']/option[@selected]/@value") == [str(piece.owner_id)]


@pytest.mark.parametrize("state", SEEN)
def test_the_desk_follows_a_piece_even_when_its_page_is_locked(
    desk: Desk, state: Package.State
) -> None:
    article = ArticleFactory(parent=desk.focus, title="Un article")
    Package.objects.filter(focus=desk.focus).update(state=state)
    desk.post("follow", article.focus_piece, state="read", slot="ouverture", owner=desk.user.pk)
    piece = Piece.objects.get(page=article)
    assert (piece.state, piece.slot, piece.owner) == ("read", "ouverture", desk.user)


def test_kind_and_title_are_those_of_the_page_once_it_exists(desk: Desk) -> None:
    article = ArticleFactory(parent=desk.focus, title="Un article")
    form = document(desk.client.get(desk.url("follow", article.focus_piece)))
    assert not form.xpath("//*[@name='title' or @name='kind']")
    desk.post("follow", article.focus_piece, state="read", kind="forum", title="Autre")
    piece = Piece.objects.get(page=article)
    assert (piece.kind, piece.title) == ("article", "Un article")


def test_following_a_piece_does_not_undo_a_move_made_meanwhile(desk: Desk) -> None:
    pieces = three(desk)
    form = PlanForm(FACTS | {"title": "Enfin"}, instance=Piece.objects.get(pk=pieces[2].pk))
    assert form.is_valid()
    desk.post("move", pieces[2], before=pieces[0].pk)
    form.save()
    assert desk.titles() == ["Enfin", "Un", "Deux"]


def test_a_plan_is_given_up(desk: Desk) -> None:
    piece = plan(desk.focus, "Un reportage")
    assert "Aucune page n’est supprimée" in plain(
        document(desk.client.get(desk.url("remove", piece)))
    )
    assert Piece.objects.exists()
    desk.post("remove", piece)
    assert not Piece.objects.exists()


def test_a_piece_that_has_a_page_is_not_given_up(desk: Desk) -> None:
    article = ArticleFactory(parent=desk.focus)
    assert desk.post("remove", article.focus_piece).status_code == 404
    assert Piece.objects.filter(page=article).exists()


# From the plan to the page


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("article", "focus.articlepage"),
        ("tribune", "tribunes.tribunepage"),
        ("insert", "focus.insert"),
        ("forum", "focus.forumpage"),
    ],
)
def test_a_plan_becomes_a_draft_of_its_kind(desk: Desk, kind: str, model: str) -> None:
    three(desk)
    piece = plan(desk.focus, "Bien !", kind=kind, target_signes=4500, slot="ouverture")
    answer = desk.post("create", piece)
    piece.refresh_from_db()
    page = piece.page.specific
    assert page._meta.label_lower == model
    assert answer.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=(page.pk,))
    assert (page.title, page.live, page.owner) == ("Bien !", False, desk.user)
    assert page.get_parent().pk == desk.focus.pk
    assert page.has_unpublished_changes
    if kind in ("article", "tribune"):
        assert page.get_latest_revision_as_object().target_signes == 4500
    assert (piece.slot, piece.state) == ("ouverture", Piece.State.TO_ORDER)
    assert desk.titles() == ["Un", "Deux", "Trois", "Bien !"]


def test_a_piece_gets_one_page_only(desk: Desk) -> None:
    piece = plan(desk.focus, "Un reportage")
    desk.post("create", piece)
    answer = desk.post("create", piece)
    assert "a déjà sa page" in answer.content.decode()
    assert ArticlePage.objects.count() == 1


def test_two_plans_of_the_same_title_get_two_addresses(desk: Desk) -> None:
    for _ in range(2):
        desk.post("create", plan(desk.focus, "Un reportage"))
    assert ArticlePage.objects.values("slug").distinct().count() == 2


def test_there_is_one_forum_only(desk: Desk) -> None:
    ForumFactory(parent=desk.focus)
    answer = desk.post("create", plan(desk.focus, "Un débat", kind="forum"))
    assert "a déjà son forum" in answer.content.decode()
    assert ForumPage.objects.count() == 1


@pytest.mark.parametrize("state", ["review", "approved"])
def test_no_page_comes_into_a_package_that_is_being_approved(desk: Desk, state: str) -> None:
    piece = plan(desk.focus, "Un reportage")
    Package.objects.filter(focus=desk.focus).update(state=state)
    assert not desk.open().xpath("//button[contains(., 'Créer la page')]")
    assert "rouvrez-le" in desk.post("create", piece).content.decode()
    assert not ArticlePage.objects.exists()


def test_a_plan_takes_a_page_that_exists_and_keeps_its_place(desk: Desk) -> None:
    piece = plan(desk.focus, "Un reportage", slot="ouverture")
    plan(desk.focus, "Autre chose")
    article = ArticleFactory(parent=desk.focus, title="Le reportage")
    TribuneFactory(parent=desk.focus, title="Une tribune")
    due = timezone.localdate()
    Piece.objects.filter(page=article).update(slot="fin", owner=desk.user, due_on=due)
    options = document(desk.client.get(desk.url("bind", piece))).xpath("//option[@value!='']")
    assert [option.text.strip() for option in options] == ["Le reportage"]
    desk.post("bind", piece, page=article.pk)
    assert desk.titles() == ["Le reportage", "Autre chose", "Une tribune"]
    piece.refresh_from_db()
    assert (piece.page_id, piece.slot, piece.owner) == (article.pk, "ouverture", desk.user)
    assert (piece.due_on, piece.state) == (due, Piece.State.RECEIVED)


def test_a_plan_that_somebody_else_bound_meanwhile_keeps_its_page(desk: Desk) -> None:
    piece = plan(desk.focus, "Un reportage")
    first, second = (ArticleFactory(parent=desk.focus) for _ in range(2))
    bind(piece, first)
    with pytest.raises(PageRefused, match="entre-temps"):
        bind(piece, second)
    assert Piece.objects.get(pk=piece.pk).page_id == first.pk
    assert Piece.objects.filter(page=second).exists()


def test_a_plan_does_not_take_a_page_of_another_focus(desk: Desk) -> None:
    piece, stranger = plan(desk.focus, "Un reportage"), ArticleFactory()
    assert desk.post("bind", piece, page=stranger.pk).status_code == 200
    piece.refresh_from_db()
    assert piece.page is None
    assert Piece.objects.get(page=stranger).focus != desk.focus


# Who


def addresses(desk: Desk, piece: Piece) -> list[tuple[str, str]]:
    """Return every address of a sommaire with its methods."""
    own = [("get", desk.url("index")), ("get", desk.url("plan")), ("post", desk.url("plan"))]
    for name in ("follow", "remove", "bind"):
        own += [("get", desk.url(name, piece)), ("post", desk.url(name, piece))]
    return [*own, ("post", desk.url("move", piece)), ("post", desk.url("create", piece))]


@pytest.mark.parametrize("role", [EDITORS, CHIEF_EDITORS])
def test_who_may_edit_the_focus_opens_its_sommaire(focus: FocusPage, role: Role) -> None:
    assert Desk(focus, role).open() is not None


def test_nobody_else_sees_nor_changes_anything(focus: FocusPage) -> None:
    piece = plan(focus, "Un reportage")
    elsewhere = Group.objects.create(name="Ailleurs")
    elsewhere.permissions.set(Group.objects.get(name=EDITORS.name).permissions.all())
    desk = Desk(focus, None)
    desk.user.groups.add(elsewhere)
    for method, url in addresses(desk, piece):
        answer = getattr(desk.client, method)(url, FACTS | {"before": piece.pk})
        assert answer.status_code == 302, url
        assert answer.url == reverse("wagtailadmin_home")
    assert list(Piece.objects.values_list("title", "page")) == [("Un reportage", None)]
    assert not ArticlePage.objects.exists()


def test_whoever_is_not_logged_in_is_sent_to_the_login(focus: FocusPage) -> None:
    desk = Desk(focus)
    piece = plan(focus, "Un reportage")
    desk.client.logout()
    for method, url in addresses(desk, piece):
        answer = getattr(desk.client, method)(url)
        assert answer.url.startswith(reverse("wagtailadmin_login")), url


def test_what_changes_something_is_posted_with_a_token(desk: Desk) -> None:
    pieces = three(desk)
    for name in ("move", "create"):
        assert desk.client.get(desk.url(name, pieces[0])).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(desk.user)
    for method, url in addresses(desk, pieces[0]):
        if method == "post":
            assert strict.post(url, {"before": pieces[1].pk}).status_code == 403, url


def test_a_piece_of_another_focus_is_not_found(desk: Desk) -> None:
    stranger = plan(FocusFactory(), "Ailleurs")
    for method, url in addresses(desk, stranger):
        if url.endswith((f"/{stranger.pk}/", "/retirer/", "/creer/", "/deplacer/", "/rattacher/")):
            assert getattr(desk.client, method)(url, FACTS).status_code == 404, url


def test_titles_are_shown_as_they_were_typed(desk: Desk) -> None:
    plan(desk.focus, "<script>alert('x')</script> & \"co\"")
    page = desk.client.get(desk.url("index")).content.decode()
    assert not re.search(r"<script>alert", page)
    assert desk.titles() == ["<script>alert('x')</script> & \"co\""]


# The way to it


def test_the_menu_lists_focuses_with_their_state_and_the_days_to_bouclage(desk: Desk) -> None:
    home = desk.client.get(reverse("wagtailadmin_home")).content.decode()
    listing = reverse("liste-des-focus:index")
    assert f'"url": "{listing}"' in home
    [row] = document(desk.client.get(listing)).xpath("//tr[td[contains(., 'Bien vieillir')]]")
    for words in ("Bien vieillir", "Second semestre 2026", "J−28", "en préparation"):
        assert words in plain(row)
    assert desk.url("index") in row.xpath(".//a/@href")


def test_the_menu_takes_the_same_number_of_queries_for_one_focus_and_for_many(desk: Desk) -> None:
    def count() -> int:
        desk.client.get(reverse("liste-des-focus:index"))
        with CaptureQueriesContext(connection) as queries:
            desk.client.get(reverse("liste-des-focus:index"))
        return len(queries)

    few = count()
    for _ in range(4):
        FocusFactory()
    assert count() == few


@pytest.mark.parametrize("ordering", ["title", "-print_deadline", "live"])
def test_focuses_are_sorted(desk: Desk, ordering: str) -> None:
    answer = desk.client.get(reverse("liste-des-focus:index"), {"ordering": ordering})
    assert answer.status_code == 200


def test_a_focus_and_its_pages_lead_to_the_sommaire(desk: Desk) -> None:
    article = ArticleFactory(parent=desk.focus)
    screens = [
        reverse("wagtailadmin_explore", args=(desk.focus.pk,)),
        reverse("wagtailadmin_explore", args=(desk.focus.get_parent().pk,)),
        reverse("wagtailadmin_pages:edit", args=(desk.focus.pk,)),
        reverse("wagtailadmin_pages:edit", args=(article.pk,)),
    ]
    for screen in screens:
        links = document(desk.client.get(screen)).xpath("//a[contains(., 'Sommaire')]/@href")
        assert desk.url("index") in links, screen


def test_other_pages_lead_to_no_sommaire(desk: Desk) -> None:
    home = desk.focus.get_parent().get_parent()
    screen = document(desk.client.get(reverse("wagtailadmin_pages:edit", args=(home.pk,))))
    assert not screen.xpath("//a[contains(., 'Sommaire')]")
