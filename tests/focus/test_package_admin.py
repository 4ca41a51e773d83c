"""The screens of a package: who may do what, when, and what is said."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import lxml.html
import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.models import User
from cms.roles import CHIEF_EDITORS, EDITORS
from focus.admin.package_acts import ACTS
from focus.admin.package_panel import panel_context
from focus.models import ArticlePage, Package
from focus.package.release import release, take
from publishing.models import Publication
from publishing.registry import key_for
from tests.factories.cms import UserFactory
from tests.focus.packages import approved, focus_of, live, ordered, package_of_four, submitted
from tests.podcasts.editor import Editor, document, messages, newsroom, plain

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3", "newsroom")]

State = Package.State


@pytest.fixture
def package() -> Package:
    """A package in preparation, that nothing forbids to publish."""
    return package_of_four()


def url(package: Package, name: str = "") -> str:
    if name:
        return reverse("focus_package:act", args=[package.focus_id, name])
    return reverse("focus_package:state", args=[package.focus_id])


def do(who: Editor, package: Package, name: str, **form: str) -> HttpResponse:
    """Open the screen of an act, confirm it, arrive where that leads."""
    opened = document(who.client.get(url(package, name)))
    assert opened.xpath("//main//form[@method='post']//button")
    answer = who.client.post(url(package, name), form, follow=True)
    package.refresh_from_db()
    return answer


def buttons(who: Editor, package: Package) -> list[str]:
    """Return the labels of the panel."""
    fragment = who.client.get(reverse("focus_package:progress", args=[package.focus_id]))
    return [
        plain(link.text) for link in lxml.html.fromstring(fragment.content.decode()).xpath("//a")
    ][:-1]


# From one end to the other


def test_a_focus_goes_out_by_the_buttons_alone(package: Package) -> None:
    reporter, chief = Editor(EDITORS), Editor(CHIEF_EDITORS)
    do(reporter, package, "soumettre")
    assert package.state == State.REVIEW
    do(chief, package, "valider")
    assert package.state == State.APPROVED
    answer = do(chief, package, "paraitre", when="maintenant")
    assert messages(answer) == ["C’est noté. Suivez l’avancement ici."]
    release(take(package.pk))
    assert len(live(package)) == 5
    do(chief, package, "retirer")
    assert live(package) == []
    names = [event.user.username for event in package.events.order_by("pk")]
    assert names == [reporter.user.username, *[chief.user.username] * 4]


def test_opening_a_screen_changes_nothing(package: Package) -> None:
    chief = Editor(CHIEF_EDITORS)
    for act in ACTS:
        chief.client.get(url(package, act.name))
    package.refresh_from_db()
    assert (package.state, package.events.count()) == (State.OPEN, 0)


def test_forms_are_protected_against_other_sites(package: Package) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(superuser=True))
    assert client.post(url(package, "soumettre")).status_code == 403
    package.refresh_from_db()
    assert package.state == State.OPEN


# Who


@pytest.fixture
def states(package: Package) -> Iterator[str]:
    """Bring the package from state to state."""

    def each() -> Iterator[str]:
        for state in (State.OPEN, State.REVIEW, State.APPROVED, State.PUBLISHED):
            Package.objects.update(state=state, go_live_at=None)
            yield state

    return each()


def test_what_each_may_do(package: Package, states: Iterator[str]) -> None:
    reporter, chief = Editor(EDITORS), Editor(CHIEF_EDITORS)
    assert {state: (buttons(reporter, package), buttons(chief, package)) for state in states} == {
        State.OPEN: (["Soumettre à validation"], ["Soumettre à validation"]),
        State.REVIEW: (["Rouvrir"], ["Valider", "Rouvrir"]),
        State.APPROVED: ([], ["Faire paraître", "Rouvrir"]),
        State.PUBLISHED: ([], ["Retirer du site"]),
    }


def test_a_planned_package_may_be_moved_or_cancelled(package: Package) -> None:
    ordered(package, timezone.now() + timedelta(hours=1))
    assert buttons(Editor(CHIEF_EDITORS), package) == [
        "Changer l’heure",
        "Annuler la parution",
        "Rouvrir",
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_only_write_cannot_decide(package: Package, method: str) -> None:
    reporter = Editor(EDITORS)
    for act in ACTS:
        answer = getattr(reporter.client, method)(url(package, act.name))
        refused = answer.status_code == 302 and answer.url == reverse("wagtailadmin_home")
        assert refused is act.needs_publish, act.name


@pytest.mark.parametrize("user", [None, "stranger"])
def test_others_see_nothing(package: Package, user: str | None) -> None:
    client = Client()
    if user:
        client.force_login(UserFactory())
    progress = reverse("focus_package:progress", args=[package.focus_id])
    for address in (url(package), progress, *(url(package, act.name) for act in ACTS)):
        for send in (client.get, client.post):
            answer = send(address)
            assert answer.status_code == 302
            assert answer.url.startswith((reverse("wagtailadmin_login"), "/admin/"))
    package.refresh_from_db()
    assert package.state == State.OPEN


def test_an_act_that_does_not_exist(package: Package) -> None:
    assert Editor(CHIEF_EDITORS).client.get(url(package, "detruire")).status_code == 404


# What is said


def test_a_refusal_is_said_where_it_was_asked(package: Package) -> None:
    ArticlePage.objects.update(chapo="")
    submitted(package)
    answer = do(Editor(CHIEF_EDITORS), package, "valider")
    assert "Le rapport signale 1 point bloquant : corrigez d’abord." in messages(answer)[0]
    assert package.state == State.REVIEW


def test_a_button_pressed_twice_is_told_so(package: Package) -> None:
    chief = Editor(CHIEF_EDITORS)
    do(chief, package, "soumettre")
    answer = do(chief, package, "soumettre")
    assert "quelqu’un l’a fait avancer" in messages(answer)[0]
    assert package.events.count() == 1


def test_the_report_names_piece_level_and_where_to_mend(package: Package) -> None:
    ArticlePage.objects.update(chapo="")
    screen = document(Editor(EDITORS).client.get(url(package)))
    (row,) = [row for row in screen.xpath("//tbody/tr") if "chapô" in row.text_content()]
    assert plain(row.text_content()).startswith("L’article À corriger Écrivez le chapô.")
    edit = reverse("wagtailadmin_pages:edit", args=[ArticlePage.objects.get().pk])
    assert row.xpath(".//a/@href") == [edit]
    assert "1 point à corriger" in plain(screen.text_content())


def test_the_journal_says_who_did_what(package: Package) -> None:
    chief = Editor(CHIEF_EDITORS)
    do(chief, package, "soumettre")
    (line,) = document(chief.client.get(url(package))).xpath("//ol[@class='package__journal']/li")
    assert chief.user.username in line.text_content()
    assert "Soumis à validation" in line.text_content()


def test_hostile_titles_are_shown_as_they_are(package: Package) -> None:
    ArticlePage.objects.update(chapo="", title="<script>alert(1)</script>")
    screen = document(Editor(EDITORS).client.get(url(package)))
    assert not screen.xpath("//script[contains(., 'alert(1)')]")


def test_a_failure_is_said_in_the_panel(package: Package) -> None:
    Package.objects.update(problem="Rien n’a paru : une page a changé.")
    fragment = Editor(EDITORS).client.get(
        reverse("focus_package:progress", args=[package.focus_id])
    )
    assert "Rien n’a paru" in fragment.content.decode()


# When


def test_the_hour_is_that_of_paris_whatever_clock_the_editor_prefers(package: Package) -> None:
    chief = Editor(CHIEF_EDITORS)
    UserProfile.objects.update_or_create(
        user=chief.user, defaults={"current_time_zone": "America/Martinique"}
    )
    approved(package)
    do(chief, package, "paraitre", when="plus-tard", at="2099-07-14T06:30")
    assert package.go_live_at == datetime(2099, 7, 14, 4, 30, tzinfo=UTC)
    assert "14 juillet 2099 à 6 h 30" in plain(package.events.first().text)
    form = document(chief.client.get(url(package, "decaler")))
    assert form.xpath("//input[@name='at']/@value") == ["2099-07-14T06:30"]
    assert "14 juillet 2099 à 6 h 30" in plain(chief.client.get(url(package)).content.decode())


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"when": "plus-tard"}, "Indiquez le jour et l’heure."),
        ({"when": "plus-tard", "at": ""}, "Indiquez le jour et l’heure."),
        ({"when": "plus-tard", "at": "2020-01-01T10:00"}, "Cette heure est passée"),
        ({"when": "plus-tard", "at": "demain"}, "Saisissez une date et une heure valides."),
        ({"when": "plus-tard", "at": "2099-03-29T02:30"}, "fuseau horaire"),
        ({"when": "jamais"}, "Sélectionnez un choix valide."),
        ({}, "Champ requis."),
    ],
)
def test_an_hour_that_cannot_be(package: Package, form: dict[str, str], reason: str) -> None:
    approved(package)
    answer = do(Editor(CHIEF_EDITORS), package, "paraitre", **form)
    assert reason in plain(answer.content.decode())
    assert package.go_live_at is None


# Progress


def test_the_fragment_follows_the_check_then_the_files(package: Package) -> None:
    chief = Editor(CHIEF_EDITORS)

    def shown() -> tuple[str, list[str], bool]:
        fragment = lxml.html.fromstring(
            chief.client.get(
                reverse("focus_package:progress", args=[package.focus_id])
            ).content.decode()
        )
        bar = fragment.xpath("//progress/@value")
        moving = "data-moving" in fragment.attrib
        return plain(fragment.xpath("string(p[1])")), bar, moving

    ordered(package)
    assert shown() == ("validé La parution va commencer.", [], True)
    Package.objects.update(done=2, total=5)
    assert shown() == ("validé Contrôle des pages avant parution : 2 sur 5.", ["2"], True)
    Package.objects.update(done=5, total=5)
    assert shown() == ("validé Tout est contrôlé : les pages paraissent ensemble.", ["5"], True)
    release(take(package.pk))
    Publication.objects.all().delete()
    key = key_for(ArticlePage.objects.get()) or ""
    Publication.objects.create(key=key, generation=1)
    sentence, bar, moving = shown()
    assert "Fichiers à jour : 0 sur 1." in sentence
    assert (bar, moving) == (["0"], True)
    Publication.objects.update(state="published", published_generation=1)
    sentence, bar, moving = shown()
    assert sentence.startswith("paru Paru le ")
    assert (bar, moving) == ([], False)


def test_the_panel_shows_a_package_as_it_is_now(package: Package) -> None:
    """Django remembers the package of a focus on the instance: the panel does not trust it."""
    focus = focus_of(package)
    assert focus.package.state == State.OPEN
    submitted(package)
    request = RequestFactory().get("/")
    request.user = User.objects.get(is_superuser=True)
    assert panel_context(focus.package, request)["package"].state == State.REVIEW
