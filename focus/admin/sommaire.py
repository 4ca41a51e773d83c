"""The sommaire of a focus: every piece in order, where it stands and what it lacks."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from focus.admin import sommaire_plans as plans
from focus.admin.package_panel import panel_context
from focus.admin.sommaire_access import FocusMixin
from focus.admin.sommaire_lines import STATES, Line, closing_of, lines_of, totals_of
from focus.admin.sommaire_order import move
from focus.forms.pieces import SommaireFilter


class SommaireView(FocusMixin, WagtailAdminTemplateMixin, TemplateView):
    """The screen; asked for by its own script, only the lines."""

    template_name = "focus/admin/sommaire.html"
    header_icon = "list-ol"
    page_title = "Sommaire"

    def get_page_subtitle(self) -> str:
        """Title of the focus."""
        return self.focus.get_admin_display_title()

    def get_template_names(self) -> list[str]:
        """Give the script the lines alone."""
        return ["focus/admin/sommaire_table.html" if self.is_fragment else self.template_name]

    @property
    def is_fragment(self) -> bool:
        """Whether the script asks: what it is told comes with the lines."""
        return self.request.headers.get("X-Requested-With") == "XMLHttpRequest"

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Plan a piece."""
        url = reverse("focus_sommaire:plan", args=(self.focus.pk,))
        return [HeaderButton("Prévoir une pièce", url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the lines that the filter lets through, and the figures of all of them."""
        lines = lines_of(self.focus)
        choice = _filter(self.request, lines)
        shown = [
            line for line in lines if choice.accepts(line.piece, line.state, self.request.user)
        ]
        permissions = self.focus.permissions_for_user(self.request.user)
        return {
            **super().get_context_data(**kwargs),
            **panel_context(self.focus.package, self.request),
            "focus": self.focus,
            "closing": closing_of(self.focus),
            "filter": choice,
            "is_fragment": self.is_fragment,
            "is_filtered": len(shown) < len(lines),
            "rows": list(zip(shown, [None, *shown], [*shown[1:], None], strict=False)),
            "count": len(lines),
            "totals": totals_of(lines),
            "may_add": permissions.can_add_subpage() and not self.focus.why_pages_are_locked(),
            "media": Media(css={"all": ["focus/sommaire.css"]}),
        }


def _filter(request: HttpRequest, lines: list[Line]) -> SommaireFilter:
    owners = {line.piece.owner_id: line.piece.owner for line in lines if line.piece.owner}
    choice = SommaireFilter(request.GET, owners=list(owners.values()), states=list(STATES.items()))
    choice.is_valid()
    return choice


class MoveView(FocusMixin, View):
    """Put a piece before or after another one, at once."""

    def post(self, request: HttpRequest, focus_pk: int, pk: int) -> HttpResponse:
        """Move; the answer is the sommaire as it is now, whoever else changed it."""
        piece = get_object_or_404(self.focus.pieces, pk=pk)
        place = "after" if "after" in request.POST else "before"
        try:
            neighbour = int(request.POST[place])
        except (KeyError, ValueError):
            return HttpResponseBadRequest("Dites devant ou derrière quelle pièce.")
        try:
            move(self.focus, piece.pk, neighbour=neighbour, after=place == "after")
        except ValueError:
            messages.error(
                request,
                "Cette pièce n’a pas bougé : sa voisine n’est plus dans le sommaire, que voici"
                " à jour.",
            )
        chosen = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(f"{self.sommaire_url}{chosen}")


def _of_focus(view: type[View], route: str, name: str) -> URLPattern:
    return path(f"<int:focus_pk>/sommaire/{route}", view.as_view(), name=name)


urlpatterns = [
    _of_focus(SommaireView, "", "index"),
    _of_focus(plans.PlanView, "prevoir/", "plan"),
    _of_focus(plans.FollowView, "<int:pk>/", "follow"),
    _of_focus(plans.RemoveView, "<int:pk>/retirer/", "remove"),
    _of_focus(plans.CreatePageView, "<int:pk>/creer/", "create"),
    _of_focus(plans.BindView, "<int:pk>/rattacher/", "bind"),
    _of_focus(MoveView, "<int:pk>/deplacer/", "move"),
]
