"""Whatever goes wrong is a problem (RFC 9457), with a stable code and a French sentence."""

import json
from typing import Any

import pytest
from django.db import OperationalError

from tests.factories.bodies import image as image_block
from tests.factories.bodies import stream
from tests.factories.cms import ImageFactory
from tests.tribunes.api.acts import change
from tests.tribunes.api.conftest import Api
from tribunes.api import tokens
from tribunes.api.problems import KINDS, Problem
from tribunes.models import TribunePage

pytestmark = pytest.mark.django_db


def check(answer: Any, status: int, code: str) -> dict[str, Any]:
    """Return the problem, which has all its members."""
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert problem["status"] == status
    assert problem["code"] == code
    assert problem["title"] == KINDS[code].title
    documentation = "http://testserver/partenaires/documentation/erreurs/"
    assert problem["type"] == f"{documentation}#{code}"
    assert problem["requestId"] == answer["X-Request-Id"]
    assert problem["detail"].endswith((".", "…"))
    assert answer["Cache-Control"] == "private, no-cache"
    return problem


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["/", "/nulle-part", "/tribunes", "/tribunes/x", "/docs", "//"])
def test_an_unknown_address_is_a_problem_whatever_the_method(
    anyone: Api, method: str, path: str
) -> None:
    problem = check(anyone(path, method), 404, "not-found")
    assert problem["instance"] == f"/api/v1{path}"


def test_a_method_that_is_not_allowed_says_which_are(api: Api) -> None:
    answer = api("/changes", "post")
    check(answer, 405, "method-not-allowed")
    assert answer["Allow"] == "GET"


def test_the_documentation_page_of_the_library_is_not_there(anyone: Api) -> None:
    for path in ("/docs", "/docs/"):
        assert b"<script" not in anyone(path).content


def test_a_body_that_is_no_json_is_400(api: Api) -> None:
    check(api("/publications", "post", "{"), 400, "malformed-request")


def test_too_many_parameters_are_400(anyone: Api, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    check(anyone(f"/changes?{'a=1&' * 11}"), 400, "malformed-request")


def test_data_that_break_a_rule_are_422_and_every_error_is_named(api: Api) -> None:
    body = {"item": "x", "version": 0, "printedIn": "a\u0000b", "adresse": "y"}
    problem = check(api("/publications", "post", body), 422, "invalid")
    found = {one["pointer"]: one["detail"] for one in problem["errors"]}
    assert found == {
        "/item": "Donnez un identifiant UUID.",
        "/version": "Au moins 1.",
        "/printedIn": "Refusé\u00a0: caractère interdit.",
        "/adresse": "Ce nom n’existe pas ici.",
    }
    assert problem["detail"].startswith("À corriger\u00a0: ")


def test_what_nobody_foresaw_is_logged_and_tells_nothing(
    api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(caller: Any) -> None:
        raise RuntimeError("un secret")

    monkeypatch.setattr(tokens, "_own", fail)
    problem = check(api("/tokens"), 500, "server-error")
    assert "secret" not in json.dumps(problem)
    (record,) = [record for record in caplog.records if record.name == "tribunes.api.door"]
    assert record.request_id == problem["requestId"]
    assert "un secret" in caplog.text


def test_a_database_that_is_away_is_503_with_the_seconds_to_wait(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(caller: Any) -> None:
        raise OperationalError("closed")

    monkeypatch.setattr(tokens, "_own", fail)
    answer = api("/tokens")
    check(answer, 503, "unavailable")
    assert answer["Retry-After"] == "30"


def test_a_store_that_is_away_is_503(api: Api, s3: Any, tribune: TribunePage) -> None:
    picture = ImageFactory(republication="yes")
    change(tribune, body=stream(image_block(picture)))
    with s3.down():
        check(api(f"/tribunes/{tribune.uuid}.zip"), 503, "unavailable")


def test_a_picture_whose_file_is_lost_is_told_apart_from_an_outage(
    api: Api, s3: Any, tribune: TribunePage
) -> None:
    picture = ImageFactory(republication="yes")
    change(tribune, body=stream(image_block(picture)))
    picture.file.storage.delete(picture.file.name)
    for address in (".zip", f"/images/{picture.pk}"):
        check(api(f"/tribunes/{tribune.uuid}{address}"), 404, "picture-missing")
    assert api(f"/tribunes/{tribune.uuid}.html").status_code == 200


def test_maintenance_is_503_with_the_seconds_to_wait(anyone: Api, settings: Any) -> None:
    settings.API_MAINTENANCE = True
    answer = anyone("/changes")
    check(answer, 503, "maintenance")
    assert answer["Retry-After"] == "300"


def test_every_code_is_explained() -> None:
    for code, kind in KINDS.items():
        assert kind.title
        assert kind.cure.endswith(".")
        assert Problem(code, "x").kind.status == kind.status
