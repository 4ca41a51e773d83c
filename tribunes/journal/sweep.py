"""Following what surrounds tribunes: people, pictures, licences, pages above, passwords, contracts.

Whatever changed somewhere, all tribunes are compared with what was shown last, in the background:
no list of what a tribune depends on can be wrong, and no editor waits for it. What partners may
have is decided when they ask; only the entry comes a moment later.
"""

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tribunes.access import JOURNAL
from tribunes.journal.following import follow
from tribunes.journal.places import places_of
from tribunes.journal.shown import differs
from tribunes.models import Record, TribunePage
from tribunes.rendering import render

_BATCH = 200


def sweep(**kwargs: object) -> None:
    """Write an entry for each tribune that is not what was shown last; nothing for the others."""
    pks = list(Record.objects.exclude(page=None).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(pks), _BATCH):
        for page in _changed(pks[start : start + _BATCH]):
            follow(page)


def _changed(pks: list[int]) -> list[int]:
    """Return the pages of the records that are not what was shown last."""
    records = list(Record.objects.filter(pk__in=pks))
    places = places_of(
        TribunePage.objects.defer("body").in_bulk([r.page_id for r in records]).values()
    )
    for record in records:
        if where := places.get(record.page_id):
            where.keep(record)
    rendered = render(records, JOURNAL, timezone.now())
    return [r.page_id for r in records if differs(r, rendered[r.pk])]


def queue_sweep(**kwargs: object) -> None:
    """Queue a sweep after the transaction, unless one is waiting that will see its outcome."""
    transaction.on_commit(_queue)


def _queue() -> None:
    from tribunes.journal.tasks import sweep_tribunes  # which imports this module

    waiting = DBTaskResult.objects.ready().filter(task_path=sweep_tribunes.module_path)
    if not waiting.exists():
        sweep_tribunes.enqueue()
