"""Tokens and feed addresses of a partner: issued, replaced, revoked by the newsroom.

A secret is in the answer to the request that makes it and nowhere else: no session, no message, no
log, no cache holds it.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from tribunes import keys
from tribunes.forms.keys import NewFeedForm, NewTokenForm
from tribunes.models import AccessKey, FeedAddress, Partner, PartnerToken
from tribunes.space.feeds import addresses_of

MODELS: dict[str, type[AccessKey]] = {"jetons": PartnerToken, "flux": FeedAddress}
"""Which keys an address is about."""


class PartnerMixin(WagtailAdminTemplateMixin):
    """A screen about the keys of one partner, for those who may change the partner."""

    header_icon = "key"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Refuse before anything is looked up."""
        super().setup(request, *args, **kwargs)
        if not request.user.has_perm("tribunes.change_partner"):
            raise PermissionDenied
        self.partner = get_object_or_404(Partner, pk=kwargs["partner_pk"])

    @property
    def partner_url(self) -> str:
        """Address of the page of the partner."""
        return partner_url(self.partner)

    def get_page_subtitle(self) -> str:
        """Name the partner."""
        return str(self.partner)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        """Come from the partner."""
        listing = reverse(Partner.snippet_viewset.get_url_name("list"))
        return [
            *self.breadcrumbs_items,
            {"url": listing, "label": "Partenaires"},
            {"url": self.partner_url, "label": str(self.partner)},
            {"url": "", "label": self.get_page_title(), "sublabel": str(self.partner)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the partner."""
        return {**super().get_context_data(**kwargs), "partner_url": self.partner_url}

    def record(self, action: str, key: AccessKey) -> None:
        """Write in the history of the partner who did what to which key."""
        data = {"name": key.name, "hint": key.hint}
        log(self.partner, f"tribunes.{action}", user=self.request.user, data=data)

    def show(self, key: AccessKey, values: list[tuple[str, str]], **more: Any) -> HttpResponse:
        """Answer with a secret, which nobody will see again."""
        context = super().get_context_data(
            key=key,
            values=values,
            partner_url=self.partner_url,
            **more,
        )
        answer = self.response_class(
            request=self.request, template="tribunes/admin/secret.html", context=context
        )
        answer["Cache-Control"] = "no-store"
        return answer


def partner_url(partner: Partner) -> str:
    """Return the address of the page of a partner."""
    return reverse(Partner.snippet_viewset.get_url_name("inspect"), args=[partner.pk])


class IssueView(PartnerMixin, TemplateView):
    """A form that makes a key, then shows its secret."""

    template_name = "tribunes/admin/key_form.html"
    form_class: ClassVar[type[Form]]

    @cached_property
    def form(self) -> Form:
        """What is asked."""
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, partner=self.partner)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the form."""
        return {**super().get_context_data(**kwargs), "form": self.form}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the key and show its secret, or say what is wrong."""
        if not self.form.is_valid():
            return self.get(request, *args, **kwargs)
        return self.issue()

    def issue(self) -> HttpResponse:
        """Make the key of a valid form."""
        raise NotImplementedError


class IssueTokenView(IssueView):
    """A new token."""

    page_title = "Nouveau jeton"
    form_class = NewTokenForm

    def issue(self) -> HttpResponse:
        """Make it within the rights of the partner."""
        with transaction.atomic():
            token, secret = keys.issue_token(
                self.partner, user=self.request.user, **self.form.cleaned_data
            )
            self.record("issue_token", token)
        return self.show(token, [("Jeton", secret)])


class IssueFeedView(IssueView):
    """A new feed address."""

    page_title = "Nouvelle adresse de flux"
    form_class = NewFeedForm

    def issue(self) -> HttpResponse:
        """Make it: one secret, an address for each format."""
        with transaction.atomic():
            feed, secret = keys.issue_feed(self.partner, **self.form.cleaned_data)
            self.record("issue_feed", feed)
        return self.show(feed, addresses_of(secret))


class KeyView(PartnerMixin, TemplateView):
    """A question about one key that still serves, then the act."""

    template_name = "tribunes/admin/key_act.html"
    question: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the key among those of the partner."""
        super().setup(request, *args, **kwargs)
        model = MODELS.get(kwargs["what"])
        if model is None:
            raise Http404
        self.key = get_object_or_404(self.find(model), pk=kwargs["pk"], partner=self.partner)

    def find(self, model: type[AccessKey]) -> Any:
        """Return the keys that this may be done to."""
        return model.objects.usable()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the key and the question."""
        return {**super().get_context_data(**kwargs), "key": self.key, "question": self.question}


class RotateView(KeyView):
    """Put a token in place of another, once."""

    page_title = "Remplacer le jeton"
    question = (
        "Un nouveau jeton, de mêmes portées, est montré une seule fois. L’ancien sert encore sept"
        " jours, le temps que le partenaire le remplace partout."
    )

    def find(self, model: type[AccessKey]) -> Any:
        """Leave out feed addresses, and what was replaced already."""
        if model is not PartnerToken:
            raise Http404
        return PartnerToken.objects.usable().filter(rotated_at=None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Replace it and show the new secret; a request sent twice finds nothing to replace."""
        with transaction.atomic():
            found = self.find(PartnerToken).select_for_update()
            old = get_object_or_404(found, pk=self.key.pk)
            token, secret = keys.rotate(old)
            self.record("rotate_token", token)
        return self.show(token, [("Jeton", secret)], old=old)


class RevokeView(KeyView):
    """Close a key at once."""

    page_title = "Révoquer"
    question = (
        "La prochaine requête sera refusée. C’est immédiat et définitif\u00a0: prévenez le"
        " partenaire."
    )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close it."""
        with transaction.atomic():
            keys.revoke(self.key)
            self.record("revoke", self.key)
        messages.success(
            request, f"«\u202f{self.key.name}\u202f» est révoqué\u00a0: plus rien ne s’ouvre avec."
        )
        return redirect(self.partner_url)
