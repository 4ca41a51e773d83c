"""What partners declare: where they published, that they followed a withdrawal."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.withdrawing import withdraw
from tests.factories.partners import PartnerFactory, token_of
from tests.tribunes.api.acts import again
from tests.tribunes.api.conftest import Api
from tribunes.models import Notice, Partner, Record, Republication, TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]
URL = "https://www.exemple.fr/tribune"


def declare(api: Api, tribune: TribunePage, **changes: Any) -> Any:
    """Say that a tribune was published."""
    body = {"item": f"urn:uuid:{tribune.uuid}", "version": 1, "url": URL} | changes
    return api("/publications", "post", body)


def test_a_publication_is_written_down(api: Api, tribune: TribunePage, partner: Partner) -> None:
    answer = declare(api, tribune, date="2026-01-02")
    assert answer.status_code == 201
    assert answer.json() == {
        "item": f"urn:uuid:{tribune.uuid}",
        "version": 1,
        "url": URL,
        "printedIn": "",
        "date": "2026-01-02",
    }
    row = Republication.objects.get()
    assert (row.partner, row.record.uuid, row.url) == (partner, tribune.uuid, URL)
    assert row.declared_by == "API, jeton «\u202fessai\u202f»"
    assert declare(api, tribune, version=1).status_code == 201
    assert Republication.objects.count() == 1


def test_a_printed_page_is_written_down(api: Api, tribune: TribunePage) -> None:
    answer = declare(api, tribune, url="", printedIn="Le Journal, nº 12, p. 4")
    assert answer.status_code == 201
    assert Republication.objects.get().state == "printed"


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"version": 9}, "/version"),
        ({"url": ""}, "/url"),
        ({"url": "ftp://exemple.fr/"}, "/url"),
        ({"url": "https://127.0.0.1/"}, "/url"),
        ({"url": "https://x.fr/\x00"}, "/url"),
        ({"date": "2099-01-01"}, "/date"),
        ({"date": "hier"}, "/date"),
        ({"url": "https://x.fr/" + "a" * 700}, "/url"),
    ],
)
def test_what_breaks_a_rule_is_422_with_the_member(
    api: Api, tribune: TribunePage, changes: dict[str, Any], pointer: str
) -> None:
    answer = declare(api, tribune, **changes)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert not Republication.objects.exists()


def test_a_tribune_of_others_is_404(tribune: TribunePage) -> None:
    api = Api(token_of(PartnerFactory(may_have_texts=False)))
    tribune.unpublish()
    answers = (declare(api, tribune), api(f"/retractions/{tribune.uuid}/ack", "post", {}))
    assert [answer.status_code for answer in answers] == [404, 404]


def test_an_acknowledgement_answers_the_notices(
    api: Api, tribune: TribunePage, partner: Partner
) -> None:
    withdraw(again(tribune), reason="Faux.")
    record = Record.objects.get()
    Notice.objects.get_or_create(
        record=record, partner=partner, kind=Notice.Kind.WITHDRAWAL, version=record.version
    )
    yesterday = timezone.localdate() - timedelta(days=1)
    body = {"url": URL, "date": yesterday.isoformat()}
    answer = api(f"/retractions/{tribune.uuid}/ack", "post", body)
    assert (answer.status_code, answer.content) == (204, b"")
    notice = Notice.objects.get()
    assert timezone.localdate(notice.acknowledged_at) == yesterday
    assert (notice.acknowledged_url, notice.send_at) == (URL, None)
    assert "essai" in notice.acknowledged_by
    # Nothing more to say: no body, and the same answer.
    assert api(f"/retractions/{tribune.uuid}/ack", "post").status_code == 204


def test_there_may_be_nothing_to_acknowledge(api: Api, tribune: TribunePage) -> None:
    answer = api(f"/retractions/{tribune.uuid}/ack", "post")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-to-acknowledge")


def test_an_acknowledgement_of_tomorrow_is_422(api: Api, tribune: TribunePage) -> None:
    answer = api(f"/retractions/{tribune.uuid}/ack", "post", {"date": "2099-01-01"})
    assert answer.json()["errors"][0]["pointer"] == "/date"
