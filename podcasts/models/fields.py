"""A point in time inside a recording: seconds in the database, a timecode for people."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from cms.timecodes import format_timecode, parse_timecode


class TimecodeFormField(forms.CharField):
    """Accepts «12:30», «1:02:03» or a number of seconds."""

    def __init__(self, **kwargs: object) -> None:
        """Show the expected form in the empty field."""
        for name in ("min_value", "max_value", "step_size"):
            kwargs.pop(name, None)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("placeholder", "00:12:30")

    def prepare_value(self, value: object) -> object:
        """Write stored seconds as a timecode; leave what was typed as it is."""
        return format_timecode(value) if isinstance(value, int | float) else value

    def to_python(self, value: object) -> float | None:
        """Read a timecode; raises ValidationError in French."""
        if isinstance(value, int | float):
            return float(value)
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return parse_timecode(text)
        except ValueError as error:
            raise ValidationError(
                "Écrivez un temps comme 12:30 (minutes et secondes) ou 1:02:03.", code="timecode"
            ) from error

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare times, not the way they are written."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class TimecodeField(models.FloatField):
    """Seconds from the start of the recording."""

    def formfield(self, **kwargs: object) -> forms.Field:
        """Let people type timecodes."""
        return models.Field.formfield(self, form_class=TimecodeFormField, **kwargs)
