"""«Coller une liste» in the admin: who may, what becomes of a list, nothing lost or published."""

from hashlib import sha256
from typing import Any

import lxml.html
import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from wagtail.models import PageLogEntry, ReferenceIndex
from wagtail.search.backends import get_search_backend

from cms.models import Person
from cms.roles import CHIEF_EDITORS, EDITORS
from focus.models import Package
from tests.factories.cms import OrganisationFactory, PersonFactory, UserFactory
from tests.factories.tribunes import TribuneFactory
from tests.podcasts.editor import Editor, document, messages, newsroom, plain
from tribunes.models import TribunePage, TribuneSignatory
from tribunes.signatories.adding import index_people

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
    sent = form_of(answer) | {"confirm": "1"} | changes
    return who.client.post(url(page), sent, follow=True)


def form_of(answer: HttpResponse) -> dict[str, str]:
    """Return what the form of the screen holds."""
    (form,) = document(answer).xpath("//form[.//textarea[@name='text']]")
    return {name: value.removeprefix("\n") for name, value in form.form_values()}


def signing(page: TribunePage) -> list[str]:
    draft = TribunePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [str(row) for row in draft.signatories.all()]


def rows(answer: HttpResponse) -> list[str]:
    return [
        plain(row.text_content())
        for row in document(answer).xpath("//table[contains(@class, 'newsroom__lines')]/tbody/tr")
    ]


def test_a_pasted_list_becomes_signatories_of_a_new_draft(
    tribune: TribunePage,
) -> None:
    town = OrganisationFactory(name="Ville de Lyon")
    known = PersonFactory(first_name="Marie", last_name="Dupont", role="maire", organisation=town)
    editor = Editor(EDITORS)
    before = signing(tribune)
    answer = send(editor, tribune, LIST.replace("Ville de Lyon", "VILLE DE LYON"))
    assert "3 lignes lues : 1 du carnet, 2 à créer." in plain(document(answer).text_content())
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


def test_a_pasted_signature_is_published_as_it_was_pasted(tribune: TribunePage) -> None:
    """The address book adds neither organisation nor biography to what the list says."""
    known = PersonFactory(first_name="Céleste", last_name="Garrigue", biography="Elle milite.")
    alike = PersonFactory(first_name="Ali", last_name="Roy", role="maire", biography="Il est né.")
    chief = Editor(CHIEF_EDITORS)
    answer = send(chief, tribune, "3. Céleste Garrigue, gardienne\nAli Roy, maire\nZoé Roy")
    assert "Signature : Céleste Garrigue, gardienne Le carnet donne" in rows(answer)[0]
    assert "Signature : Ali Roy, maire" in rows(answer)[1]
    assert document(answer).xpath("//select[@name='line-1']/option[@selected]/@value") == [""]
    confirm(chief, tribune, answer, **{"line-1": str(known.pk)})
    tribune.refresh_from_db()
    tribune.get_latest_revision_as_object().save(clean=False)
    said = TribuneSignatory.objects.filter(person__in=(known, alike))
    assert list(said.values_list("role", "organisation", "biography", "institution")) == [
        ("gardienne", "", "", None),
        ("maire", "", "Il est né.", None),
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
    name = "Camille Noir"
    Person.objects.filter(pk=tribune.signatories.first().person_id).update(last_name="Noir")
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
    links = document(answer).xpath("//a[starts-with(text(), 'ligne ')]/@href")
    assert links == ["#line-1", "#line-3"]
    assert all(document(answer).xpath(f"//select[@id='{link[1:]}']") for link in links)
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


def test_hundreds_of_lines_ask_no_more_queries_than_a_few(tribune: TribunePage) -> None:
    editor = Editor(EDITORS)

    def queries(lines: int) -> tuple[int, int]:
        editor.client.get(url(tribune))
        digits = str.maketrans("0123456789", "abcdefghij")
        seeds = (f"{n} of {lines}".encode() for n in range(lines))
        names = (sha256(seed).hexdigest()[:12].translate(digits) for seed in seeds)
        with CaptureQueriesContext(connection) as reading:
            answer = send(editor, tribune, "\n".join(f"Ali X{name}, maire" for name in names))
        form = form_of(answer)
        with CaptureQueriesContext(connection) as adding:
            assert editor.client.post(url(tribune), form | {"confirm": "1"}).status_code == 302
        return len(reading), len(adding)

    few, many = queries(2), queries(400)
    assert len(signing(tribune)) == 404
    assert many[0] == few[0]
    # rows are inserted by batches of what the database takes at once
    assert many[1] <= few[1] + 10


def test_new_people_are_found_in_searches_and_known_where_they_are_used(
    tribune: TribunePage, django_capture_on_commit_callbacks: Any
) -> None:
    organisation = OrganisationFactory(name="Ville de Lyon")
    editor = Editor(EDITORS)
    read = send(editor, tribune, LIST)
    with django_capture_on_commit_callbacks(execute=True):
        confirm(editor, tribune, read)
    (task,) = DBTaskResult.objects.filter(task_path=index_people.module_path)
    index_people.func(*task.args_kwargs["args"])
    (found,) = get_search_backend().autocomplete("Dura", Person)
    assert str(found) == "Ali Durand"
    assert ReferenceIndex.get_references_to(organisation).exists()


def test_a_tribune_of_many_signatories_can_still_be_saved(tribune: TribunePage) -> None:
    """The form of the page sends every signatory: 4,000 of them, and the rest, must be let in."""
    address = reverse("wagtailadmin_pages:edit", args=[tribune.pk])
    page = document(Editor(EDITORS).client.get(address))
    (form,) = page.xpath("//form[@data-edit-form]")
    names = [name for name, _ in form.form_values()]
    row = {name for name in form.fields if name.startswith("signatories-0-")}
    assert len(row) >= 3
    assert len(names) + 4_000 * len(row) <= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS


@pytest.mark.parametrize("revision", ["9" * 5000, "²", "-1"])
def test_a_revision_that_is_none_is_no_error(tribune: TribunePage, revision: str) -> None:
    editor = Editor(EDITORS)
    answer = confirm(editor, tribune, send(editor, tribune, LIST), revision=revision)
    assert "le brouillon a été enregistré entre-temps" in messages(answer)[0]
    assert len(signing(tribune)) == 2
