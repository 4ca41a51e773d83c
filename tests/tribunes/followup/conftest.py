"""What all tests of this room use."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.followup.server import Site, serving
from tribunes.models import Partner, TribunePage


@pytest.fixture(autouse=True)
def near(settings: Settings) -> None:
    """Let addresses of this machine be declared, and looked at."""
    settings.OUTSIDE_MAY_BE_LOCAL = True


@pytest.fixture
def tribune(db: None) -> TribunePage:
    """A tribune that is out."""
    return TribuneFactory(parent=FocusFactory(out=True), title="Ouvrir les portes", published=True)


@pytest.fixture
def partner(db: None) -> Partner:
    """A partner that has taken nothing yet."""
    return PartnerFactory()


@pytest.fixture
def site() -> Iterator[Site]:
    """Run the site of a partner."""
    with serving() as running:
        yield running
