"""The log of changes: what partners could be given is compared with what it was, and written down.

Whatever saved a tribune, ``follow`` is called in the same transaction; what surrounds tribunes is
swept, what comes by the clock alone is planned. An entry is written if and only if a reader with
every right would see a difference from what was shown last. So a false alarm writes nothing, and
nothing that partners would see changes without an entry.
"""

from tribunes.journal.entries import append
from tribunes.journal.following import follow, follow_record, page_deleted
from tribunes.journal.partners import partner_changing

__all__ = ["append", "follow", "follow_record", "page_deleted", "partner_changing"]
