"""What the forms of the space have in common, and those of tokens and feed addresses."""

from typing import Any

from django import forms

from tribunes import keys
from tribunes.models import FeedAddress, Partner, PartnerToken
from tribunes.one_line import refuse_controls

Scope = PartnerToken.Scope
_RIGHTS = {
    Scope.TEXTS: "may_have_texts",
    Scope.IMAGES: "may_have_images",
    Scope.PRINT: "may_have_print",
    Scope.PODCAST: "may_have_audio",
}
"""The right of the partner that each scope asks for; the others ask for none."""


class SpaceForm(forms.Form):
    """A form of the space: labels without colon, errors that say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            several = isinstance(field, forms.MultipleChoiceField)
            asked = "Cochez au moins une case." if several else "Remplissez ce champ."
            field.error_messages["required"] = asked
            if isinstance(field, forms.CharField) and isinstance(field.widget, forms.TextInput):
                field.validators.append(refuse_controls)


def scopes_of(partner: Partner) -> list[tuple[str, str]]:
    """Return the scopes that tokens of a partner may have, with their names."""
    return [
        (scope.value, scope.label)
        for scope in Scope
        if scope not in _RIGHTS or getattr(partner, _RIGHTS[scope])
    ]


class TokenForm(SpaceForm):
    """A new token, within the rights of its partner."""

    name = forms.CharField(
        label="Nom",
        max_length=PartnerToken._meta.get_field("name").max_length,
        help_text="À quoi il sert, par exemple « site de la ville ».",
    )
    scopes = forms.MultipleChoiceField(
        label="Portées",
        widget=forms.CheckboxSelectMultiple,
        help_text="Le moins possible : un jeton volé n’ouvre que ce que vous cochez ici.",
    )
    days = forms.TypedChoiceField(
        label="Durée",
        coerce=int,
        choices=[(90, "trois mois"), (180, "six mois"), (keys.DAYS, "un an")],
        initial=keys.DAYS,
    )
    allowed_ips = forms.CharField(
        label="Adresses IP autorisées",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=PartnerToken._meta.get_field("allowed_ips").help_text,
    )
    sandbox = forms.BooleanField(
        label="Jeton d’essai (bac à sable)",
        required=False,
        help_text=PartnerToken._meta.get_field("is_sandbox").help_text,
    )

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = scopes_of(partner)

    def clean_allowed_ips(self) -> str:
        """Refuse a line that is no address."""
        text = self.cleaned_data["allowed_ips"]
        if reason := keys.ip_list_problem(text):
            raise forms.ValidationError(reason)
        return text


class FeedForm(SpaceForm):
    """A new feed address."""

    name = forms.CharField(
        label="Nom",
        max_length=FeedAddress._meta.get_field("name").max_length,
        help_text="Quel lecteur s’en servira, par exemple « veille de la rédaction ».",
    )
