"""Following the clock: moments that came, also those whose task was lost."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tribunes.journal.entries import lock_log
from tribunes.journal.following import follow_record
from tribunes.journal.moments import next_contract_moment
from tribunes.journal.partners import shown_to, write_differences
from tribunes.models import Partner, Record


def follow_due(**kwargs: object) -> None:
    """Write what the clock changed; called by a timer (``publishing.signals.healing``)."""
    now = timezone.now()
    for pk in Record.objects.filter(next_moment__lte=now).values_list("pk", flat=True):
        follow_record(pk)
    for pk in Partner.objects.filter(next_moment__lte=now).values_list("pk", flat=True):
        follow_contract(pk)


@transaction.atomic
def follow_contract(partner_pk: int) -> None:
    """Write, for one partner, what the beginning or the end of the contract shows or hides."""
    lock_log()
    partner = Partner.objects.select_for_update().filter(pk=partner_pk).first()
    now = timezone.now()
    if partner is None or partner.next_moment is None or partner.next_moment > now:
        return
    just_before = partner.next_moment - timedelta(microseconds=1)
    before = shown_to(partner, just_before)
    write_differences(partner, before, shown_to(partner, now))
    partner.next_moment = next_contract_moment(partner, now)
    partner.save(update_fields=["next_moment"])
