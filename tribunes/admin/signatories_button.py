"""The way from a tribune to «Coller une liste»."""

from collections.abc import Iterator

from django.urls import reverse
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.models import User
from tribunes.models import TribunePage


def paste_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead whoever may edit a tribune to its list of signatories; a page header hook."""
    rights = page.permissions_for_user(user)
    if page.specific_class is TribunePage and rights.can_edit() and not rights.page_locked():
        url = reverse("tribunes_admin:paste", args=(page.pk,))
        yield Button("Coller des signataires", url=url, icon_name="group", priority=6)
