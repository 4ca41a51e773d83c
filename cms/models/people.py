"""Who speaks, and in whose name."""

import uuid

from django.db import models
from wagtail.search import index


class Organisation(index.Indexed, models.Model):
    """A département, a newspaper, a partner… that a person or a content belongs to."""

    class Kind(models.TextChoices):
        DEPARTMENT = "departement", "Département"
        MEDIA = "media", "Média"
        ASSOCIATION = "association", "Association"
        MUTUAL = "mutuelle", "Mutuelle"
        FOUNDATION = "fondation", "Fondation"
        COMPANY = "entreprise", "Entreprise"
        RESEARCH = "recherche", "Recherche"
        OTHER = "autre", "Autre"

    name = models.CharField("nom", max_length=255, unique=True)
    kind = models.CharField("nature", max_length=20, choices=Kind.choices, default=Kind.OTHER)
    website = models.URLField("site web", blank=True)
    logo = models.ForeignKey(
        "cms.Image",
        verbose_name="logo",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("name"),
        index.FilterField("kind"),
        index.FilterField("website"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = "organisation"
        verbose_name_plural = "organisations"

    def __str__(self) -> str:
        return self.name


class Person(index.Indexed, models.Model):
    """Someone heard, read or credited; the same row serves every content they appear in.

    ``uuid`` never changes: it names the person in public object keys and in feeds.
    """

    uuid = models.UUIDField("identifiant public", default=uuid.uuid4, unique=True, editable=False)
    first_name = models.CharField("prénom", max_length=150, blank=True)
    last_name = models.CharField("nom", max_length=150)
    role = models.CharField(
        "fonction",
        max_length=255,
        blank=True,
        help_text="Fonction actuelle, par exemple « présidente du Département de l’Aude ».",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name="organisation",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
    )
    biography = models.TextField(
        "biographie", blank=True, help_text="Deux ou trois phrases, sans mise en forme."
    )
    portrait = models.ForeignKey(
        "cms.Image",
        verbose_name="portrait",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Image carrée de préférence, droits renseignés.",
    )
    website = models.URLField("site web", blank=True)

    search_fields = [
        index.SearchField("full_name"),
        index.AutocompleteField("full_name"),
        index.SearchField("role"),
        index.RelatedFields("organisation", [index.SearchField("name")]),
        index.FilterField("role"),
        index.FilterField("organisation"),
    ]

    class Meta:
        ordering = ["last_name", "first_name"]
        verbose_name = "personne"
        verbose_name_plural = "personnes"

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """First name then last name, as the person is announced."""
        return f"{self.first_name} {self.last_name}".strip()
