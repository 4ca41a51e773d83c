"""What a partner says when it acknowledges a notice."""

from django import forms

from tribunes.models import Notice


class AcknowledgeForm(forms.Form):
    """Who, and where the copy was mended or removed."""

    name = forms.CharField(
        label="Votre nom",
        max_length=Notice._meta.get_field("acknowledged_by").max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Dites qui accuse réception."},
    )
    url = forms.CharField(
        label="Adresse de la page corrigée ou retirée (facultatif)",
        required=False,
        max_length=Notice._meta.get_field("acknowledged_url").max_length,
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )
