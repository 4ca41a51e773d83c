"""The log of what partners took. It knows the partner, the text and the door; no reader."""

from collections.abc import Iterable

from tribunes.models import FeedAddress, Partner, PartnerToken, Pull


def note(
    taken: Iterable[tuple[int | None, int]],
    *,
    partner: Partner,
    door: str,
    format: str,
    token: PartnerToken | None = None,
    feed: FeedAddress | None = None,
) -> None:
    """Note what one answer hands over, in one insert.

    ``taken`` are primary keys of records with their version; examples of the sandbox have no key
    and are not noted.
    """
    rows = [
        Pull(
            record_id=record,
            version=version,
            partner=partner,
            door=door,
            format=format,
            token=token,
            feed=feed,
        )
        for record, version in taken
        if record is not None
    ]
    if rows:
        Pull.objects.bulk_create(rows)
