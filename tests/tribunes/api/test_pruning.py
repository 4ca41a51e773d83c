"""The log forgets what was replaced more than a year ago, and never what became of a tribune."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories.partners import PartnerFactory
from tests.tribunes.api.acts import change
from tribunes.journal import append
from tribunes.journal.pruning import prune
from tribunes.models import Change, Counter, Record, TribunePage

YEAR = timedelta(days=365)
"""What syndication.md §3 promises: «entries stay ≥ 1 year»."""

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


@pytest.fixture
def record(tribune: TribunePage) -> Record:
    """A tribune with three entries for everybody and two for a partner: 1, 2, 3 and 4, 5."""
    change(tribune, title="Deux")
    change(tribune, title="Trois")
    record, partner = Record.objects.get(), PartnerFactory()
    for _ in range(2):
        append(record, Change.Event.RIGHTS, partner=partner)
    return record


def numbers() -> list[int]:
    """Return the numbers that are left."""
    return list(Change.objects.values_list("number", flat=True))


def test_entries_stay_a_year(record: Record) -> None:
    Change.objects.update(at=timezone.now() - YEAR + timedelta(minutes=1))
    assert prune() == 0
    assert numbers() == [1, 2, 3, 4, 5]
    assert Counter.objects.get().pruned == 0


def test_the_last_entry_for_all_and_that_of_each_partner_stay(record: Record) -> None:
    Change.objects.update(at=timezone.now() - YEAR - timedelta(minutes=1))
    assert prune() == 3
    assert numbers() == [3, 5]
    assert Counter.objects.get().pruned == 4
    assert prune() == 0


def test_an_old_entry_goes_although_what_replaced_it_is_young(record: Record) -> None:
    Change.objects.filter(number=1).update(at=timezone.now() - 2 * YEAR)
    out = StringIO()
    call_command("prune_changes", stdout=out)
    assert out.getvalue() == "1 entrée(s) oubliée(s).\n0 envoi(s) oublié(s).\n"
    assert (numbers(), Counter.objects.get().pruned) == ([2, 3, 4, 5], 1)


def test_what_is_gone_is_told_for_ever(record: Record, tribune: TribunePage) -> None:
    tribune.delete()
    Change.objects.update(at=timezone.now() - 2 * YEAR)
    prune()
    assert Change.objects.filter(partner=None).get().event == Change.Event.UNPUBLISHED
