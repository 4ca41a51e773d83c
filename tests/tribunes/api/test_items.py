"""``/tribunes/…``: the item as it is now, in the format that is asked for."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.withdrawing import withdraw
from focus.models import FocusPage
from tests.contracts.ninjs import problems
from tests.factories.bodies import image as image_block
from tests.factories.bodies import stream
from tests.factories.cms import ImageFactory, LicenceFactory
from tests.factories.partners import PartnerFactory, token_of
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.api.acts import again, change
from tests.tribunes.api.conftest import Api
from tribunes.exports import FORMATS
from tribunes.journal import partner_changing
from tribunes.models import (
    Change,
    ImageGrant,
    Partner,
    Pull,
    Record,
    TribuneCorrection,
    TribunePage,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]

SUFFIXES = [form.suffix for form in FORMATS.values()]


def address(tribune: TribunePage, suffix: str = "") -> str:
    """Return where a tribune is."""
    return f"/tribunes/{tribune.uuid}{suffix}"


@pytest.mark.parametrize("form", FORMATS.values(), ids=FORMATS)
def test_a_format_comes_by_accept_or_by_suffix(api: Api, tribune: TribunePage, form: Any) -> None:
    by_suffix = api(address(tribune, f".{form.suffix}"))
    by_accept = api(address(tribune), Accept=form.media_type)
    for answer in (by_suffix, by_accept):
        assert (answer.status_code, answer["Content-Type"]) == (200, form.content_type)
        assert answer["tdm-reservation"] == "1"
        assert answer["tdm-policy"].endswith("/.well-known/tdm-policy.json")
    assert by_suffix.content == by_accept.content
    assert by_suffix["ETag"] == by_accept["ETag"]


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html;q=0.5, application/zip", "application/zip"),
        ("text/*", "text/html; charset=utf-8"),
        ("image/png, text/plain;q=0.1", "text/plain; charset=utf-8"),
    ],
)
def test_the_format_that_is_liked_best_is_given(
    api: Api, tribune: TribunePage, accept: str, kind: str
) -> None:
    assert api(address(tribune), Accept=accept)["Content-Type"] == kind


def test_a_format_that_does_not_exist_is_406(api: Api, tribune: TribunePage) -> None:
    for answer in (api(address(tribune), Accept="image/png"), api(address(tribune, ".pdf"))):
        assert (answer.status_code, answer.json()["code"]) == (406, "not-acceptable")


def test_ninjs_is_valid_and_links_lead_to_every_format(api: Api, tribune: TribunePage) -> None:
    assert problems(api(address(tribune, ".ninjs")).json()) == []
    links = api(address(tribune)).json()["links"]
    for name in ("html", "text", "docx", "zip", "ninjs", "newsml"):
        assert api(links[name].removeprefix("http://testserver")).status_code == 200


@pytest.mark.parametrize("level", [2, 3, 4, 5])
def test_headings_begin_at_the_level_asked(api: Api, tribune: TribunePage, level: int) -> None:
    html = api(address(tribune, f".html?headings={level}")).content.decode()
    assert f"<h{level}>{tribune.title}</h{level}>" in html
    assert f"<h{level + 1}>Un intertitre</h{level + 1}>" in html
    assert "<html" not in html


@pytest.mark.parametrize(
    "query", ["headings=1", "headings=6", "headings=x", "version=0", "version=x"]
)
def test_a_malformed_parameter_is_400(api: Api, tribune: TribunePage, query: str) -> None:
    answer = api(address(tribune, f"?{query}"))
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed-request")


def test_unknown_and_not_yours_is_the_same_answer(
    api: Api, focus: FocusPage, tribune: TribunePage, partner: Partner
) -> None:
    secret = TribuneFactory(
        parent=focus, published=True, embargoed_until=timezone.now() + timedelta(1)
    )
    draft = TribuneFactory(parent=focus)
    other = PartnerFactory(may_have_texts=False)
    answers = [
        api(f"/tribunes/{uuid4()}"),
        api(address(secret)),
        api(address(draft)),
        api(address(secret, "/versions")),
        Api(token_of(other))(address(tribune)),
    ]
    said = [{**answer.json(), "instance": "", "requestId": ""} for answer in answers]
    assert {answer.status_code for answer in answers} == {404}
    assert all(one == said[0] for one in said)


# Validators


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_has_its_own_strong_validator(
    api: Api, tribune: TribunePage, suffix: str
) -> None:
    Change.objects.update(at=timezone.now() - timedelta(hours=1))
    path = address(tribune, f".{suffix}")
    full = api(path)
    assert full["ETag"].startswith('"')
    others = {api(address(tribune, f".{other}"))["ETag"] for other in SUFFIXES if other != suffix}
    assert full["ETag"] not in others
    for method in ("get", "head"):
        for asked in (
            {"If_None_Match": full["ETag"]},
            {"If_None_Match": f"W/{full['ETag']}"},  # what a proxy that compresses hands on
            {"If_Modified_Since": full["Last-Modified"]},
        ):
            fresh = api(path, method, **asked)
            assert (fresh.status_code, fresh.content) == (304, b"")
            assert fresh["ETag"] == full["ETag"]
            assert fresh["Cache-Control"] == "private, no-cache"
    assert api(path, If_None_Match='"autre"').status_code == 200


def test_caches_are_told_what_an_answer_depends_on(api: Api, tribune: TribunePage) -> None:
    answer = api(address(tribune))
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["Vary"] == "Authorization, Accept, Accept-Encoding"
    assert "Set-Cookie" not in answer


def test_head_has_the_headers_of_get_and_takes_nothing(api: Api, tribune: TribunePage) -> None:
    head, get = api(address(tribune), "head"), api(address(tribune))
    assert head.content == b""
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
        assert head[name] == get[name]
    assert Pull.objects.count() == 1


def test_a_change_within_the_second_is_not_missed(api: Api, tribune: TribunePage) -> None:
    before = api(address(tribune))
    change(tribune, title="Deux")
    answer = api(address(tribune), If_Modified_Since=before["Last-Modified"])
    assert answer.status_code == 200


def test_a_right_that_changes_makes_another_validator(
    api: Api, focus: FocusPage, partner: Partner
) -> None:
    picture = ImageFactory(republication="ask")
    tribune = TribuneFactory(parent=focus, published=True, body=stream(image_block(picture)))
    Change.objects.update(at=timezone.now() - timedelta(hours=1))
    before = api(address(tribune))
    assert before.json()["withheldImages"] == 1
    with partner_changing(partner.pk):
        ImageGrant.objects.create(partner=partner, image=picture)
    for name, header in (("ETag", "If_None_Match"), ("Last-Modified", "If_Modified_Since")):
        after = api(address(tribune), **{header: before[name]})
        assert after.status_code == 200
        assert after.json()["withheldImages"] == 0


def test_a_condition_that_fails_is_412(api: Api, tribune: TribunePage) -> None:
    answer = api(address(tribune), If_Match='"autre"')
    assert (answer.status_code, answer.json()["code"]) == (412, "precondition-failed")


# Withdrawal and versions


def test_a_retracted_item_is_the_emptied_canceled_one(api: Api, tribune: TribunePage) -> None:
    withdraw(again(tribune), reason="Chiffres erronés.", note="Secret.")
    item = api(address(tribune)).json()
    assert item["pubStatus"] == "canceled"
    assert (item["bodyHtml"], item["bodyText"], item["standfirst"]) == ("", "", "")
    assert (item["images"], item["people"], item["terms"]) == ([], [], None)
    assert item["retraction"]["reason"] == "Chiffres erronés."
    for suffix in SUFFIXES:
        answer = api(address(tribune, f".{suffix}"))
        assert answer.status_code == 200
        assert b"paragraphe" not in answer.content
        assert b"Secret" not in answer.content


def test_versions_tell_what_changed_when_without_bodies(api: Api, tribune: TribunePage) -> None:
    tribune = again(tribune)
    tribune.corrections.add(TribuneCorrection(text="Douze, et non treize.", severity="high"))
    tribune.save_revision().publish()
    answer = api(address(tribune, "/versions")).json()
    assert answer["id"] == f"urn:uuid:{tribune.uuid}"
    told = [(row["version"], row["severity"], row["correction"]) for row in answer["items"]]
    assert told == [(2, "high", "Douze, et non treize."), (1, "", "")]
    withdraw(again(tribune), reason="Faux.")
    rows = api(address(tribune, "/versions")).json()["items"]
    assert [row["correction"] for row in rows] == ["", "", ""]


def test_a_correction_that_was_removed_is_told_no_more(api: Api, tribune: TribunePage) -> None:
    for text in ("Jean Dupont n’est pas cité.", "Douze, et non treize."):
        tribune = again(tribune)
        tribune.corrections.add(TribuneCorrection(text=text, severity="high"))
        tribune.save_revision().publish()
    tribune = again(tribune)
    tribune.corrections = [row for row in tribune.corrections.all() if "Douze" in row.text]
    tribune.save_revision().publish()
    rows = api(address(tribune, "/versions")).json()["items"]
    told = [(row["version"], row["severity"], row["correction"]) for row in rows]
    assert told == [(4, "", ""), (3, "high", "Douze, et non treize."), (2, "", ""), (1, "", "")]


def test_versions_of_the_time_of_an_embargo_are_for_those_who_signed(
    api: Api, focus: FocusPage
) -> None:
    hour = timezone.now() + timedelta(hours=1)
    tribune = TribuneFactory(parent=focus, published=True, embargoed_until=hour)
    change(tribune, title="Deux")
    tribune = again(tribune)
    tribune.corrections.add(TribuneCorrection(text="Sous embargo."))
    tribune.save_revision().publish()
    change(tribune, embargoed_until=None)
    bound = Api(token_of(PartnerFactory(undertaking_on=timezone.localdate())))
    numbers = {
        caller: [row["version"] for row in caller(address(tribune, "/versions")).json()["items"]]
        for caller in (api, bound)
    }
    assert numbers == {api: [4], bound: [4, 3, 2, 1]}


def test_only_the_current_version_is_given(api: Api, tribune: TribunePage) -> None:
    change(tribune, title="Deux")
    assert api(address(tribune, "?version=2")).json()["headline"] == "Deux"
    old, unknown = api(address(tribune, "?version=1")), api(address(tribune, "?version=9"))
    assert (old.status_code, old.json()["code"]) == (404, "version-superseded")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not-found")
    withdraw(again(tribune), reason="Faux.")
    gone = api(address(tribune, ".html?version=1"))
    assert (gone.status_code, gone.json()["code"]) == (410, "version-retracted")


# What was taken, cost


def test_what_is_handed_over_is_noted(api: Api, tribune: TribunePage, partner: Partner) -> None:
    etag = api(address(tribune, ".html"))["ETag"]
    api(address(tribune, ".html"), If_None_Match=etag)
    row = Pull.objects.get()
    assert (row.partner, row.record.uuid, row.version) == (partner, tribune.uuid, 1)
    assert (row.format, row.door, row.token.name) == ("html", "api", "essai")


def test_an_item_costs_the_same_number_of_queries_whatever_it_holds(
    api: Api, focus: FocusPage
) -> None:
    counts = set()
    for signatories in (1, 40):
        tribune = TribuneFactory(parent=focus, published=True, signatories=signatories)
        api(address(tribune))
        with CaptureQueriesContext(connection) as queries:
            assert len(api(address(tribune)).json()["people"]) == signatories + 1
        counts.add(len(queries))
    assert len(counts) == 1


def test_the_zip_holds_the_pictures_that_travel(api: Api, focus: FocusPage) -> None:
    shown, kept = (ImageFactory(republication=said, credit=said) for said in ("yes", "no"))
    body = stream(image_block(shown), image_block(kept))
    tribune = TribuneFactory(parent=focus, published=True, body=body)
    with ZipFile(BytesIO(api(address(tribune, ".zip")).content)) as archive:
        names = [name.partition("/")[2] for name in archive.namelist()]
        (picture,) = [name for name in archive.namelist() if "/images/" in name]
        assert archive.read(picture).startswith(b"\xff\xd8")
    assert {"texte.html", "texte.docx", "LICENCE.txt", "credits.csv"} <= set(names)


def test_a_licence_that_is_not_open_is_for_partners(
    api: Api, anyone: Api, focus: FocusPage
) -> None:
    licence = LicenceFactory(code="tous-droits")
    tribune = TribuneFactory(parent=focus, published=True, licence=licence)
    assert api(address(tribune)).json()["terms"]["code"] == "tous-droits"
    assert anyone(address(tribune)).status_code == 401
    assert Record.objects.get().version == 1
    assert json.loads(api(address(tribune, ".json")).content) == api(address(tribune)).json()
