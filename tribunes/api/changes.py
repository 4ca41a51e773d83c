"""``/changes``: everything that happened since last time, page by page."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from tribunes import addresses
from tribunes.api import links
from tribunes.api.answers import json_answer
from tribunes.api.bearer import Bearer
from tribunes.api.callers import Caller
from tribunes.api.door import is_head
from tribunes.api.problems import Problem, error
from tribunes.api.schemas.changes import Changes
from tribunes.api.source import Source
from tribunes.api.validators import Validators, tag
from tribunes.exports.json import as_json
from tribunes.journal import cursors
from tribunes.journal.cursors import Cursor
from tribunes.journal.reading import Entry
from tribunes.models import Pull
from tribunes.pulls import note

LIMIT, MOST = 50, 200

router = Router(tags=["Journal"])


@router.get(
    "/changes",
    auth=Bearer("texts"),
    response={200: Changes, 303: None},
    by_alias=True,
    operation_id="changes",
    summary="Ce qui a changé depuis la dernière fois",
    description=(
        "Suivez `next` tel quel, et gardez-le : une page vide dit que vous savez tout ; rappelez"
        " la même adresse plus tard. Appliquez les entrées dans l’ordre, la dernière l’emporte."
        " `since` (date et heure RFC 3339) renvoie au curseur de ce moment."
    ),
)
def changes(
    request: HttpRequest,
    cursor: str | None = Query(None, max_length=300),
    limit: int = Query(LIMIT, ge=1, le=MOST),
    since: str | None = Query(None, max_length=40),
) -> HttpResponse:
    """Return the entries after the cursor, as they are true now for the caller."""
    source = request.auth.source
    asked = None if limit == LIMIT else limit
    if since is not None:
        where = links.changes(source.since(_moment(since)), asked)
        return HttpResponse(status=303, headers={"Location": where})
    # Before the entries: a change that comes in between makes the next answer newer, not older.
    modified = source.last_modified()
    begins = _cursor(source, cursor)
    page = source.changes(begins, limit)
    if begins.has_expired(source.pruned()) and page.is_old:
        detail = "Ce curseur a plus d’un an\u202f; reprenez au début."
        raise Problem("cursor-expired", detail, restart=links.changes())
    items = [_entry(entry) for entry in page.entries]
    response = json_answer({"items": items, "next": links.changes(page.cursor, asked)})
    found = Validators(etag=tag(response.content), modified=modified)
    answer = found.answer(request, lambda: response)
    if answer is response and not is_head(request):
        _note(request.auth, page.entries)
    return answer


def _cursor(source: Source, text: str | None) -> Cursor:
    if text is None:
        return source.beginning()
    try:
        return cursors.read(text)
    except cursors.MalformedCursor:
        detail = "Ce curseur n’est pas de nous\u202f; suivez next tel quel."
        raise Problem("cursor-malformed", detail) from None


def _moment(text: str) -> datetime:
    """Read a moment of RFC 3339; the + of an offset may have become a space on its way."""
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        detail = "Donnez une date et une heure avec leur décalage\u00a0: 2026-10-01T00:00:00Z."
        found = error("/query/since", "date-time", detail)
        raise Problem("malformed-request", detail, errors=[found]) from None


def _entry(entry: Entry) -> dict[str, Any]:
    said = {
        "state": "updated" if entry.item else "deleted",
        "kind": "tribune",
        "id": f"urn:uuid:{entry.uuid}",
        "version": entry.version,
        "modified": timezone.localtime(entry.modified).isoformat(),
        "href": addresses.item(entry.uuid),
    }
    if entry.item is None:
        return {**said, "reason": entry.reason}
    return {**said, "data": as_json(entry.item, links.links_of(entry.item))}


def _note(caller: Caller, entries: Sequence[Entry]) -> None:
    taken = [(entry.record_id, entry.item) for entry in entries if entry.item]
    note(taken, partner=caller.partner, token=caller.token, door=Pull.Door.CHANGES, format="json")
