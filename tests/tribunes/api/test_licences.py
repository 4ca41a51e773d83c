"""``/licences/…``: terms in words and as data, for everybody."""

import pytest

from tests.factories.cms import LicenceFactory
from tests.tribunes.api.conftest import Api
from tribunes.api.licences import permissions_of

pytestmark = pytest.mark.django_db


def test_an_open_licence_in_words_and_as_data(anyone: Api, api: Api) -> None:
    answer = anyone("/licences/cc-by-nd-4.0").json()
    assert answer == api("/licences/cc-by-nd-4.0").json()
    assert (answer["open"], answer["tdm"], answer["spdx"]) == (True, "reserved", "CC-BY-ND-4.0")
    assert answer["permissions"] == {
        "attribution": True,
        "commercial": True,
        "derivatives": False,
        "shareAlike": False,
    }
    assert answer["usageTerms"].endswith("avec mention de la source, sans modification.")


def test_other_terms_are_said_with_each_tribune(anyone: Api) -> None:
    LicenceFactory(code="tous-droits")
    answer = anyone("/licences/tous-droits").json()
    assert (answer["open"], answer["permissions"]) == (False, None)
    assert "terms" in answer["usageTerms"]


@pytest.mark.parametrize("code", ["inconnue", "%00", "é", "a" * 400])
def test_an_unknown_licence_is_404(anyone: Api, code: str) -> None:
    assert anyone(f"/licences/{code}").status_code == 404


@pytest.mark.parametrize(
    ("code", "allowed"),
    [
        ("cc-by-nc-nd-4.0", (True, False, False, False)),
        ("cc-by-sa-4.0", (True, True, True, True)),
        ("cc0-1.0", (False, True, True, False)),
    ],
)
def test_what_a_code_allows(code: str, allowed: tuple[bool, ...]) -> None:
    found = permissions_of(code)
    assert (found.attribution, found.commercial, found.derivatives, found.share_alike) == allowed
