"""The log of a cahier: who did what, when."""

from typing import Any

from focus.models import Insert, InsertEvent, InsertPage


def name_of(user: Any) -> str:
    """Return the name of an account for people; «le site» when nobody did it."""
    return (user.get_full_name() or user.get_username()) if user else "le site"


def record(insert: Insert | int, who: Any, text: str, page: InsertPage | None = None) -> None:
    """Write a line of the log, in the transaction of the caller.

    ``who`` is an account or the name of somebody who has none; ``insert`` may be its key.
    """
    InsertEvent.objects.create(
        insert_id=getattr(insert, "pk", insert),
        page=page,
        who=(who if isinstance(who, str) else name_of(who))[:150],
        text=text,
    )
