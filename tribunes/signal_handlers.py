"""Wiring: whatever may change what partners see of a tribune is followed by the journal."""

from collections.abc import Collection

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.models import Image, Licence, Organisation, Person, Territory, Theme, Withdrawal
from publishing.signals import healing
from tribunes.expiry import queue_warnings
from tribunes.journal import follow, follow_record, page_deleted
from tribunes.journal.clock import follow_due
from tribunes.journal.sweep import queue_sweep
from tribunes.models import Partner, Record, TribunePage

_SURROUNDING = (
    Image, Licence, Organisation, Page, PageViewRestriction, Partner, Person, Territory, Theme,
)  # fmt: skip
_REMEMBERED = frozenset({"file_hash"})
"""What an image notes of its file when it is first asked, by a save of its own."""


def surroundings_saved(
    instance: Model, update_fields: Collection[str] | None = None, **kwargs: object
) -> None:
    """Follow what tribunes name; pages tell by signals of their own."""
    watched = isinstance(instance, _SURROUNDING) and not isinstance(instance, Page)
    if watched and update_fields != _REMEMBERED:
        queue_sweep()


def surroundings_deleted(instance: Model, **kwargs: object) -> None:
    """Follow what tribunes named, pages among it."""
    if isinstance(instance, _SURROUNDING):
        queue_sweep()


def withdrawal_changed(instance: Withdrawal, **kwargs: object) -> None:
    """Follow a withdrawal at once, also of a page that is gone or was not live any more."""
    for pk in Record.objects.filter(uuid=instance.uuid).values_list("pk", flat=True):
        follow_record(pk)


def tribune_deleted(instance: TribunePage, **kwargs: object) -> None:
    """Write that a tribune is about to be deleted."""
    page_deleted(instance)


def tribune_moved(instance: Page, **kwargs: object) -> None:
    """Follow a tribune that was moved at once: catalogues look for it where it is."""
    follow(instance.pk)


def register_signal_handlers() -> None:
    """Connect everything, once."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(queue_sweep, dispatch_uid=f"tribunes.queue_sweep.{id(signal)}")
    post_page_move.connect(tribune_moved, sender=TribunePage, dispatch_uid="tribunes.moved")
    post_save.connect(surroundings_saved, dispatch_uid="tribunes.surroundings_saved")
    post_delete.connect(surroundings_deleted, dispatch_uid="tribunes.surroundings_deleted")
    post_save.connect(withdrawal_changed, sender=Withdrawal, dispatch_uid="tribunes.withdrawal")
    pre_delete.connect(tribune_deleted, sender=TribunePage, dispatch_uid="tribunes.deleted")
    healing.connect(follow_due, dispatch_uid="tribunes.follow_due")
    healing.connect(queue_warnings, dispatch_uid="tribunes.queue_warnings")
