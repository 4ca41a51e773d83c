"""The form where a list of signatories is pasted."""

import hashlib

from django import forms

from tribunes.signatories.parsing import MAX_LINES, MAX_TEXT, Line, parse


class PasteForm(forms.Form):
    """A list, one person a line; ``lines`` once it is valid."""

    text = forms.CharField(
        label="Liste des signataires",
        max_length=MAX_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text="Une personne par ligne\u00a0: «\u202fPrénom Nom, fonction, organisation\u202f»."
        " Une liste numérotée, à puces, ou des colonnes copiées d’un tableur conviennent aussi."
        " Les adresses électroniques sont ignorées.",
    )
    lines: list[Line]

    def clean_text(self) -> str:
        """Read the lines; refuse a list that is empty or endless."""
        text: str = self.cleaned_data["text"]
        self.lines = parse(text)
        if not self.lines:
            raise forms.ValidationError("Collez au moins une ligne avec un nom.")
        if len(self.lines) > MAX_LINES:
            raise forms.ValidationError(
                f"La liste compte {len(self.lines)} lignes\u00a0: collez-la en plusieurs fois,"
                f" {MAX_LINES} lignes au plus."
            )
        return text

    @property
    def digest(self) -> str:
        """What tells whether the list is still the one that choices were made upon."""
        lines = "\n".join(self.cleaned_data["text"].splitlines())
        return hashlib.sha256(lines.encode()).hexdigest()
