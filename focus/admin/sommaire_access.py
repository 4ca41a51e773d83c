"""Who may open a sommaire: those who may edit its focus."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from focus.models import FocusPage


class FocusMixin:
    """A view about the focus named by ``focus_pk``, whatever the method."""

    focus: FocusPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the focus before anything else; refuse who may not edit it."""
        queryset = FocusPage.objects.select_related("package")
        self.focus = get_object_or_404(queryset, pk=kwargs["focus_pk"])
        if not self.focus.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        super().setup(request, *args, **kwargs)

    @property
    def sommaire_url(self) -> str:
        """Address of the sommaire."""
        return reverse("focus_sommaire:index", args=(self.focus.pk,))

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the focus and to its sommaire."""
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse("wagtailadmin_explore", args=(self.focus.pk,)),
                "label": self.focus.get_admin_display_title(),
            },
            {"url": self.sommaire_url, "label": "Sommaire"},
        ]
