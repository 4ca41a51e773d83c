"""The way from the page of a cahier to its chemin de fer."""

from collections.abc import Iterator

from django.urls import reverse
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.models import User
from focus.models import Insert


def desk_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead to the chemin de fer whoever may open it; a page header hook."""
    may = page.permissions_for_user(user)
    if page.specific_class is Insert and (may.can_edit() or may.can_publish()):
        url = reverse("focus_print:desk", args=(page.pk,))
        yield Button("Chemin de fer", url=url, icon_name="doc-full", priority=4)
