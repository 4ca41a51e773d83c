"""The log of what partners took. It knows the partner, the text and the door; no reader."""

from collections.abc import Iterable

from tribunes.items import Item, PubStatus
from tribunes.models import FeedAddress, Partner, PartnerToken, Pull


def note(
    taken: Iterable[tuple[int | None, Item]],
    *,
    partner: Partner,
    door: str,
    format: str,
    token: PartnerToken | None = None,
    feed: FeedAddress | None = None,
) -> None:
    """Note what one answer hands over, in one insert.

    ``taken`` are primary keys of records with what was shown of them. Examples of the sandbox have
    no key and are not noted; nor are withdrawn texts, of which nothing is left to take.
    """
    rows = [
        Pull(
            record_id=record,
            version=item.version,
            partner=partner,
            door=door,
            format=format,
            token=token,
            feed=feed,
        )
        for record, item in taken
        if record is not None and item.status != PubStatus.CANCELED
    ]
    if rows:
        Pull.objects.bulk_create(rows)
