"""Wiring: what comes with a page is made with it."""

from django.db.models import Model
from django.db.models.signals import post_save
from wagtail.models import Page
from wagtail.signals import post_page_move

from focus.models import FocusPage, Insert
from focus.services import ensure_package, ensure_printed_pages, follow_page


def page_saved(instance: Model, created: bool, raw: bool = False, **kwargs: object) -> None:
    """Make a new page known to its focus; keep the printed pages in number."""
    if raw or not isinstance(instance, Page):
        return
    if created and isinstance(instance, FocusPage):
        ensure_package(instance)
    if isinstance(instance, Insert):
        ensure_printed_pages(instance)
    if created:
        follow_page(instance)


def page_moved(instance: Page, **kwargs: object) -> None:
    """Follow a page from one focus to another."""
    follow_page(instance)


def register_signal_handlers() -> None:
    """Connect everything, once."""
    post_save.connect(page_saved, dispatch_uid="focus.page_saved")
    post_page_move.connect(page_moved, dispatch_uid="focus.page_moved")
