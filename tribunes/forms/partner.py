"""The form of a partner: its contract, its people, its catalogue, its rights."""

from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)

from tribunes.journal.moments import next_contract_moment
from tribunes.models import Partner, TribunePage

Kind = TribunePage.Kind
_LISTS = ("focuses", "themes")
_GONE = (
    "Ce qui était coché n’existe plus\u00a0: ce partenaire n’a plus rien. Cochez ce qu’il peut"
    " reprendre\u202f; pour tout lui ouvrir, cochez une case, enregistrez, puis décochez-la."
)


_NOT_ON_REQUEST = (
    "La reprise de cette image n’est pas «\u202fsur demande\u202f»\u00a0: choisissez-en une autre,"
    " ou changez sa reprise dans «\u202fImages\u202f»."
)


class PartnerForm(WagtailAdminModelForm):
    """Keeps in mind when the contract changes next; a droit de réponse is no kind to choose."""

    kinds = forms.MultipleChoiceField(
        label="Natures",
        choices=[(kind.value, kind.label) for kind in Kind if kind != Kind.REPLY],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Aucune cochée\u00a0: toutes. Un droit de réponse suit toujours le texte auquel"
        " il répond.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say it where all that was chosen is gone: no box is ticked, and yet it limits.

        Say also why a picture cannot be granted: the chooser shows all of them.
        """
        super().__init__(*args, **kwargs)
        for name in _LISTS:
            limited = getattr(self.instance, f"limited_to_{name}")
            if limited and name in self.fields and not self.initial.get(name):
                self.fields[name].help_text = _GONE
        for row in self.formsets["image_grants"].forms:
            row.fields["image"].error_messages["invalid_choice"] = _NOT_ON_REQUEST

    def save(self, commit: bool = True) -> Partner:
        """Save; a contract that ends on another day will be warned of again.

        Only boxes that somebody changed limit the catalogue or free it.
        """
        partner = self.instance
        for name in _LISTS:
            if name in self.changed_data:
                setattr(partner, f"limited_to_{name}", bool(self.cleaned_data[name]))
        partner.next_moment = next_contract_moment(partner, timezone.now())
        if "contract_until" in self.changed_data:
            partner.warned_days = None
        return super().save(commit)


def _boxes(name: str, **options: Any) -> FieldPanel:
    return FieldPanel(name, widget=forms.CheckboxSelectMultiple, **options)


PARTNER_PANELS = ObjectList(
    [
        FieldPanel("organisation"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contract_from"), FieldPanel("contract_until")]),
                FieldPanel("undertaking_on"),
            ],
            heading="Contrat",
        ),
        InlinePanel(
            "contacts",
            panels=[
                FieldRowPanel([FieldPanel("name"), FieldPanel("email")]),
                FieldPanel("role"),
            ],
            heading="Contacts",
            label="Contact",
            help_text="Ils reçoivent les avis de correction et de retrait, et entrent dans l’espace"
            " partenaire par un lien envoyé à leur adresse.",
        ),
        MultiFieldPanel(
            [_boxes("focuses"), _boxes("themes"), FieldPanel("kinds")],
            heading="Catalogue",
            classname="in-columns",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("may_have_texts"), FieldPanel("may_have_images")]),
                FieldRowPanel([FieldPanel("may_have_print"), FieldPanel("may_have_audio")]),
            ],
            heading="Droits",
        ),
        InlinePanel(
            "image_grants",
            panels=[FieldPanel("image")],
            heading="Images «\u202fsur demande\u202f» accordées",
            label="Image",
            help_text="Seules les images dont la reprise est «\u202fsur demande\u202f»"
            " s’accordent.",
        ),
        FieldPanel("notes"),
    ],
    base_form_class=PartnerForm,
)
