"""Wiring: what keeps pages in their package; a publication that was lost is queued again."""

from django.db.models.signals import pre_delete, pre_save
from wagtail.models import Revision
from wagtail.signals import pre_page_move

from focus.package.guard import page_arriving, page_leaving, page_moving, revision_planned
from focus.package.queue import queue_due_again
from publishing.signals import healing


def register_signal_handlers() -> None:
    """Connect everything, once."""
    pre_save.connect(page_arriving, dispatch_uid="package.page_arriving")
    pre_page_move.connect(page_moving, dispatch_uid="package.page_moving")
    pre_delete.connect(page_leaving, dispatch_uid="package.page_leaving")
    pre_save.connect(revision_planned, sender=Revision, dispatch_uid="package.revision_planned")
    healing.connect(queue_due_again, dispatch_uid="package.queue_due_again")
