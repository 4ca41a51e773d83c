"""Partners, tribunes, and requests to the API."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from focus.models import FocusPage
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory, bearer, token_of
from tests.factories.tribunes import TribuneFactory
from tribunes.models import Partner, TribunePage


@pytest.fixture(autouse=True)
def no_neighbours(settings: Any) -> None:
    """Call servers of the public alone, as in production."""
    settings.OUTSIDE_MAY_BE_LOCAL = False


@pytest.fixture
def focus(db: None) -> FocusPage:
    """A focus that is out."""
    return FocusFactory(out=True)


@pytest.fixture
def tribune(focus: FocusPage) -> TribunePage:
    """A tribune that is online."""
    return TribuneFactory(parent=focus, published=True)


@pytest.fixture
def partner(db: None) -> Partner:
    """A partner under contract."""
    return PartnerFactory()


class Api:
    """The API in the hands of a partner; ``secret`` None: without header."""

    def __init__(self, secret: str | None = None) -> None:
        self.client = Client(raise_request_exception=False)
        self.secret = secret
        self.next = "/changes"

    def __call__(self, path: str, method: str = "get", body: Any = None, **headers: str) -> Any:
        """Call an address under /api/v1, or a whole one, with further headers."""
        path = path if "/api/v1" in path else f"/api/v1{path}"
        sent = (bearer(self.secret) if self.secret else {}) | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        if method in ("get", "head"):
            return getattr(self.client, method)(path, headers=sent)
        data = "" if body is None else body
        return getattr(self.client, method)(
            path, data=data, content_type="application/json", headers=sent
        )

    def poll(self) -> Iterator[dict[str, Any]]:
        """Follow ``next`` from where one stopped to the end."""
        while True:
            answer = self(self.next)
            assert answer.status_code == 200, answer.content
            self.next = answer.json()["next"]
            if not answer.json()["items"]:
                return
            yield from answer.json()["items"]


@pytest.fixture
def api(partner: Partner) -> Api:
    """The API with every scope of the partner."""
    return Api(token_of(partner))


@pytest.fixture
def anyone() -> Api:
    """The API without token."""
    return Api()


@pytest.fixture
def sandbox(partner: Partner) -> Api:
    """The API with a token of the sandbox."""
    return Api(token_of(partner, sandbox=True))
