"""Who may open the screens of the print desk, and what these screens share."""

from operator import attrgetter
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from focus.models import Insert


class InsertAccess:
    """Finds what the address names and the cahier it belongs to; lets in who may edit that page.

    ``path`` leads from the object to the cahier. A locked package does not matter here: what the
    desk knows is no content of a page.
    """

    model: type[Model] = Insert
    path = ""
    for_publishers = False
    """Whether one must be allowed to publish the cahier."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the object; an unknown one is a 404."""
        super().setup(request, *args, **kwargs)
        rows = self.model._default_manager.all()
        if self.path:
            rows = rows.select_related(self.path.replace(".", "__"))
        self.found = get_object_or_404(rows, pk=kwargs["pk"])
        self.insert: Insert = attrgetter(self.path)(self.found) if self.path else self.found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse who may not; raises PermissionDenied."""
        may = self.insert.permissions_for_user(request.user)
        self.may_publish = may.can_publish()
        if not (self.may_publish or (may.can_edit() and not self.for_publishers)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class InsertScreen(InsertAccess, WagtailAdminTemplateMixin, View):
    """A screen of the print desk."""

    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Lead back to the chemin de fer."""
        desk = reverse("focus_print:desk", args=(self.insert.pk,))
        return [
            *self.breadcrumbs_items,
            {"url": desk, "label": f"Chemin de fer : {self.insert.title}"},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what all screens show."""
        context = super().get_context_data(**kwargs)
        return {**context, "insert": self.insert, "may_publish": self.may_publish}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the screen."""
        return self.render_to_response(self.get_context_data())
