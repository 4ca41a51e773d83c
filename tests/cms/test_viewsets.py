"""The screens for what pages refer to."""

import re

import pytest
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from cms.models import Licence, Organisation, Person, Territory, Theme
from tests.factories.cms import (
    ImageFactory,
    LicenceFactory,
    OrganisationFactory,
    PersonFactory,
    TerritoryFactory,
    ThemeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

MODELS = [Person, Organisation, Theme, Territory, Licence]


@pytest.fixture
def editor(client: Client) -> Client:
    """A browser logged in as somebody who may do everything."""
    client.force_login(UserFactory(superuser=True))
    return client


@pytest.fixture
def one_of_each() -> dict[type[Model], Model]:
    """One object of every model that has screens, indexed as the worker would."""
    objects = {
        Person: PersonFactory(last_name="Recherchée"),
        Organisation: OrganisationFactory(name="Recherchée"),
        Theme: ThemeFactory(name="Recherchée"),
        Territory: TerritoryFactory(code="99", name="Recherchée"),
        Licence: LicenceFactory(code="recherchee", name="Recherchée"),
    }
    call_command("update_index", verbosity=0)
    return objects


def address(model: type[Model], view: str, *args: object) -> str:
    """Return the address of a screen of a model."""
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("order", ["", "-"])
def test_every_list_can_be_searched_in_the_order_of_any_column(
    editor: Client, one_of_each: dict[type[Model], Model], model: type[Model], order: str
) -> None:
    found = str(one_of_each[model])
    page = editor.get(address(model, "list")).content.decode()
    columns = set(re.findall(r"ordering=-?(\w+)", page))
    assert columns
    for column in columns:
        answer = editor.get(address(model, "list"), {"q": "recherch", "ordering": order + column})
        assert answer.status_code == 200
        assert [str(row) for row in answer.context["object_list"]] == [found]


@pytest.mark.parametrize("model", MODELS)
def test_every_chooser_finds_by_the_beginning_of_a_word(
    editor: Client, one_of_each: dict[type[Model], Model], model: type[Model]
) -> None:
    chooser = model.snippet_viewset.chooser_viewset.get_url_name("choose_results")
    page = editor.get(reverse(chooser), {"q": "recherch"}).content.decode()
    assert str(one_of_each[model]) in page
    page = editor.get(reverse(chooser), {"q": "introuvable"}).content.decode()
    assert str(one_of_each[model]) not in page


@pytest.mark.parametrize("model", MODELS)
def test_every_form_opens_and_nothing_can_be_copied(
    editor: Client, one_of_each: dict[type[Model], Model], model: type[Model]
) -> None:
    edit = editor.get(address(model, "edit", one_of_each[model].pk))
    assert edit.status_code == editor.get(address(model, "add")).status_code == 200
    assert "/copy/" not in edit.content.decode()


def test_people_are_found_by_name_within_an_organisation(editor: Client) -> None:
    person = PersonFactory(last_name="Recherchée")
    PersonFactory(last_name="Recherchée")
    call_command("update_index", verbosity=0)
    within = {"organisation": person.organisation_id}
    for query in (within, {**within, "q": "recherch"}):
        answer = editor.get(address(Person, "list"), query)
        assert list(answer.context["object_list"]) == [person]


def test_the_list_of_people_takes_a_constant_number_of_queries(
    editor: Client, django_assert_max_num_queries: object
) -> None:
    PersonFactory.create_batch(15)
    editor.get(address(Person, "list"))
    with django_assert_max_num_queries(20):
        editor.get(address(Person, "list"))


def test_a_person_is_created_in_the_form(editor: Client) -> None:
    answer = editor.post(
        address(Person, "add"),
        {
            "first_name": "Inès",
            "last_name": "Da Costa",
            "role": "présidente",
            "organisation": OrganisationFactory().pk,
            "biography": "Deux phrases.",
            "portrait": "",
            "website": "",
        },
    )
    assert answer.status_code == 302
    assert str(Person.objects.get()) == "Inès Da Costa"


def test_a_refused_person_says_why_and_keeps_what_was_typed(editor: Client) -> None:
    answer = editor.post(
        address(Person, "add"),
        {"first_name": "Inès", "last_name": "", "website": "pas une adresse"},
    )
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"last_name", "website"}
    assert 'value="Inès"' in answer.content.decode()


@pytest.mark.usefixtures("s3")
def test_a_licence_in_use_is_not_deleted_and_its_uses_are_shown(editor: Client) -> None:
    licence = ImageFactory().licence
    answer = editor.post(address(Licence, "delete", licence.pk), follow=True)
    assert answer.redirect_chain[0][0].startswith(address(Licence, "usage", licence.pk))
    assert "sert encore" in answer.content.decode()
    assert Licence.objects.filter(pk=licence.pk).exists()


def test_a_licence_that_nothing_uses_can_be_deleted(editor: Client) -> None:
    licence = LicenceFactory(code="essai")
    editor.post(address(Licence, "delete", licence.pk))
    assert not Licence.objects.filter(pk=licence.pk).exists()
