"""«Retirer ce texte» and «Lever le retrait»: each says what will happen, then does it.

A withdrawal is always possible: neither an embargo nor a package that locks its pages keeps the
newsroom from taking a text off.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.models import Page

from cms.admin.withdrawal_form import WithdrawalForm
from cms.models import TextPage, Withdrawal
from cms.selectors import unrestricted
from cms.withdrawing import WithdrawalRefused, lift, withdraw


class TextMixin(WagtailAdminTemplateMixin):
    """A screen about one text, for those who may publish it."""

    header_icon = "no-view"
    page: TextPage

    def find(self, pk: int) -> Page:
        """Return the page that the address names."""
        return get_object_or_404(Page, pk=pk)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the text; refuse whoever may not publish it."""
        super().setup(request, *args, **kwargs)
        page = self.find(kwargs["pk"])
        if not issubclass(page.specific_class or Page, TextPage):
            raise Http404
        self.page = page.specific
        if not self.page.permissions_for_user(request.user).can_publish():
            raise PermissionDenied

    def get_page_subtitle(self) -> str:
        """Name the text."""
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Come from the place of the text in the tree."""
        items = get_breadcrumbs_items_for_page(self.page, self.request.user)
        here = {"label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*items, {"url": "", **here}]


class WithdrawView(TextMixin, TemplateView):
    """Ask why, say what will happen, withdraw."""

    template_name = "cms/admin/withdraw.html"
    page_title = "Retirer ce texte"

    @cached_property
    def form(self) -> WithdrawalForm:
        """The reasons."""
        return WithdrawalForm(self.request.POST if self.request.method == "POST" else None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the text, the form and everything that will happen."""
        context = super().get_context_data(**kwargs)
        return {**context, "page": self.page, "form": self.form, "effects": effects(self.page)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Withdraw, or say why not."""
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        given = self.form.cleaned_data
        try:
            withdraw(self.page, reason=given["reason"], note=given["note"], user=request.user)
        except WithdrawalRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("wagtailadmin_explore", self.page.get_parent().pk)
        messages.success(
            request,
            f"«\u202f{self.page.title}\u202f» est retiré. Ce qui en était publié disparaît dans les"
            " secondes qui viennent.",
        )
        return redirect("cms_withdrawals:index")


class LiftView(TextMixin, TemplateView):
    """Let a withdrawn text come out again; it does not by itself."""

    template_name = "cms/admin/lift_withdrawal.html"
    page_title = "Lever le retrait"
    header_icon = "view"

    def find(self, pk: int) -> Page:
        """Return the page of a withdrawal that stands; a page that is gone will not come back."""
        found = Withdrawal.objects.standing().exclude(page=None)
        self.withdrawal = get_object_or_404(found, pk=pk)
        return self.withdrawal.page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the withdrawal."""
        return {**super().get_context_data(**kwargs), "withdrawal": self.withdrawal}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Lift it."""
        lift(self.withdrawal, user=request.user)
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        messages.success(
            request,
            f"Le retrait de «\u202f{self.page.title}\u202f» est levé. Le texte reste hors ligne"
            " tant que personne ne le publie.",
            buttons=[messages.button(edit, "Ouvrir le texte")],
        )
        return redirect("cms_withdrawals:index")


def effects(page: TextPage) -> list[str]:
    """Return what a withdrawal does, in French; hooks ``describe_withdrawal`` add to it.

    Each of them takes the text and returns sentences.
    """
    if unrestricted(Page.objects.live().filter(pk=page.pk)).exists():
        found = [
            f"La page {page.full_url} disparaît\u00a0: son adresse répond qu’elle est retirée"
            " (code 410) et donne le motif public.",
            "Le texte quitte les listes, la recherche, le plan du site et ses images publiées.",
            "Les flux publics gardent pendant un an une entrée vide, «\u202f[RETIRÉ]\u202f», pour"
            " que les copies se retirent aussi.",
        ]
    else:
        found = [
            "Le public ne voit pas ce texte en ce moment\u00a0: il ne paraîtra pas, et ce qui était"
            " prévu est annulé.",
        ]
    for describe in hooks.get_hooks("describe_withdrawal"):
        found += describe(page)
    return [*found, "Personne ne peut le publier de nouveau avant que le retrait soit levé."]
