"""Lines of a text page: who signs it, what was corrected."""

from typing import Any

from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.models.people import Person


class BylineRow(Orderable):
    """Somebody who signs, with role and organisation at the time: they do not follow the person."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="personne")
    role = models.CharField(
        "fonction",
        max_length=255,
        blank=True,
        help_text="À la date du texte ; par défaut, la fonction actuelle.",
    )
    organisation = models.CharField(
        "organisation",
        max_length=255,
        blank=True,
        help_text="À la date du texte ; par défaut, l’organisation actuelle.",
    )

    panels = [
        FieldPanel("person"),
        FieldRowPanel([FieldPanel("role"), FieldPanel("organisation")]),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        """Name, role and organisation."""
        return ", ".join(filter(None, (self.person.full_name, self.role, self.organisation)))

    def save(self, **kwargs: Any) -> None:
        """Keep what the person is on the day of the first save."""
        if self._state.adding:
            self.complete()
        super().save(**kwargs)

    def complete(self) -> None:
        """Take role and organisation of today where none was typed; twice changes nothing."""
        self.role = self.role or self.person.role
        if not self.organisation and self.person.organisation:
            self.organisation = self.person.organisation.name


class CorrectionRow(Orderable):
    """What was corrected after publication; readers see it, with its date."""

    class Severity(models.TextChoices):
        """How much the correction matters to those who copied the text."""

        MINOR = "minor", "mineure"
        SIGNIFICANT = "significant", "importante"
        HIGH = "high", "grave"

    date = models.DateField("date", default=timezone.localdate)
    severity = models.CharField(
        "portée",
        max_length=11,
        choices=Severity.choices,
        default=Severity.MINOR,
        help_text="Les partenaires qui ont repris le texte reçoivent un courriel pour une "
        "correction importante ou grave\u202f; une correction grave se lit en tête du texte.",
    )
    text = models.TextField(
        "correction", help_text="Ce qui était faux et ce qui est juste, en une ou deux phrases."
    )

    panels = [
        FieldRowPanel([FieldPanel("date"), FieldPanel("severity")]),
        FieldPanel("text", required_on_save=True),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        """The first words."""
        return self.text[:80]
