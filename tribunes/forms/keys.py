"""Forms that make a token or a feed address of a partner, as the newsroom fills them in."""

from typing import Any

from django import forms

from tribunes.models import AccessKey, FeedAddress, Partner, PartnerToken
from tribunes.space.forms import FeedForm, TokenForm


def _refuse_same_name(model: type[AccessKey], partner: Partner, name: str) -> str:
    """Refuse a name that is in use: an answer that is asked for again makes no second key."""
    if model.objects.usable().filter(partner=partner, name=name).exists():
        raise forms.ValidationError(
            f"«\u202f{name}\u202f» existe déjà et sert encore\u00a0: choisissez un autre nom."
        )
    return name


class NewTokenForm(TokenForm):
    """A token within the rights of its partner."""

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, partner=partner, **kwargs)
        self.partner = partner

    def clean_name(self) -> str:
        """Want a name of its own."""
        return _refuse_same_name(PartnerToken, self.partner, self.cleaned_data["name"])


class NewFeedForm(FeedForm):
    """A secret feed address."""

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = partner

    def clean_name(self) -> str:
        """Want a name of its own."""
        return _refuse_same_name(FeedAddress, self.partner, self.cleaned_data["name"])
