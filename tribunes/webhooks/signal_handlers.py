"""Wiring: the journal is announced; lost work is queued again."""

from publishing.signals import healing
from tribunes.journal.signals import entry_written
from tribunes.webhooks.changes import announce_change
from tribunes.webhooks.queue import queue_due_again


def register_signal_handlers() -> None:
    """Connect everything, once."""
    entry_written.connect(announce_change, dispatch_uid="webhooks.announce_change")
    healing.connect(queue_due_again, dispatch_uid="webhooks.queue_due_again")
