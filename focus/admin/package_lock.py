"""No form for a page that could not be saved: its focus is being approved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page

from focus.models import FocusPage


def refuse_new_page(
    request: HttpRequest, parent_page: Page, page_class: type[Page]
) -> HttpResponse | None:
    """Say so before anything is typed (hook ``before_create_page``)."""
    parent = parent_page.specific
    if not isinstance(parent, FocusPage) or not (reason := parent.why_pages_are_locked()):
        return None
    messages.error(request, reason)
    return redirect("wagtailadmin_explore", parent.pk)
