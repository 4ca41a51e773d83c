"""«Partenaires»: chief editors manage them, editors look them up."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views import snippets

from cms.viewsets import SnippetViewSet
from tribunes.admin.partner_states import contract_of, contract_warning, key_state
from tribunes.admin.reports_base import TEXTS_TAKEN
from tribunes.forms.partner import PARTNER_PANELS
from tribunes.journal import partner_changing
from tribunes.journal.clock import follow_contract
from tribunes.models import AccessKey, Partner, PartnerToken, TribunePage

_GONE = "aucun\u00a0: ce qui était coché n’existe plus"


class PartnerIndexView(snippets.IndexView):
    """All of them on one page: too few to be searched."""

    is_searchable = False


class PartnerEditView(snippets.EditView):
    """The form; what a change shows or hides is written for this partner, in its transaction."""

    def save_instance(self) -> Partner:
        """Write first what the clock changed, then save and write what the change does."""
        follow_contract(self.object.pk)
        with partner_changing(self.object.pk):
            return super().save_instance()

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        """Lead to tokens and feed addresses."""
        return [HeaderButton("Accès et suivi", url=self.get_inspect_url(), icon_name="key")]


class PartnerView(snippets.InspectView):
    """A partner on one page: contract, people, catalogue, rights, keys, and what they took."""

    template_name = "tribunes/admin/partner.html"
    page_title = "Partenaire"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give everything; secrets are not among it, nobody has them."""
        partner: Partner = self.object
        now = timezone.now()
        kinds = dict(TribunePage.Kind.choices)
        return {
            **super().get_context_data(**kwargs),
            "partner": partner,
            "warning": contract_warning(partner, timezone.localdate()),
            "may_change": self.request.user.has_perm("tribunes.change_partner"),
            "kinds": [kinds.get(kind, kind) for kind in partner.kinds],
            "no_focus": _GONE if partner.limited_to_focuses else "tous",
            "no_theme": _GONE if partner.limited_to_themes else "tous",
            "rights": _rights(partner),
            "tokens": [
                {"key": token, "state": key_state(token, now), "scopes": _scopes(token)}
                for token in _living_first(partner.partnertoken_keys.all())
            ],
            "feeds": [
                {"key": feed, "state": key_state(feed, now)}
                for feed in _living_first(partner.feedaddress_keys.all())
            ],
            "pulls": partner.pulls.aggregate(texts=TEXTS_TAKEN)["texts"],
            "republications": partner.republications.count(),
            "waiting": partner.notices.filter(acknowledged_at=None, sent_count__gt=0).count(),
        }


def _living_first(keys: "QuerySet[AccessKey]") -> list[AccessKey]:
    return sorted(keys, key=lambda key: not key.is_usable)


def _rights(partner: Partner) -> list[str]:
    names = ("may_have_texts", "may_have_images", "may_have_print", "may_have_audio")
    return [
        str(Partner._meta.get_field(name).verbose_name) for name in names if getattr(partner, name)
    ]


def _scopes(token: PartnerToken) -> str:
    labels = dict(PartnerToken.Scope.choices)
    return ", ".join(str(labels.get(scope, scope)) for scope in token.scopes)


class PartnerViewSet(SnippetViewSet):
    """Partners, by name."""

    model = Partner
    icon = "globe"
    menu_label = "Partenaires"
    menu_order = 210
    add_to_admin_menu = True
    inspect_view_enabled = True
    index_view_class = PartnerIndexView
    edit_view_class = PartnerEditView
    inspect_view_class = PartnerView
    inspect_template_name = "tribunes/admin/partner.html"
    edit_handler = PARTNER_PANELS
    list_per_page = 100
    list_display = [
        "__str__",
        Column("contract", label="Contrat", accessor=contract_of),
        Column("tokens", label="Jetons valides"),
        Column("feeds", label="Adresses de flux"),
    ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Partner]":
        """Count with the partners what opens their door."""
        now = timezone.now()

        def usable(name: str) -> Count:
            living = Q(**{f"{name}__expires_at": None}) | Q(**{f"{name}__expires_at__gt": now})
            revoked = Q(**{f"{name}__revoked_at": None})
            return Count(name, filter=living & revoked & ~Q(**{name: None}), distinct=True)

        return Partner.objects.select_related("organisation").annotate(
            tokens=usable("partnertoken_keys"), feeds=usable("feedaddress_keys")
        )
