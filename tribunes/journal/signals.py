"""Signals of the journal."""

from django.dispatch import Signal

entry_written = Signal()
"""Sent for each new entry of the log, in the transaction that writes it: ``change`` is the entry,
``severity`` that of a correction, "" otherwise. Receivers write to the database or queue work at
commit; they never call anybody."""
