"""When a picture may be published."""

from datetime import date

import pytest

from cms.licensing import rights_problem

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("expires_on", [None, TODAY, date(2027, 1, 1)])
def test_a_picture_with_a_running_licence_may_be_published(expires_on: date | None) -> None:
    assert rights_problem(licence_filled_in=True, expires_on=expires_on, on=TODAY) == ""


def test_a_picture_without_licence_may_not() -> None:
    problem = rights_problem(licence_filled_in=False, expires_on=None, on=TODAY)
    assert problem == "La licence de l’image n’est pas renseignée."


def test_a_picture_may_not_be_published_from_the_day_after_its_rights_end() -> None:
    problem = rights_problem(licence_filled_in=True, expires_on=date(2026, 11, 23), on=TODAY)
    assert problem == "Les droits de l’image ont expiré le 23/11/2026."
