"""What partners say of a text is written down once, and only of texts that they could have."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.models import Licence
from tests.factories.focus import FocusFactory
from tests.factories.partners import PartnerFactory
from tests.factories.tribunes import TribuneFactory
from tests.tribunes.followup.acts import change, copy, correct, pull, record_of, retract
from tribunes.followup.refusals import DeclarationRefused
from tribunes.followup.services import acknowledge, declare
from tribunes.models import Notice, Partner, Republication, TribunePage

pytestmark = pytest.mark.django_db

URL = "https://partenaire.exemple.invalid/une-place"
TOMORROW = timezone.localdate() + timedelta(days=1)


def said(partner: Partner, tribune: TribunePage, **fields: Any) -> Republication:
    """Declare a republication."""
    values = {"version": 1, "by": "Ada", "url": URL} | fields
    return declare(partner=partner, record=record_of(tribune), **values)


def test_a_page_is_declared_and_waits_to_be_checked(tribune: TribunePage, partner: Partner) -> None:
    row = said(partner, tribune)
    assert (row.url, row.version, row.declared_by, row.state) == (URL, 1, "Ada", "waiting")
    assert row.published_on == timezone.localdate()
    assert row.check_at <= timezone.now()


def test_a_printed_page_is_not_checked(tribune: TribunePage, partner: Partner) -> None:
    row = said(partner, tribune, url="", printed_in="Le  Journal, p. 3 ", published_on=TOMORROW)
    assert (row.printed_in, row.state, row.check_at) == ("Le Journal, p. 3", "printed", None)


@pytest.mark.parametrize(
    "again", [URL, f" {URL}#commentaires", URL.replace("partenaire", "PartenairE")]
)
def test_the_same_place_is_one_row(tribune: TribunePage, partner: Partner, again: str) -> None:
    first = said(partner, tribune)
    Republication.objects.update(state="good", check_at=None)
    change(tribune, title="Ouvrir toutes les portes")
    second = said(partner, tribune, url=again, version=2, by="Bob")
    assert first.pk == second.pk
    second.refresh_from_db()
    assert (second.version, second.declared_by, second.state) == (2, "Bob", "good")
    assert second.check_at is not None


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"url": ""}, "url"),
        ({"printed_in": "Le Journal"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://169.254.169.254/latest"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": "https://user:pass@exemple.invalid/"}, "url"),
        ({"url": "https://[::1"}, "url"),
        ({"url": f"https://exemple.invalid/{'x' * 700}"}, "url"),
        ({"url": "", "printed_in": "J" * 256}, "printed_in"),
        ({"version": 0}, "version"),
        ({"version": 2}, "version"),
        ({"published_on": TOMORROW}, "published_on"),
    ],
)
def test_what_cannot_be_true_is_refused(
    tribune: TribunePage, partner: Partner, fields: dict[str, Any], named: str
) -> None:
    with pytest.raises(DeclarationRefused) as refused:
        said(partner, tribune, **fields)
    assert list(refused.value.problems) == [named]
    assert refused.value.problems[named]
    assert not Republication.objects.exists()


# Texts that the partner could have


def other_catalogue(partner: Partner) -> None:
    partner.focuses.set([FocusFactory()])
    partner.save()


def closed_licence(tribune: TribunePage) -> None:
    Licence.objects.filter(pk=tribune.licence_id).update(code="reserve")


def test_a_text_out_of_the_catalogue_is_unknown(tribune: TribunePage, partner: Partner) -> None:
    closed_licence(tribune)
    other_catalogue(partner)
    with pytest.raises(DeclarationRefused) as refused:
        said(partner, tribune)
    assert list(refused.value.problems) == ["record"]


def test_a_text_under_embargo_is_unknown_without_undertaking(partner: Partner) -> None:
    tribune = TribuneFactory(
        parent=FocusFactory(out=True),
        embargoed_until=timezone.now() + timedelta(days=1),
        published=True,
    )
    with pytest.raises(DeclarationRefused):
        said(partner, tribune)
    said(PartnerFactory(undertaking_on=timezone.localdate()), tribune)


def test_what_was_taken_once_may_be_declared_for_ever(
    tribune: TribunePage, partner: Partner
) -> None:
    closed_licence(tribune)
    pull(partner, tribune)
    other_catalogue(partner)
    retract(tribune)
    said(partner, tribune)


def test_what_anybody_may_republish_may_be_declared(tribune: TribunePage, partner: Partner) -> None:
    other_catalogue(partner)
    said(partner, tribune)


# Acknowledgements


def test_an_acknowledgement_answers_all_notices_and_has_the_pages_checked(
    tribune: TribunePage, partner: Partner
) -> None:
    row = copy(partner, tribune, URL)
    other = copy(PartnerFactory(), tribune, URL)
    for text in ("Une.", "Deux."):
        correct(tribune, text)
    Republication.objects.update(check_at=None)
    day = timezone.localdate() - timedelta(days=1)
    record = record_of(tribune)
    assert acknowledge(partner=partner, record=record, by="Ada", url=URL, on=day) == 2
    for notice in Notice.objects.filter(partner=partner):
        assert (notice.acknowledged_by, notice.acknowledged_url) == ("Ada", URL)
        assert timezone.localdate(notice.acknowledged_at) == day
        assert notice.send_at is None
    assert not Notice.objects.exclude(partner=partner).exclude(acknowledged_at=None)
    row.refresh_from_db()
    other.refresh_from_db()
    assert row.check_at is not None
    assert other.check_at is None


def test_the_first_acknowledgement_stays(tribune: TribunePage, partner: Partner) -> None:
    pull(partner, tribune)
    retract(tribune)
    for name in ("Ada", "Bob"):
        assert acknowledge(partner=partner, record=record_of(tribune), by=name) == 1
    assert Notice.objects.get().acknowledged_by == "Ada"


def test_nothing_was_told_to_a_stranger(tribune: TribunePage, partner: Partner) -> None:
    assert acknowledge(partner=partner, record=record_of(tribune), by="Ada") == 0


@pytest.mark.parametrize(
    ("fields", "named"), [({"url": "http:///x"}, "url"), ({"on": TOMORROW}, "on")]
)
def test_a_wrong_acknowledgement_is_refused(
    tribune: TribunePage, partner: Partner, fields: dict[str, Any], named: str
) -> None:
    pull(partner, tribune)
    retract(tribune)
    with pytest.raises(DeclarationRefused) as refused:
        acknowledge(partner=partner, record=record_of(tribune), by="Ada", **fields)
    assert list(refused.value.problems) == [named]
    assert Notice.objects.get().acknowledged_at is None
