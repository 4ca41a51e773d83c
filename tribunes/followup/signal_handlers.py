"""Wiring: an entry of the log makes notices and checks; lost work is queued again."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from publishing.signals import healing
from tribunes.followup import notices
from tribunes.followup.leases import due
from tribunes.followup.tasks import check_copy, send_notice
from tribunes.journal.signals import entry_written
from tribunes.models import Change, Notice, Republication


def tell_partners(change: Change, severity: str, **kwargs: object) -> None:
    """Write the notices of an entry, in its transaction; letters leave after it."""
    for notice in notices.of_entry(change, severity):
        transaction.on_commit(partial(send_notice.enqueue, notice.pk))


def look_again(change: Change, **kwargs: object) -> None:
    """Have all copies checked again at each new version."""
    if change.partner_id:
        return
    copies = Republication.objects.filter(record=change.record_id).exclude(url="")
    copies.update(check_at=timezone.now())
    for pk in copies.values_list("pk", flat=True):
        transaction.on_commit(partial(check_copy.enqueue, pk))


def queue_due(**kwargs: object) -> None:
    """Queue reminders, retries and checks whose moment came, or whose task was lost."""
    notices.tell_latecomers()
    for pk in due(Notice, "send_at").values_list("pk", flat=True):
        send_notice.enqueue(pk)
    for pk in due(Republication, "check_at").values_list("pk", flat=True):
        check_copy.enqueue(pk)


def register_signal_handlers() -> None:
    """Connect everything, once."""
    entry_written.connect(tell_partners, dispatch_uid="tribunes.followup.tell_partners")
    entry_written.connect(look_again, dispatch_uid="tribunes.followup.look_again")
    healing.connect(queue_due, dispatch_uid="tribunes.followup.queue_due")
