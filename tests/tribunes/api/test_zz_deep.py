"""Whatever is sent, the API answers in the form that it says, and never by an error of its own."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cms.wsgi import application
from tests.factories.partners import bearer, token_of
from tribunes.api.openapi import document
from tribunes.models import Partner, TribunePage, WebhookEndpoint
from tribunes.sandbox.examples import USABLE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

schema = schemathesis.openapi.from_dict(document())
schema.app = application
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Leave the connection of the test open from request to request, as Django’s client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(
    partner: Partner, tribune: TribunePage, settings: Any, one_connection: None
) -> list[tuple[dict[str, str], list[str]]]:
    """Headers, and identifiers that exist for them: of the site, and of the sandbox."""
    settings.API_REQUESTS_PER_MINUTE = 10**6
    endpoint = WebhookEndpoint.objects.create(
        partner=partner, name="x", url="https://x.fr/", events=["tribune.updated"]
    )
    live = bearer(token_of(partner)), [str(tribune.uuid), str(endpoint.uuid)]
    return [live, (bearer(token_of(partner, sandbox=True)), [str(USABLE)])]


@schema.parametrize()
@settings(
    max_examples=60, suppress_health_check=list(HealthCheck), derandomize=False, database=None
)
def test_the_api_never_fails_whatever_is_sent(
    case: schemathesis.Case, known: list[tuple[dict[str, str], list[str]]]
) -> None:
    made = case.path_parameters.get("id")
    for headers, uuids in known:
        for uuid in [made, *uuids] if made else [None]:
            if uuid:
                case.path_parameters["id"] = uuid
            case.validate_response(case.call(headers=headers), checks=CHECKS)
