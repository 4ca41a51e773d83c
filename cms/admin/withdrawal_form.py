"""Why a text is withdrawn."""

from django import forms

from cms.models import Withdrawal


class WithdrawalForm(forms.ModelForm):
    """A reason for everybody, which must be given, and one for the newsroom."""

    class Meta:
        model = Withdrawal
        fields = ("reason", "note")
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
