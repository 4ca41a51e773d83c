"""What migrations load: départements and licences."""

import pytest
from django.core.exceptions import ValidationError

from cms.models import Licence, Territory

pytestmark = pytest.mark.django_db


def test_there_are_exactly_the_101_departements() -> None:
    mainland = {f"{number:02}" for number in range(1, 96)} - {"20"}
    expected = mainland | {"2A", "2B", "971", "972", "973", "974", "976"}
    assert set(Territory.objects.values_list("code", flat=True)) == expected
    assert Territory.objects.count() == 101


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("01", "Ain"),
        ("04", "Alpes-de-Haute-Provence"),
        ("07", "Ardèche"),
        ("2A", "Corse-du-Sud"),
        ("21", "Côte-d’Or"),
        ("22", "Côtes-d’Armor"),
        ("26", "Drôme"),
        ("35", "Ille-et-Vilaine"),
        ("43", "Haute-Loire"),
        ("54", "Meurthe-et-Moselle"),
        ("64", "Pyrénées-Atlantiques"),
        ("71", "Saône-et-Loire"),
        ("75", "Paris"),
        ("79", "Deux-Sèvres"),
        ("90", "Territoire de Belfort"),
        ("95", "Val-d’Oise"),
        ("974", "La Réunion"),
        ("976", "Mayotte"),
    ],
)
def test_a_departement_bears_its_official_name(code: str, name: str) -> None:
    assert Territory.objects.get(code=code).name == name


def test_names_are_typeset() -> None:
    for name in Territory.objects.values_list("name", flat=True):
        assert "'" not in name
        assert name == name.strip()
        assert name[0].isupper()


def test_every_departement_would_pass_its_own_form() -> None:
    for territory in Territory.objects.all():
        territory.full_clean()


@pytest.mark.parametrize("code", ["1", "001", "2C", "970a", "99999", ""])
def test_a_code_that_insee_could_not_have_given_is_refused(code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Territory(code=code, name="Nulle-Part").full_clean()
    assert set(refusal.value.message_dict) == {"code"}


def test_the_licences_are_the_creative_commons_family_cc0_and_all_rights_reserved() -> None:
    family = ["by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd"]
    expected = {f"cc-{terms}-4.0": f"CC-{terms.upper()}-4.0" for terms in family}
    expected |= {"cc0-1.0": "CC0-1.0", "arr": ""}
    assert dict(Licence.objects.values_list("code", "spdx")) == expected


def test_the_code_of_a_licence_is_the_slug_that_podcast_feeds_ask_for() -> None:
    for licence in Licence.objects.exclude(spdx=""):
        assert licence.code == licence.spdx.lower()


def test_every_licence_leads_to_its_text_and_would_pass_its_own_form() -> None:
    for licence in Licence.objects.all():
        licence.full_clean()
        assert licence.url.startswith("https://")
    assert Licence.objects.get(code="arr").name == "Tous droits réservés"


@pytest.mark.parametrize("code", ["CC-BY-4.0", "cc by", "-arr", "droits-réservés", "arr\n"])
def test_a_licence_code_that_feeds_could_not_carry_is_refused(code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Licence(code=code, name="Licence", url="https://exemple.invalid/").clean_fields()
    assert "minuscules" in refusal.value.message_dict["code"][0]
