"""Reference syndication.md §6, row «people»: who is told of a correction, of a withdrawal."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cms.models import Withdrawal
from cms.withdrawing import lift
from publishing.signals import healing
from tests.factories.partners import PartnerFactory
from tests.tribunes.followup.acts import (
    again,
    change,
    copy,
    correct,
    notices,
    pull,
    record_of,
    retract,
)
from tribunes.models import Notice, Partner, TribunePage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("severity", ["significant", "high"])
def test_a_loud_correction_is_told_to_who_took_or_declared_the_text(
    tribune: TribunePage, partner: Partner, severity: str
) -> None:
    declared, stranger = PartnerFactory(), PartnerFactory()
    pull(partner, tribune)
    pull(partner, tribune, format="html")
    copy(declared, tribune, "https://exemple.invalid/copie")
    correct(tribune, severity=severity)
    assert notices(partner=partner) == notices(partner=declared) == [("correction", 2)]
    assert not notices(partner=stranger)


def test_a_minor_correction_is_not_written_about(tribune: TribunePage, partner: Partner) -> None:
    pull(partner, tribune)
    correct(tribune, severity="minor")
    change(tribune, title="Ouvrir toutes les portes")
    assert not notices()


def test_a_loud_correction_with_a_small_one_is_loud(tribune: TribunePage, partner: Partner) -> None:
    pull(partner, tribune)
    correct(tribune, severity="minor")
    correct(tribune, severity="significant")
    assert notices() == [("correction", 3)]


def test_who_has_the_corrected_version_is_told_nothing(
    tribune: TribunePage, partner: Partner
) -> None:
    correct(tribune)
    pull(partner, tribune)
    healing.send(None)
    assert not notices()


def test_a_withdrawal_is_told_to_everyone_whoever_they_are_today(
    tribune: TribunePage, partner: Partner
) -> None:
    """Reference §6: «mail to everyone who pulled it»."""
    gone, old = PartnerFactory(), PartnerFactory()
    for one in (partner, gone):
        pull(one, tribune)
    Partner.objects.filter(pk=gone.pk).update(
        contract_from=timezone.localdate() - timedelta(days=900),
        contract_until=timezone.localdate() - timedelta(days=500),
        may_have_texts=False,
    )
    copy(old, tribune, "", printed_in="Le Journal, p. 3")
    retract(tribune)
    assert notices() == [("withdrawal", 2)] * 3
    assert set(Notice.objects.values_list("partner", flat=True)) == {partner.pk, gone.pk, old.pk}


def test_a_deleted_page_still_reaches_those_who_took_it_when_it_is_withdrawn(
    tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    retract(tribune)
    again(tribune).delete()
    healing.send(None)
    assert notices() == [("withdrawal", 2)]


def test_notices_are_written_in_the_transaction_of_the_entry(
    tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    with transaction.atomic():
        retract(tribune)
        assert notices()
        transaction.set_rollback(True)
    assert not notices()
    assert record_of(tribune).version == 1


def test_a_pull_written_down_just_after_the_withdrawal_is_told_too(
    tribune: TribunePage, partner: Partner
) -> None:
    retract(tribune)
    pull(partner, tribune, version=1)
    later = PartnerFactory()
    pull(later, tribune, version=2)  # the emptied item
    for _ in range(2):
        healing.send(None)
    assert notices(partner=partner) == [("withdrawal", 2)]
    assert not notices(partner=later)


def test_a_reworded_reason_is_no_second_withdrawal(tribune: TribunePage, partner: Partner) -> None:
    pull(partner, tribune)
    retract(tribune)
    withdrawal = Withdrawal.objects.get()
    withdrawal.reason = "Une citation était fausse."
    withdrawal.save()
    assert record_of(tribune).version == 3
    healing.send(None)
    assert notices() == [("withdrawal", 2)]


def test_a_second_withdrawal_is_told_again(tribune: TribunePage, partner: Partner) -> None:
    pull(partner, tribune)
    retract(tribune)
    lift(Withdrawal.objects.get())
    change(tribune)
    retract(tribune)
    assert [kind for kind, _ in notices()] == ["withdrawal", "withdrawal"]
    assert Notice.objects.exclude(send_at=None).count() == 1


def test_a_newer_notice_supersedes_those_that_are_still_to_leave(
    tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    correct(tribune, "Douze.")
    correct(tribune, "Treize.")
    first, second = Notice.objects.order_by("pk")
    assert (first.send_at, first.problem) == (None, "Remplacé par l’avis de la version 3.")
    assert second.send_at is not None
    retract(tribune)
    assert list(Notice.objects.exclude(send_at=None).values_list("kind")) == [("withdrawal",)]


def back(tribune: TribunePage) -> None:
    """Lift the withdrawal and publish the text again."""
    lift(Withdrawal.objects.standing().get())
    change(tribune)


def test_who_was_asked_to_remove_a_text_hears_once_that_it_is_back(
    tribune: TribunePage, partner: Partner
) -> None:
    stranger, unwritten = PartnerFactory(), PartnerFactory()
    pull(partner, tribune)
    pull(unwritten, tribune)
    retract(tribune)
    Notice.objects.filter(partner=partner).update(sent_at=timezone.now(), sent_count=1)
    lift(Withdrawal.objects.standing().get())
    assert notices(partner=partner) == [("withdrawal", 2)]  # nothing to put back yet
    change(tribune)
    change(tribune, title="Encore autre chose")
    assert notices(partner=partner) == [("withdrawal", 2), ("return", 3)]
    assert notices(partner=unwritten) == [("withdrawal", 2)]
    assert not notices(partner=stranger)


def test_what_is_withdrawn_again_and_comes_back_again_is_told_again(
    tribune: TribunePage, partner: Partner
) -> None:
    pull(partner, tribune)
    for _ in range(2):
        retract(tribune)
        Notice.objects.update(sent_at=timezone.now(), sent_count=1)
        back(tribune)
    told = [("withdrawal", 2), ("return", 3), ("withdrawal", 4), ("return", 5)]
    assert notices(partner=partner) == told
