"""Wiring: what happens at the print desk, or to the hour of the paper, concerns the cahier online.

Looks at the type, never at the content: a false alarm uploads nothing.
"""

from collections.abc import Iterable

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published

from focus.insert_artifacts import INSERT_LABEL
from focus.models import FocusPage, Insert, InsertPage, PageApproval, PageVersion
from publishing.staleness import mark_stale


def page_changed(instance: InsertPage, **kwargs: object) -> None:
    """Follow a printed page."""
    _mark([instance.insert_id])


def version_changed(instance: PageVersion, **kwargs: object) -> None:
    """Follow a version; its page may be gone with it."""
    _mark(InsertPage.objects.filter(pk=instance.page_id).values_list("insert_id", flat=True))


def approval_changed(instance: PageApproval, **kwargs: object) -> None:
    """Follow a signature; its version may be gone with it."""
    pages = InsertPage.objects.filter(versions=instance.version_id)
    _mark(pages.values_list("insert_id", flat=True))


def focus_published(instance: Page, **kwargs: object) -> None:
    """Follow a focus: the paper may go out at another hour."""
    if isinstance(instance, FocusPage):
        _mark(Insert.objects.child_of(instance).values_list("pk", flat=True))


def _mark(inserts: Iterable[int]) -> None:
    mark_stale(f"{INSERT_LABEL}:{pk}" for pk in inserts)


def register_signal_handlers() -> None:
    """Connect everything, once."""
    for model, handler in (
        (InsertPage, page_changed),
        (PageVersion, version_changed),
        (PageApproval, approval_changed),
    ):
        for signal in (post_save, post_delete):
            signal.connect(handler, sender=model, dispatch_uid=f"cahier.{handler.__name__}")
    page_published.connect(focus_published, dispatch_uid="cahier.focus_published")
