"""Wiring: whatever changes what partners see of a tribune is followed by the journal."""

from collections.abc import Collection

from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, post_page_move

from cms.models import Image, Licence, Organisation, Person, Territory, Theme, Withdrawal
from publishing.signals import healing
from tribunes.clock import follow_due
from tribunes.expiry import queue_warnings
from tribunes.journal import follow, follow_record, page_deleted
from tribunes.models import Record, TribunePage

_REMEMBERED = frozenset({"file_hash"})
"""What an image notes of its file when it is first asked, by a save of its own."""
_REFERRED = (Image, Licence, Organisation, Person, Territory, Theme)


def page_above_changed(instance: Page, **kwargs: object) -> None:
    """Follow the tribunes of a page whose title or licence may have changed."""
    for pk in TribunePage.objects.child_of(instance).values_list("pk", flat=True):
        follow(pk)


def address_changed(instance: Page, **kwargs: object) -> None:
    """Follow the tribunes whose address changed."""
    below = TribunePage.objects.descendant_of(instance, inclusive=True)
    for pk in below.values_list("pk", flat=True):
        follow(pk)


def restriction_changed(instance: PageViewRestriction, **kwargs: object) -> None:
    """Follow the tribunes that become private or public."""
    address_changed(instance.page)


def withdrawal_changed(instance: Withdrawal, **kwargs: object) -> None:
    """Follow a withdrawal, also of a page that is gone or was not live any more."""
    for pk in Record.objects.filter(uuid=instance.uuid).values_list("pk", flat=True):
        follow_record(pk)


def reference_changed(
    instance: Model, update_fields: Collection[str] | None = None, **kwargs: object
) -> None:
    """Follow the tribunes that name what was saved: people, pictures, licences, places."""
    if not isinstance(instance, _REFERRED) or update_fields == _REMEMBERED:
        return
    references = ReferenceIndex.get_references_to(instance)
    kept = references.filter(base_content_type__app_label="wagtailcore")
    pks = {int(pk) for pk in kept.values_list("object_id", flat=True)}
    for record in Record.objects.filter(page_id__in=pks).values_list("pk", flat=True):
        follow_record(record)


def tribune_deleted(instance: TribunePage, **kwargs: object) -> None:
    """Write that a tribune is about to be deleted."""
    page_deleted(instance)


def register_signal_handlers() -> None:
    """Connect everything, once."""
    for signal, handler in (
        (page_published, page_above_changed),
        (page_slug_changed, address_changed),
        (post_page_move, address_changed),
    ):
        signal.connect(handler, dispatch_uid=f"tribunes.{handler.__name__}.{id(signal)}")
    for signal in (post_save, post_delete):
        signal.connect(
            restriction_changed, sender=PageViewRestriction, dispatch_uid="tribunes.restriction"
        )
    post_save.connect(withdrawal_changed, sender=Withdrawal, dispatch_uid="tribunes.withdrawal")
    post_save.connect(reference_changed, dispatch_uid="tribunes.reference")
    pre_delete.connect(tribune_deleted, sender=TribunePage, dispatch_uid="tribunes.deleted")
    healing.connect(follow_due, dispatch_uid="tribunes.follow_due")
    healing.connect(queue_warnings, dispatch_uid="tribunes.queue_warnings")
