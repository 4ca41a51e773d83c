"""The OpenAPI document: committed, served, and true."""

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from cms.withdrawing import withdraw
from tests.tribunes.api.acts import again
from tests.tribunes.api.conftest import Api
from tribunes.api.openapi import document
from tribunes.management.commands.openapi import path, written
from tribunes.models import TribunePage

pytestmark = pytest.mark.django_db


def test_the_committed_document_is_the_one_of_the_code() -> None:
    """After a change that was decided: ``manage.py openapi``."""
    assert path().read_text(encoding="utf-8") == written()


def test_anybody_may_read_it(anyone: Api) -> None:
    answer = anyone("/openapi.json")
    assert answer.json() == document()
    assert answer.json()["openapi"].startswith("3.1")
    assert anyone("/openapi.json", If_None_Match=answer["ETag"]).status_code == 304


def test_every_operation_is_described_and_has_a_name_of_its_own() -> None:
    operations = [
        operation for methods in document()["paths"].values() for operation in methods.values()
    ]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) == 21
    for operation in operations:
        assert operation["summary"]
        assert operation["tags"]
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"}


@pytest.mark.usefixtures("s3")
def test_answers_have_the_form_that_it_says(
    api: Api, sandbox: Api, tribune: TribunePage, anyone: Api
) -> None:
    schemas = document()["components"]["schemas"]
    for item in (entry["data"] for entry in sandbox.poll() if "data" in entry):
        assert set(item) == set(schemas["Tribune"]["properties"])
        for name, rows in (
            ("Person", item["people"]),
            ("Picture", item["images"]),
            ("Terms", [item["terms"]]),
            ("ItemLinks", [item["links"]]),
            ("Correction", item["corrections"]),
        ):
            assert all(set(row) == set(schemas[name]["properties"]) for row in rows)
    sandbox.next = "/changes"
    uri = "urn:openapi"
    resource = Resource(contents=document(), specification=DRAFT202012)
    registry = Registry().with_resource(uri, resource)

    def check(name: str, data: object) -> None:
        schema = {"$ref": f"{uri}#/components/schemas/{name}"}
        checker = FormatChecker()
        Draft202012Validator(schema, registry=registry, format_checker=checker).validate(data)

    for one in (api, sandbox):
        check("Changes", one("/changes").json())
        for entry in one.poll():
            answer = one(entry["href"].removeprefix("http://testserver"))
            check("Tribune", answer.json())
            check("Versions", one(f"{entry['href']}/versions").json())
        check("Tokens", one("/tokens").json())
    withdraw(again(tribune), reason="Faux.")
    check("Changes", api("/changes").json())
    check("Tribune", api(f"/tribunes/{tribune.uuid}").json())
    check("LicenceOut", anyone("/licences/cc-by-4.0").json())
    check("Problem", anyone("/changes").json())
