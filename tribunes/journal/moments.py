"""What changes by the clock alone: embargoes, licences and rights that end, contracts."""

from datetime import datetime

from cms.blocks.references import references
from cms.days import day_after, start_of
from cms.models import Image
from cms.pictures import rights_end
from tribunes.models import Partner, Record, TribunePage


def next_moment(page: TribunePage | None, now: datetime) -> datetime | None:
    """Return when the tribune changes next without anybody touching it."""
    if page is None or not page.live:
        return None
    images = {page.picture_id, *references([page.body]).images} - {None}
    moments = (
        page.embargoed_until,
        day_after(page.licence_expires_on) if page.licence_expires_on else None,
        rights_end(Image.objects.filter(pk__in=images)),
    )
    return min((moment for moment in moments if moment and moment > now), default=None)


def next_contract_moment(partner: Partner, now: datetime) -> datetime | None:
    """Return when the contract begins or ends next."""
    begins = start_of(partner.contract_from)
    ends = day_after(partner.contract_until) if partner.contract_until else None
    return min((moment for moment in (begins, ends) if moment and moment > now), default=None)


def plan(record: Record) -> None:
    """Queue the next moment of a tribune; a task that comes for nothing does nothing."""
    if record.next_moment:
        from tribunes.journal.tasks import follow_moment  # which imports the journal, which plans

        follow_moment.using(run_after=record.next_moment).enqueue(record.pk)
