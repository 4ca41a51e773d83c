"""The sandbox: fixed examples behind the same doors, and nothing of the site."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contracts.ninjs import problems
from tests.factories.partners import PartnerFactory, token_of
from tests.tribunes.api.conftest import Api
from tribunes.exports import FORMATS
from tribunes.models import Pull, Republication, TribunePage
from tribunes.sandbox.examples import (
    CORRECTED,
    EMBARGOED,
    RETRACTED,
    USABLE,
    WITHHELD_PICTURES,
    examples,
)

pytestmark = pytest.mark.django_db


def test_the_log_tells_of_each_kind_in_order(sandbox: Api) -> None:
    sandbox.next = "/changes?limit=2"
    entries = list(sandbox.poll())
    told = [(entry["id"], entry["state"]) for entry in entries]
    assert told == [
        (f"urn:uuid:{USABLE}", "updated"),
        (f"urn:uuid:{EMBARGOED}", "updated"),
        (f"urn:uuid:{CORRECTED}", "updated"),
        (f"urn:uuid:{WITHHELD_PICTURES}", "updated"),
        (f"urn:uuid:{RETRACTED}", "deleted"),
        (f"urn:uuid:{CORRECTED}", "updated"),
        (f"urn:uuid:{RETRACTED}", "deleted"),
    ]
    assert list(sandbox.poll()) == []
    since = sandbox("/changes?since=2026-01-13T00:00:00Z")
    sandbox.next = since["Location"]
    assert len(list(sandbox.poll())) == 2


def test_each_example_is_what_it_says(sandbox: Api) -> None:
    usable, embargoed, corrected, withheld, retracted = (
        sandbox(f"/tribunes/{uuid}").json()
        for uuid in (USABLE, EMBARGOED, CORRECTED, WITHHELD_PICTURES, RETRACTED)
    )
    assert (usable["pubStatus"], len(usable["images"])) == ("usable", 1)
    assert (embargoed["pubStatus"], embargoed["embargoedUntil"][:4]) == ("withheld", "2099")
    assert (corrected["version"], len(corrected["corrections"])) == (2, 1)
    assert (withheld["withheldImages"], withheld["images"]) == (2, [])
    assert (retracted["pubStatus"], retracted["bodyHtml"]) == ("canceled", "")
    for item in (usable, embargoed, corrected, withheld):
        assert "exemple" in item["headline"].lower()
        assert "Ce texte est un exemple" in item["bodyHtml"]
    versions = sandbox(f"/tribunes/{CORRECTED}/versions").json()["items"]
    assert [row["severity"] for row in versions] == ["significant", ""]


@pytest.mark.parametrize("uuid", list(examples()))
@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_each_example_comes_in_every_format(sandbox: Api, form: object, uuid: object) -> None:
    answer = sandbox(f"/tribunes/{uuid}.{form.suffix}")
    assert (answer.status_code, answer["Content-Type"]) == (200, form.content_type)
    if form.name == "ninjs":
        assert problems(answer.json()) == []


def test_the_picture_of_the_example_is_there(sandbox: Api) -> None:
    (picture,) = sandbox(f"/tribunes/{USABLE}").json()["images"]
    for href in (picture["href"], picture["original"]):
        answer = sandbox(href.removeprefix("http://testserver"))
        assert answer.status_code == 302
        path = answer["Location"].removeprefix("http://testserver/static/")
        assert finders.find(path)
    archive = ZipFile(BytesIO(sandbox(f"/tribunes/{USABLE}.zip").content))
    assert any("/images/" in name for name in archive.namelist())


@pytest.mark.usefixtures("s3")
def test_the_sandbox_and_the_site_know_nothing_of_each_other(
    sandbox: Api, api: Api, tribune: TribunePage
) -> None:
    assert sandbox(f"/tribunes/{tribune.uuid}").status_code == 404
    assert api(f"/tribunes/{USABLE}").status_code == 404
    ids = {entry["id"] for entry in sandbox.poll()}
    assert f"urn:uuid:{tribune.uuid}" not in ids


def test_nothing_is_written_down_in_the_sandbox(sandbox: Api) -> None:
    body = {"item": str(USABLE), "version": 1, "url": "https://www.exemple.fr/"}
    assert sandbox("/publications", "post", body).status_code == 201
    assert sandbox(f"/retractions/{RETRACTED}/ack", "post").status_code == 204
    list(sandbox.poll())
    assert not Pull.objects.exists()
    assert not Republication.objects.exists()


def test_examples_ask_nothing_of_the_database() -> None:
    sandbox = Api(token_of(PartnerFactory(), sandbox=True))
    sandbox("/tokens")
    with CaptureQueriesContext(connection) as queries:
        assert sandbox("/changes").status_code == 200
    assert not [query for query in queries if "tribunes_change" in query["sql"]]


def test_validators_hold_in_the_sandbox(sandbox: Api) -> None:
    for path in ("/changes", f"/tribunes/{USABLE}.html", f"/tribunes/{RETRACTED}"):
        etag = sandbox(path)["ETag"]
        assert sandbox(path, If_None_Match=etag).status_code == 304
