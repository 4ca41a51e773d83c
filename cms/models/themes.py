"""The subjects by which content is gathered."""

from django.db import models
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.search import index


class Theme(index.Indexed, models.Model):
    """A word of the controlled vocabulary: editors choose among these, they do not type tags."""

    name = models.CharField("nom", max_length=100, unique=True)
    slug = models.SlugField(
        "identifiant",
        max_length=100,
        unique=True,
        help_text="Partie d’adresse, sans accent ni espace : ne la changez plus une fois publiée.",
    )

    panels = [TitleFieldPanel("name"), FieldPanel("slug", widget=SlugInput)]
    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.FilterField("name"),
        index.FilterField("slug"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = "thème"
        verbose_name_plural = "thèmes"

    def __str__(self) -> str:
        return self.name
