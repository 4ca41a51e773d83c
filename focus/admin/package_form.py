"""When a package goes out: now, or at an hour of Paris."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

NOW, LATER = "maintenant", "plus-tard"


class WhenForm(forms.Form):
    """Asks for the moment; hours are those of the site, whatever clock the editor prefers."""

    when = forms.ChoiceField(
        label="Quand",
        choices=[(NOW, "Tout de suite"), (LATER, "À l’heure indiquée")],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    at = forms.DateTimeField(
        label="Jour et heure",
        required=False,
        help_text="Heure de Paris.",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, planned: datetime | None = None, **kwargs: Any) -> None:
        """Propose what is planned already."""
        if planned:
            at = timezone.localtime(planned, timezone.get_default_timezone())
            kwargs["initial"] = {"when": LATER, "at": at.replace(tzinfo=None)}
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Read the hour in the time zone of the site."""
        with timezone.override(timezone.get_default_timezone()):
            super().full_clean()

    def clean_at(self) -> datetime | None:
        """Want an hour to come, when an hour is chosen."""
        at: datetime | None = self.cleaned_data["at"]
        if self.cleaned_data.get("when") != LATER:
            if at:
                raise forms.ValidationError(
                    "Vous avez donné une heure : choisissez « À l’heure indiquée », ou effacez-la."
                )
            return None
        if at is None:
            raise forms.ValidationError("Indiquez le jour et l’heure.")
        if at <= timezone.now():
            raise forms.ValidationError("Cette heure est passée : choisissez une heure à venir.")
        return at
