"""«Coller une liste» in the admin: who may, what becomes of a list, nothing lost or published."""

import lxml.html
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageLogEntry, ReferenceIndex

from cms.models import Person
from cms.roles import CHIEF_EDITORS, EDITORS
from focus.models import Package
from tests.conftest import Worker
from tests.factories.cms import OrganisationFactory, PersonFactory, UserFactory
from tests.factories.focus import FocusFactory
from tests.factories.tribunes import TribuneFactory
from tests.podcasts.editor import Editor, document, messages, newsroom, plain
from tribunes.models import TribunePage, TribuneSignatory

__all__ = ["newsroom"]  # a fixture made elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3", "newsroom")]

LIST = "Marie Dupont, maire, Ville de Lyon\nDURAND Ali ; médecin\nZoé Roy"


@pytest.fixture
def tribune() -> TribunePage:
    """A draft with two signatories."""
    page = TribuneFactory(signatories=2)
    page.save_revision()
    return page


def url(page: TribunePage) -> str:
    return reverse("tribunes_admin:paste", args=[page.pk])


def send(who: Editor, page: TribunePage, text: str) -> HttpResponse:
    """Paste a list and have it read."""
    return who.client.post(url(page), {"text": text, "preview": "1"})


def confirm(who: Editor, page: TribunePage, answer: HttpResponse, **changes: str) -> HttpResponse:
    """Send the form as it is shown, changed, by «Ajouter au brouillon»."""
    form = next(
        form for form in document(answer).xpath("//form") if form.xpath(".//textarea[@name='text']")
    )
    sent = {name: value.removeprefix("\n") for name, value in form.form_values()}
    return who.client.post(url(page), sent | {"confirm": "1"} | changes, follow=True)


def signing(page: TribunePage) -> list[str]:
    draft = TribunePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [str(row) for row in draft.signatories.all()]


def rows(answer: HttpResponse) -> list[str]:
    return [plain(row.text_content()) for row in document(answer).xpath("//tbody/tr")]


def test_a_pasted_list_becomes_signatories_of_a_new_draft(
    tribune: TribunePage, worker: Worker
) -> None:
    known = PersonFactory(first_name="Marie", last_name="Dupont")
    OrganisationFactory(name="Ville de Lyon")
    editor = Editor(EDITORS)
    before = signing(tribune)
    answer = send(editor, tribune, LIST.replace("Ville de Lyon", "VILLE DE LYON"))
    assert "3 lignes lues : 1 du carnet, 2 nouvelles, 0 laissée de côté" in plain(
        document(answer).text_content()
    )
    answer = confirm(editor, tribune, answer)
    assert messages(answer) == [
        "3 signataires dans le brouillon, 2 nouvelles fiches dans le carnet."
        " Relisez la liste, puis publiez."
    ]
    assert signing(tribune) == [
        *before,
        "Marie Dupont, maire, Ville de Lyon",
        "Ali Durand, médecin",
        "Zoé Roy",
    ]
    assert Person.objects.filter(last_name="Dupont").get() == known
    assert PageLogEntry.objects.filter(page=tribune.pk, user=editor.user).exists()
    worker.drain()
    assert [found.full_name for found in Person.objects.all() if found.last_name == "Durand"]
    from wagtail.search.backends import get_search_backend

    assert [str(found) for found in get_search_backend().autocomplete("Dura", Person)] == [
        "Ali Durand"
    ]


def test_nothing_is_published_and_rows_find_their_organisation_when_it_is(
    tribune: TribunePage,
) -> None:
    organisation = OrganisationFactory(name="Ville de Lyon")
    chief = Editor(CHIEF_EDITORS)
    confirm(chief, tribune, send(chief, tribune, LIST))
    tribune.refresh_from_db()
    assert (tribune.live, tribune.signatories.count()) == (False, 2)
    draft = tribune.get_latest_revision_as_object()
    draft.save(clean=False)
    row = TribuneSignatory.objects.get(person__last_name="Dupont")
    assert row.institution == organisation
    orders = list(TribuneSignatory.objects.values_list("sort_order", flat=True))
    assert orders == sorted(set(orders))


def test_a_draft_that_was_typed_is_kept(tribune: TribunePage) -> None:
    tribune.title = "Un titre encore en brouillon"
    tribune.save_revision()
    editor = Editor(EDITORS)
    confirm(editor, tribune, send(editor, tribune, LIST))
    fresh = TribunePage.objects.get(pk=tribune.pk)
    assert fresh.get_latest_revision_as_object().title == "Un titre encore en brouillon"
    assert len(signing(tribune)) == 5


def test_who_signs_already_is_said_and_left_out(tribune: TribunePage) -> None:
    editor = Editor(EDITORS)
    name = tribune.signatories.first().person.full_name
    answer = send(editor, tribune, f"{name}\nZoé Roy")
    assert "Déjà signataire." in rows(answer)[0]
    answer = confirm(editor, tribune, answer)
    assert "1 ligne laissée de côté" in messages(answer)[0]
    assert len(signing(tribune)) == 3
    pk = str(tribune.signatories.first().person_id)
    answer = confirm(
        editor, tribune, send(editor, tribune, f"{name}\nPaul Blanc"), **{"line-1": pk}
    )
    assert "signe déjà la tribune" in rows(answer)[0]
    assert len(signing(tribune)) == 3


def test_what_is_undecided_is_said_beside_the_line_and_nothing_is_saved(
    tribune: TribunePage,
) -> None:
    PersonFactory(first_name="Marie", last_name="Dupont")
    second = PersonFactory(first_name="Marie", last_name="Dupont")
    editor = Editor(EDITORS)
    answer = send(editor, tribune, "Marie Dupont\nZoé Roy\nAli et Léa Blanc")
    assert "2 personnes du carnet portent ce nom" in rows(answer)[0]
    assert "Deux personnes" in rows(answer)[2]
    answer = confirm(editor, tribune, answer, **{"line-2": "out"})
    assert "Choisissez ce que devient cette ligne." in rows(answer)[0]
    assert len(signing(tribune)) == 2
    # what was chosen elsewhere is kept
    assert document(answer).xpath("//select[@name='line-2']/option[@selected]/@value") == ["out"]
    confirm(editor, tribune, answer, **{"line-1": str(second.pk)})
    assert signing(tribune)[2:] == [str(tribune.signatories.model(person=second))]


def test_a_list_changed_before_adding_is_read_again(tribune: TribunePage) -> None:
    editor = Editor(EDITORS)
    answer = confirm(editor, tribune, send(editor, tribune, LIST), text=f"{LIST}\nPaul Blanc")
    assert "vous avez modifié la liste" in messages(answer)[0]
    assert len(rows(answer)) == 4
    assert len(signing(tribune)) == 2


def test_a_button_pressed_twice_adds_once(tribune: TribunePage) -> None:
    editor = Editor(EDITORS)
    read = send(editor, tribune, LIST)
    confirm(editor, tribune, read)
    people = Person.objects.count()
    answer = confirm(editor, tribune, read)
    assert "le brouillon a été enregistré entre-temps" in messages(answer)[0]
    assert "Déjà signataire." in rows(answer)[0]
    assert (len(signing(tribune)), Person.objects.count()) == (5, people)


@pytest.mark.parametrize("text", ["", " \n\t", "\x00", "Nom\tFonction"])
def test_a_list_of_nothing_is_refused_beside_the_field(tribune: TribunePage, text: str) -> None:
    answer = send(Editor(EDITORS), tribune, text)
    assert document(answer).xpath("//*[@data-field-errors]//*[contains(@class, 'error')]")


def test_hostile_names_are_shown_as_they_are(tribune: TribunePage) -> None:
    answer = send(Editor(EDITORS), tribune, "<script>alert(1)</script> Roy, <b>maire</b>")
    assert not document(answer).xpath("//script[contains(., 'alert(1)')]")
    assert not lxml.html.fromstring(answer.content.decode()).xpath("//td/b")


def test_a_tribune_of_a_package_that_is_approved_cannot_be_changed(tribune: TribunePage) -> None:
    editor = Editor(CHIEF_EDITORS)
    read = send(editor, tribune, LIST)
    Package.objects.update(state=Package.State.REVIEW)
    header = document(editor.client.get(reverse("wagtailadmin_pages:edit", args=[tribune.pk])))
    assert not header.xpath(f"//a[@href='{url(tribune)}']")
    for answer in (
        editor.client.get(url(tribune), follow=True),
        confirm(editor, tribune, read),
    ):
        assert "focus" in messages(answer)[0]
    assert len(signing(tribune)) == 2
    assert not Person.objects.filter(last_name="Durand").exists()


def test_the_button_is_beside_the_tribune(tribune: TribunePage) -> None:
    header = document(
        Editor(EDITORS).client.get(reverse("wagtailadmin_pages:edit", args=[tribune.pk]))
    )
    assert header.xpath(f"//a[@href='{url(tribune)}']")


@pytest.mark.parametrize("user", [None, "stranger", "admin without page"])
def test_others_may_neither_look_nor_paste(tribune: TribunePage, user: str | None) -> None:
    client = Client()
    if user:
        who = UserFactory()
        if user != "stranger":
            from django.contrib.auth.models import Permission

            who.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(who)
    for answer in (
        client.get(url(tribune)),
        client.post(url(tribune), {"text": LIST, "preview": "1"}),
    ):
        assert answer.status_code == 302
        assert answer.url.startswith((reverse("wagtailadmin_login"), "/admin/"))


def test_forms_are_protected_against_other_sites(tribune: TribunePage) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(superuser=True))
    assert client.post(url(tribune), {"text": LIST}).status_code == 403


def test_who_may_not_create_people_is_told_so(tribune: TribunePage) -> None:
    editor = Editor(EDITORS)
    group = editor.user.groups.get()
    group.permissions.remove(group.permissions.get(codename="add_person"))
    answer = confirm(editor, tribune, send(editor, tribune, "Zoé Roy"))
    assert "Vous ne pouvez pas créer de personne" in rows(answer)[0]
    assert not Person.objects.filter(last_name="Roy").exists()


def test_hundreds_of_lines_ask_no_more_queries_than_two(tribune: TribunePage) -> None:
    editor = Editor(EDITORS)

    def queries(lines: int) -> tuple[int, int]:
        text = "\n".join(
            f"Prénom{'abcdefghij'[n % 10]} Nom{'abcdefghij'[n // 100]}"
            f"{'abcdefghij'[n // 10 % 10]}x{lines}".replace("2", "z").replace("400", "y")
            for n in range(lines)
        )
        with CaptureQueriesContext(connection) as reading:
            answer = send(editor, tribune, text)
        with CaptureQueriesContext(connection) as adding:
            assert confirm(editor, tribune, answer, **{}).status_code == 200
        return len(reading), len(adding)

    queries(2)
    assert queries(400)[0] <= queries(2)[0] + 1


def test_references_to_an_organisation_are_known(tribune: TribunePage, worker: Worker) -> None:
    organisation = OrganisationFactory(name="Ville de Lyon")
    editor = Editor(EDITORS)
    confirm(editor, tribune, send(editor, tribune, LIST))
    worker.drain()
    assert ReferenceIndex.get_references_to(organisation).exists()
