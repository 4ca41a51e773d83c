"""Forgetting old entries of the log, nightly; what became of each tribune is never forgotten."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from tribunes.models import Change, Counter

MEMORY = timedelta(days=365)
"""How long every entry stays, at least."""


@transaction.atomic
def prune() -> int:
    """Remove entries older than ``MEMORY`` that a later one replaces; return how many.

    The last entry of a tribune stays for ever, for everybody and for each partner: who starts
    anew learns of everything. Cursors of before are refused from then on.
    """
    later = Change.objects.filter(record=OuterRef("record"), number__gt=OuterRef("number"))
    replaced = Exists(later.filter(partner=OuterRef("partner")))
    replaced_for_all = Q(partner=None) & Exists(later.filter(partner=None))
    old = Change.objects.filter(at__lt=timezone.now() - MEMORY)
    forgotten = old.filter(Q(replaced) | replaced_for_all)
    newest = forgotten.aggregate(newest=Max("number"))["newest"]
    if newest is None:
        return 0
    Counter.objects.filter(pruned__lt=newest).update(pruned=newest)
    count, _ = forgotten.filter(number__lte=newest).delete()
    return count
