"""Doors that the gate of each page does not see: arrivals, moves, deletions, hours of their own.

Receivers; they refuse with PackageHeld, whatever screen, command or script asked.
"""

from django.db.models import Model
from wagtail.models import Page, Revision

from focus.models import FocusPage, Package
from focus.package.exceptions import PackageHeld


def page_moving(
    instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: object
) -> None:
    """Keep the pages of a locked focus and their order; let nothing public into one to come."""
    for parent in (parent_page_before, parent_page_after):
        _refuse_if_locked(instance, _focus(parent.pk))
    arrives = parent_page_before.pk != parent_page_after.pk
    into = _focus(parent_page_after.pk) if arrives and _goes_or_is_live(instance) else None
    if into and (reason := into.why_pages_wait()):
        _refuse(instance, f"{reason} Retirez-la d’abord du site.")


def page_arriving(instance: Model, raw: bool = False, **kwargs: object) -> None:
    """Let no new page into what is being approved; a fixture is loaded as it is."""
    if isinstance(instance, Page) and instance._state.adding and not raw and instance.depth > 1:
        _refuse_if_locked(instance, _focus(instance.get_parent().pk))


def page_leaving(instance: Model, **kwargs: object) -> None:
    """Keep what is being approved from being deleted."""
    if isinstance(instance, Page) and not instance.is_root():
        _refuse_if_locked(instance, _focus(instance.pk, instance.get_parent().pk))


def revision_planned(instance: Revision, **kwargs: object) -> None:
    """Let no page have an hour of its own before its package is out."""
    if not instance.approved_go_live_at or instance.base_content_type.model_class() is not Page:
        return
    page = Page.objects.get(pk=instance.object_id)
    focus = _focus(page.pk, page.get_parent().pk)
    if focus and not page.live and (reason := focus.why_pages_wait()):
        _refuse(page, reason)


def _focus(*pks: int) -> FocusPage | None:
    """Return which of these pages is a focus."""
    package = Package.objects.filter(focus__in=pks).select_related("focus").first()
    return package.focus if package else None


def _goes_or_is_live(page: Page) -> bool:
    return page.live or page.revisions.exclude(approved_go_live_at=None).exists()


def _refuse_if_locked(page: Page, focus: FocusPage | None) -> None:
    if focus and (reason := focus.why_pages_are_locked()):
        _refuse(page, reason)


def _refuse(page: Page, reason: str) -> None:
    raise PackageHeld([f"« {page.title} » : {reason}"])
