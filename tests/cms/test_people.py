"""People and organisations."""

import pytest
from django.core.exceptions import ValidationError

from cms.models import Organisation, Person
from tests.factories.cms import ImageFactory, OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.mark.parametrize(
    ("first_name", "last_name", "announced"),
    [("Inès", "Da Costa", "Inès Da Costa"), ("", "Barbara", "Barbara")],
)
def test_a_person_is_announced_by_first_then_last_name(
    first_name: str, last_name: str, announced: str
) -> None:
    person = Person(first_name=first_name, last_name=last_name)
    assert person.full_name == str(person) == announced


def test_a_person_keeps_the_public_identifier_through_any_change() -> None:
    person = PersonFactory()
    identifier = person.uuid
    person.last_name = "Autre"
    person.save()
    person.refresh_from_db()
    assert person.uuid == identifier
    assert PersonFactory().uuid != identifier


def test_a_person_survives_the_organisation_and_the_portrait() -> None:
    person = PersonFactory(portrait=ImageFactory())
    person.organisation.delete()
    person.portrait.delete()
    person.refresh_from_db()
    assert person.organisation is None
    assert person.portrait is None


def test_two_organisations_cannot_have_one_name() -> None:
    OrganisationFactory(name="Département de l’Aude")
    with pytest.raises(ValidationError) as refusal:
        Organisation(name="Département de l’Aude").full_clean()
    assert "name" in refusal.value.message_dict
