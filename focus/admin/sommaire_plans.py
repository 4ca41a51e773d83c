"""Screens of one piece: plan it, follow it, make or find its page, give it up."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import FormView, View
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from focus.admin.sommaire_access import FocusMixin
from focus.admin.sommaire_pages import PageRefused, bind, create_page, pages_to_bind
from focus.forms.pieces import BindForm, FollowForm, PlanForm
from focus.models import Piece


class PieceMixin(FocusMixin):
    """What the screens of a piece share; who may edit the focus may do all of it."""

    model = Piece
    permission_policy = None  # the focus was asked
    header_icon = "list-ol"

    def get_queryset(self) -> QuerySet[Piece]:
        """Look among the pieces of the focus only."""
        return self.focus.pieces.select_related("page")

    def get_success_url(self) -> str:
        """Return to the sommaire, where the piece is."""
        return f"{self.sommaire_url}#piece-{self.object.pk}"

    def get_success_buttons(self) -> list[Button]:
        """None: the sommaire has them all."""
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Add the piece."""
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_subtitle()}]

    def address(self, name: str) -> str:
        """Return the address of another screen of the piece."""
        return reverse(f"focus_sommaire:{name}", args=(self.focus.pk, self.object.pk))


class PlanView(PieceMixin, generic.CreateView):
    """Plan a piece: it comes last."""

    form_class = PlanForm
    page_title = "Prévoir"
    page_subtitle = "Prévoir une pièce"
    submit_button_label = "Prévoir"
    success_message = "« %(object)s » est au sommaire."
    error_message = "La pièce n’est pas au sommaire : corrigez ce qui est signalé."

    def get_add_url(self) -> str:
        """Address of this screen."""
        return reverse("focus_sommaire:plan", args=(self.focus.pk,))

    def save_instance(self) -> Piece:
        """Save the piece, at the end."""
        last = self.focus.pieces.aggregate(last=Max("position"))["last"]
        self.form.instance.focus = self.focus
        self.form.instance.position = 0 if last is None else last + 1
        return super().save_instance()


class FollowView(PieceMixin, generic.EditView):
    """Say where a piece stands: the desk’s own facts, even while the pages are locked."""

    page_title = "Suivi"
    success_message = "Le suivi de « %(object)s » est à jour."
    error_message = "Le suivi n’est pas enregistré : corrigez ce qui est signalé."

    def get_form_class(self) -> type[ModelForm]:
        """Ask for a title and a kind only until the page tells them."""
        return FollowForm if self.object.page_id else PlanForm

    def get_page_subtitle(self) -> str:
        """Title of the piece."""
        return str(self.object)

    def get_edit_url(self) -> str:
        """Address of this screen."""
        return self.address("follow")

    @cached_property
    def can_delete(self) -> bool:
        """Whether the piece is but a plan; otherwise its page is what is deleted."""
        return not self.object.page_id

    def get_delete_url(self) -> str:
        """Address of the screen that gives the piece up."""
        return self.address("remove")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """For a plan: give it up, or say which page it is about."""
        if self.object.page_id:
            return []
        return [
            Button("Rattacher une page", url=self.address("bind"), icon_name="link", priority=10),
            Button("Retirer du sommaire", url=self.address("remove"), icon_name="bin", priority=20),
        ]


class RemoveView(PieceMixin, generic.DeleteView):
    """Give a plan up."""

    page_title = "Retirer du sommaire"
    success_message = "« %(object)s » n’est plus au sommaire."

    def get_queryset(self) -> QuerySet[Piece]:
        """Leave out pieces whose page exists: deleting the page is another matter."""
        return super().get_queryset().filter(page=None)

    def get_success_url(self) -> str:
        """Return to the sommaire."""
        return self.sommaire_url

    def get_delete_url(self) -> str:
        """Address of this screen."""
        return self.address("remove")

    @property
    def confirmation_message(self) -> str:
        """Say what goes and what does not."""
        return f"Retirer « {self.object} » du sommaire ? Aucune page n’est supprimée."


class CreatePageView(PieceMixin, View):
    """Make the page of a plan and open it."""

    def post(self, request: HttpRequest, focus_pk: int, pk: int) -> HttpResponse:
        """Create the draft, or say why not."""
        piece = get_object_or_404(self.get_queryset(), pk=pk)
        try:
            page = create_page(self.focus, piece, request.user)
        except PageRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.sommaire_url)
        messages.success(request, f"« {page.title} » a sa page : voici son brouillon.")
        return redirect("wagtailadmin_pages:edit", page.pk)


class BindView(PieceMixin, WagtailAdminTemplateMixin, FormView):
    """Say which page of the focus a plan is about."""

    form_class = BindForm
    template_name = "focus/admin/sommaire_bind.html"
    page_title = "Rattacher une page"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the plan."""
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(self.get_queryset(), pk=kwargs["pk"], page=None)

    def get_page_subtitle(self) -> str:
        """Title of the plan."""
        return str(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the pages of the same kind."""
        return {**super().get_form_kwargs(), "pages": pages_to_bind(self.object)}

    def form_valid(self, form: BindForm) -> HttpResponse:
        """Bind, go back."""
        try:
            bind(self.object, form.cleaned_data["page"])
        except PageRefused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, f"« {self.object} » est rattachée à sa page.")
        return super().form_valid(form)
