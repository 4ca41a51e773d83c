"""From an entry of the journal to messages for those whom it concerns."""

from django.utils import timezone

from tribunes import addresses
from tribunes.access import Reader, Standing, decide
from tribunes.facts import facts_of, reader_of
from tribunes.models import Change, Partner
from tribunes.webhooks.services import announce

Event = Change.Event

TYPES = {
    Event.CREATED: "tribune.published",
    Event.RELEASED: "tribune.published",
    Event.UPDATED: "tribune.updated",
    Event.UNPUBLISHED: "tribune.updated",
    Event.CORRECTED: "tribune.corrected",
    Event.WITHDRAWN: "tribune.retracted",
    Event.EXPIRED: "tribune.rights_changed",
    Event.RIGHTS: "tribune.rights_changed",
}


def announce_change(change: Change, severity: str, **kwargs: object) -> None:
    """Announce an entry to the partners who may know of it, in the transaction that writes it."""
    by_type: dict[str, list[Partner]] = {}
    for partner, reader in _concerned(change):
        by_type.setdefault(_type(change, reader), []).append(partner)
    data = {
        "id": f"urn:uuid:{change.record.uuid}",
        "version": change.version,
        "versionCreated": timezone.localtime(change.record.version_created).isoformat(),
        "severity": severity or None,
        "href": addresses.item(change.record.uuid),
    }
    for event_type, partners in by_type.items():
        announce(event_type, data, change.at, partners)


def _type(change: Change, reader: Reader) -> str:
    # Those who saw the text under embargo know it already.
    if change.event == Event.RELEASED and reader.embargoed:
        return "tribune.updated"
    return TYPES[change.event]


def _concerned(change: Change) -> list[tuple[Partner, Reader]]:
    """Return who has an active endpoint and may know that the tribune exists."""
    partners = Partner.objects.filter(webhooks__disabled_at=None, webhooks__isnull=False).distinct()
    if change.partner_id:  # their own rights: the entry is written for them
        found = partners.filter(pk=change.partner_id)
        return [(partner, reader_of(partner)) for partner in found]
    readers = [
        (partner, reader_of(partner))
        for partner in partners.prefetch_related("focuses", "themes", "image_grants")
    ]
    if not readers:
        return []
    facts, now = facts_of([change.record])[change.record.pk], timezone.now()
    today = timezone.localdate(now)
    return [
        (partner, reader)
        for partner, reader in readers
        if reader.covers(facts, today) and decide(facts, reader, now) != Standing.HIDDEN
    ]
