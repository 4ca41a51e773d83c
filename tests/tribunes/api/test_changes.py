"""``/changes``: everything that happened, once and in order, as it is true now."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.withdrawing import withdraw
from focus.models import FocusPage
from tests.factories.partners import PartnerFactory, token_of
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.api.acts import again, change
from tests.tribunes.api.conftest import Api
from tribunes.journal import append, partner_changing
from tribunes.journal.pruning import prune
from tribunes.models import Change, Partner, Pull, Record, TribunePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]
HOUR = timedelta(hours=1)


def told(api: Api) -> list[tuple[str, str]]:
    """Return state and headline, or reason, of what is new."""
    return [
        (entry["state"], entry["reason"] if "reason" in entry else entry["data"]["headline"])
        for entry in api.poll()
    ]


def traces(answer: Any) -> tuple[bytes, list[str | None]]:
    """Return all by which an answer could tell that something happened."""
    names = ("ETag", "Last-Modified", "Location", "Content-Length")
    return answer.content, [answer.get(name) for name in names]


def test_an_entry_names_what_changed_and_carries_the_full_item(
    api: Api, tribune: TribunePage
) -> None:
    (entry,) = api.poll()
    record = Record.objects.get()
    href = f"http://testserver/api/v1/tribunes/{tribune.uuid}"
    modified = timezone.localtime(record.version_created).isoformat()
    assert {name: entry[name] for name in entry if name != "data"} == {
        "state": "updated",
        "kind": "tribune",
        "id": f"urn:uuid:{tribune.uuid}",
        "version": 1,
        "modified": modified,
        "href": href,
    }
    assert entry["data"] == api(href).json()


def test_there_is_always_a_next_and_the_last_page_keeps_its_cursor(api: Api) -> None:
    first = api("/changes").json()
    assert first["items"] == []
    assert api(first["next"]).json() == first


def test_every_change_is_told_once_and_in_order(api: Api, tribune: TribunePage) -> None:
    assert told(api) == [("updated", tribune.title)]
    change(tribune, title="Deux")
    change(tribune, title="Trois")
    withdraw(again(tribune), reason="Faux.")
    gone = [("deleted", "retracted")] * 3
    assert told(api) == gone  # two old entries too: served as what is true now
    assert told(api) == []


def test_a_deletion_carries_no_text(api: Api, tribune: TribunePage) -> None:
    withdraw(again(tribune), reason="Une raison publique.", note="Une raison secrète.")
    for entry in api.poll():
        assert set(entry) == {"state", "kind", "id", "version", "modified", "href", "reason"}


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (lambda tribune: again(tribune).unpublish(), "unpublished"),
        (lambda tribune: again(tribune).delete(), "unpublished"),
        (
            lambda tribune: change(
                tribune, licence_expires_on=timezone.localdate() - timedelta(days=1)
            ),
            "expired",
        ),
        (lambda tribune: withdraw(again(tribune), reason="Faux."), "retracted"),
    ],
    ids=["unpublished", "deleted", "expired", "retracted"],
)
def test_a_deletion_says_why(api: Api, tribune: TribunePage, act: Any, reason: str) -> None:
    list(api.poll())
    act(tribune)
    assert told(api) == [("deleted", reason)]


def test_the_end_of_a_contract_is_told_as_rights(
    api: Api, tribune: TribunePage, partner: Partner
) -> None:
    other = Api(token_of(PartnerFactory()))
    assert len(list(api.poll())) == len(list(other.poll())) == 1
    with partner_changing(partner.pk):
        partner.contract_from = timezone.localdate() - timedelta(days=9)
        partner.contract_until = timezone.localdate() - timedelta(days=1)
        partner.save()
    assert told(api) == [("deleted", "rights")]
    assert told(other) == []
    assert api(f"/tribunes/{tribune.uuid}").status_code == 404


def test_what_is_under_embargo_is_not_told_to_those_who_signed_nothing(
    api: Api, focus: FocusPage, tribune: TribunePage
) -> None:
    bound = Api(token_of(PartnerFactory(undertaking_on=timezone.localdate())))
    assert len(list(api.poll())) == len(list(bound.poll())) == 1
    Change.objects.update(at=timezone.now() - HOUR)
    paths = (api.next, "/changes", "/changes?since=2099-01-01T00:00:00Z")
    before = [traces(api(path)) for path in paths]
    secret = TribuneFactory(parent=focus, published=True, embargoed_until=timezone.now() + HOUR)
    assert [traces(api(path)) for path in paths] == before
    (entry,) = bound.poll()
    assert entry["data"]["pubStatus"] == "withheld"
    change(secret, embargoed_until=None)
    assert told(api) == [("updated", secret.title)] * 2


def test_hidden_entries_are_passed_over_to_what_follows(
    api: Api, focus: FocusPage, tribune: TribunePage
) -> None:
    for _ in range(3):
        TribuneFactory(parent=focus, published=True, embargoed_until=timezone.now() + HOUR)
    shown = TribuneFactory(parent=focus, published=True)
    first = api("/changes?limit=1").json()
    second = api(first["next"]).json()
    titles = [page["items"][0]["data"]["headline"] for page in (first, second)]
    assert titles == [tribune.title, shown.title]
    assert api(second["next"]).json()["items"] == []


def test_limit_goes_on_in_next(api: Api, focus: FocusPage) -> None:
    for _ in range(3):
        TribuneFactory(parent=focus, published=True)
    api.next = "/changes?limit=2"
    assert len(api(api.next).json()["items"]) == 2
    assert len(list(api.poll())) == 3
    assert parse_qs(urlsplit(api.next).query)["limit"] == ["2"]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=x", "cursor="])
def test_a_malformed_parameter_is_400(api: Api, query: str) -> None:
    answer = api(f"/changes?{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] in ("malformed-request", "cursor-malformed")


def test_a_cursor_serves_every_token_of_the_partner(
    api: Api, tribune: TribunePage, partner: Partner
) -> None:
    list(api.poll())
    other = Api(token_of(partner))
    other.next = api.next
    change(tribune, title="Deux")
    assert told(other) == [("updated", "Deux")]


# since


def test_since_leads_people_to_the_cursor_of_a_moment(api: Api, tribune: TribunePage) -> None:
    Change.objects.update(at=timezone.now() - HOUR)
    change(tribune, title="Deux")
    moment = (timezone.localtime() - HOUR / 2).isoformat()  # its + is not even encoded
    answer = api(f"/changes?since={moment}&limit=7")
    assert answer.status_code == 303
    api.next = answer["Location"]
    assert told(api) == [("updated", "Deux")]
    assert "limit=7" in api.next


def test_since_a_moment_to_come_leads_to_the_end(api: Api, tribune: TribunePage) -> None:
    api.next = api("/changes?since=2099-01-01T00:00:00Z")["Location"]
    assert told(api) == []
    change(tribune, title="Deux")
    assert told(api) == [("updated", "Deux")]


@pytest.mark.parametrize(
    "since",
    ["hier", "2026-10-01", "2026-10-01T00:00:00", "9999-12-31T23:59:59-12:00", ""],
)
def test_an_unknown_form_of_since_is_400(api: Api, since: str) -> None:
    answer = api(f"/changes?since={since}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/query/since"


# Age


def test_a_cursor_of_before_what_was_forgotten_is_410_and_says_where_to_restart(
    api: Api, tribune: TribunePage
) -> None:
    stopped = api("/changes").json()["next"]
    change(tribune, title="Deux")
    change(tribune, title="Trois")
    Change.objects.update(at=timezone.now() - timedelta(days=400))
    assert prune() == 2
    answer = api(stopped)
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor-expired")
    assert answer.json()["detail"] == "Ce curseur a plus d’un an\u202f; reprenez au début."
    api.next = answer.json()["restart"]
    assert told(api) == [("updated", "Trois")]


def test_who_has_read_everything_is_never_refused_for_what_was_not_theirs(
    api: Api, focus: FocusPage, tribune: TribunePage
) -> None:
    list(api.poll())
    hour = timezone.now() + HOUR
    secret = TribuneFactory(parent=focus, published=True, embargoed_until=hour)
    change(secret, title="Deux")
    other = PartnerFactory()
    for _ in range(2):
        append(Record.objects.get(uuid=tribune.uuid), Change.Event.RIGHTS, partner=other)
    Change.objects.update(at=timezone.now() - timedelta(days=400))
    assert prune() == 2
    assert told(api) == []
    change(tribune, title="Nouvelle")
    assert told(api) == [("updated", "Nouvelle")]


def test_who_restarts_after_the_log_forgot_reads_to_the_end(api: Api, focus: FocusPage) -> None:
    tribunes = [TribuneFactory(parent=focus, published=True) for _ in range(3)]
    change(tribunes[2], title="Deux")
    Change.objects.update(at=timezone.now() - timedelta(days=400))
    assert prune() == 1
    api.next = "/changes?limit=1"
    assert [title for _, title in told(api)] == [*(one.title for one in tribunes[:2]), "Deux"]
    change(tribunes[0], title="Trois")
    assert told(api) == [("updated", "Trois")]


# What was taken, validators, cost


def test_what_is_handed_over_is_noted_in_one_insert(
    api: Api, focus: FocusPage, partner: Partner
) -> None:
    tribunes = [TribuneFactory(parent=focus, published=True) for _ in range(3)]
    withdraw(again(tribunes[0]), reason="Faux.")
    with CaptureQueriesContext(connection) as queries:
        api("/changes")
    assert sum('INSERT INTO "tribunes_pull"' in query["sql"] for query in queries) == 1
    rows = Pull.objects.values_list("record__uuid", "version", "format", "door", "partner")
    taken = [(tribune.uuid, 1, "json", "changes", partner.pk) for tribune in tribunes[1:]]
    assert sorted(rows) == sorted(taken)


def test_nothing_is_handed_over_twice_to_who_has_it(api: Api, tribune: TribunePage) -> None:
    first = api("/changes")
    assert Pull.objects.count() == 1
    fresh = api("/changes", if_none_match=first["ETag"])
    assert (fresh.status_code, fresh.content) == (304, b"")
    assert api("/changes", method="head").status_code == 200
    assert Pull.objects.count() == 1
    change(tribune, title="Deux")
    assert api("/changes", if_none_match=first["ETag"]).status_code == 200


def test_a_page_is_not_newer_than_what_it_tells(api: Api, tribune: TribunePage) -> None:
    Change.objects.update(at=timezone.now() - HOUR)
    modified = api("/changes")["Last-Modified"]
    assert api("/changes", if_modified_since=modified).status_code == 304
    change(tribune, title="Deux")
    assert api("/changes", if_modified_since=modified).status_code == 200


def test_a_page_costs_the_same_number_of_queries_whatever_it_holds(
    api: Api, focus: FocusPage, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        TribuneFactory(parent=focus, published=True, signatories=1)
    api("/changes")  # the window of the rate is made
    with CaptureQueriesContext(connection) as few:
        assert len(api("/changes").json()["items"]) == 2
    for _ in range(38):
        TribuneFactory(parent=focus, published=True, signatories=1)
    with django_assert_num_queries(len(few)):
        assert len(api("/changes").json()["items"]) == 40
