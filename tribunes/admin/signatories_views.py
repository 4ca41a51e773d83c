"""«Coller une liste»: a pasted list becomes signatories of the draft, after somebody looked."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page

from tribunes.forms.signatories import PasteForm
from tribunes.models import TribunePage
from tribunes.signatories import adding
from tribunes.signatories.proposals import NEW, OUT, Proposal, problems, propose

_CHANGED = (
    "Rien n’est ajouté\u00a0: le brouillon a été enregistré entre-temps. Voici la liste relue,"
    " vérifiez-la puis ajoutez."
)
_RETYPED = (
    "Rien n’est ajouté\u00a0: vous avez modifié la liste. La voici relue, vérifiez-la puis ajoutez."
)
_MAY_NOT_CREATE = "Vous ne pouvez pas créer de personne\u00a0: demandez à la rédaction en chef."


class PasteView(WagtailAdminTemplateMixin, TemplateView):
    """The list, what is proposed for each line, and the button that adds what was chosen.

    Nothing is published: signatories are added to a new draft.
    """

    template_name = "tribunes/admin/signatories.html"
    page_title = "Coller une liste de signataires"
    header_icon = "group"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the tribune."""
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(TribunePage, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let those in who may edit the tribune; say what locks it."""
        rights = self.page.permissions_for_user(request.user)
        if not rights.can_edit():
            raise PermissionDenied
        if rights.page_locked():
            messages.error(request, self.page.get_lock().get_message(request.user))
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Name the tribune."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Come from the place of the tribune in the tree."""
        items = get_breadcrumbs_items_for_page(self.page, self.request.user)
        here = {"label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*items, {"url": "", **here}]

    @cached_property
    def form(self) -> PasteForm:
        """The list, as it was pasted."""
        return PasteForm(self.request.POST if self.request.method == "POST" else None)

    @cached_property
    def proposals(self) -> list[Proposal]:
        """What each line may become; empty until a list was pasted."""
        if not self.form.is_bound or not self.form.is_valid():
            return []
        return propose(self.form.lines, adding.known_people(), adding.signing(self.page))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what is proposed, or add what was chosen."""
        if not self.proposals or "confirm" not in request.POST:
            return self._show()
        if request.POST.get("read") != self.form.digest:
            messages.warning(request, _RETYPED)
            return self._show()
        choices = {
            found.line.number: request.POST.get(f"line-{found.line.number}", "")
            for found in self.proposals
        }
        if wrong := self._problems(choices):
            return self._show(choices, wrong)
        revision = request.POST.get("revision", "")
        try:
            added = adding.add(
                self.page,
                self.proposals,
                choices,
                revision=int(revision) if re.fullmatch(r"[0-9]{1,18}", revision) else None,
                user=request.user,
            )
        except adding.DraftChanged:
            messages.warning(request, _CHANGED)
            self.page.refresh_from_db()
            del self.proposals
            return self._show()
        messages.success(request, _said(added))
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def _problems(self, choices: dict[int, str]) -> dict[int, str]:
        wrong = problems(self.proposals, choices)
        if not self.request.user.has_perm("cms.add_person"):
            new = [number for number, choice in choices.items() if choice == NEW]
            wrong |= dict.fromkeys(new, _MAY_NOT_CREATE)
        return wrong

    def _show(
        self, choices: dict[int, str] | None = None, wrong: dict[int, str] | None = None
    ) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(choices=choices or {}, wrong=wrong or {})
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the list, the proposals with what is chosen and what is wrong, and their counts."""
        chosen, wrong = kwargs.pop("choices", {}), kwargs.pop("wrong", {})
        rows = [
            {
                "proposal": found,
                "choice": (choice := chosen.get(found.line.number, found.choice)),
                "signature": found.signature(choice),
                "problem": wrong.get(found.line.number) or found.line.problem,
            }
            for found in self.proposals
        ]
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "form": self.form,
            "rows": rows,
            "wrong": len(wrong),
            "odd": [
                row["proposal"].line.number for row in rows if row["problem"] or not row["choice"]
            ],
            "known": sum(row["choice"] not in (NEW, OUT, "") for row in rows),
            "new": sum(row["choice"] == NEW for row in rows),
            "undecided": sum(row["choice"] == "" for row in rows),
            "out": sum(row["choice"] == OUT for row in rows),
        }


def _said(added: adding.Added) -> str:
    """Say what was done, in French."""
    one = added.signatories == 1
    parts = [f"{added.signatories} signataire{'' if one else 's'} dans le brouillon"]
    if added.people:
        plural = "s" if added.people > 1 else ""
        parts.append(f"{added.people} nouvelle{plural} fiche{plural} dans le carnet")
    if added.left_out:
        plural = "s" if added.left_out > 1 else ""
        parts.append(f"{added.left_out} ligne{plural} laissée{plural} de côté")
    return f"{', '.join(parts)}. Relisez la liste, puis publiez."
