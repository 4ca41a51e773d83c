"""Under which terms a tribune may be republished."""

from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.models import EmbargoMixin


class TermsMixin(EmbargoMixin):
    """What partners may do with the text, beside its licence: without licence, nothing leaves."""

    class Editing(models.TextChoices):
        """What may be changed in a copy."""

        NONE = "none", "aucune modification"
        TIME_AND_PLACE = (
            "time-and-place",
            "dates et lieux seulement («\u202fhier\u202f», «\u202fici\u202f»)",
        )
        WITH_APPROVAL = "with-approval", "avec l’accord de la rédaction"

    class CopyPolicy(models.TextChoices):
        """What a copy tells search engines."""

        CANONICAL = "canonical", "la copie désigne l’original (lien canonique)"
        NOINDEX = "noindex", "la copie n’est pas indexée (noindex)"
        NONE = "none", "rien"

    for_web = models.BooleanField("sur le web", default=True)
    for_print = models.BooleanField("dans un imprimé", default=True)
    for_social = models.BooleanField("sur les réseaux sociaux", default=True)
    for_extract = models.BooleanField("par extraits", default=True)
    editing = models.CharField(
        "modifications", max_length=16, choices=Editing.choices, default=Editing.NONE
    )
    commercial = models.BooleanField(
        "usage commercial autorisé",
        default=False,
        help_text="Par exemple dans une publication vendue ou financée par la publicité.",
    )
    terms_territories = models.CharField(
        "territoires",
        max_length=255,
        default="Monde entier",
        help_text="Où la reprise est permise, par exemple « France » ou « Occitanie ».",
    )
    licence_expires_on = models.DateField(
        "fin de la licence",
        null=True,
        blank=True,
        help_text="Dernier jour de reprise autorisé ; laissez vide si la licence n’a pas de fin.",
    )
    credit_line = models.CharField(
        "mention obligatoire",
        max_length=500,
        blank=True,
        help_text="Par défaut\u00a0: les signatures, puis «\u202fSolutions solidaires\u202f».",
    )
    required_link = models.URLField(
        "lien obligatoire",
        max_length=500,
        blank=True,
        help_text="Par défaut, l’adresse qui fait référence.",
    )
    copy_policy = models.CharField(
        "moteurs de recherche",
        max_length=9,
        choices=CopyPolicy.choices,
        default=CopyPolicy.CANONICAL,
        help_text="Évite que la copie passe avant l’original dans les résultats de recherche.",
    )
    editorial_note = models.TextField(
        "note aux rédactions",
        blank=True,
        help_text="Pour les journalistes des partenaires\u202f; jamais destinée au public.",
    )

    SCOPES = ("web", "print", "social", "extract")
    terms_panels = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "licence",
                    help_text="Sans licence, aucun partenaire ne reçoit le texte\u202f; par défaut,"
                    " celle du focus.",
                ),
                FieldRowPanel([FieldPanel("licence_expires_on"), FieldPanel("commercial")]),
                FieldPanel("editing"),
                FieldPanel("terms_territories"),
            ],
            heading="Ce qui est permis",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("for_web"), FieldPanel("for_print")]),
                FieldRowPanel([FieldPanel("for_social"), FieldPanel("for_extract")]),
            ],
            heading="Usages permis",
        ),
        MultiFieldPanel(
            [
                FieldPanel("credit_line"),
                FieldPanel("required_link"),
                FieldPanel("copy_policy"),
                FieldPanel("editorial_note"),
            ],
            heading="Ce qui accompagne la copie",
        ),
        MultiFieldPanel(EmbargoMixin.embargo_panels, heading="Embargo"),
    ]

    class Meta:
        abstract = True

    @property
    def scope(self) -> tuple[str, ...]:
        """Where the text may be republished."""
        return tuple(name for name in self.SCOPES if getattr(self, f"for_{name}"))
