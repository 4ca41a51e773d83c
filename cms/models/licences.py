"""The terms under which a text, a sound or a picture may be reused."""

from django.core.validators import RegexValidator
from django.db import models
from wagtail.search import index


class Licence(index.Indexed, models.Model):
    """One set of terms; the known ones are loaded by migration.

    ``code`` is the lower-case SPDX identifier where there is one, because ``<podcast:license>``
    asks for exactly that slug; any other code must come with its ``url``.
    """

    code = models.CharField(
        "code",
        max_length=128,
        unique=True,
        validators=[
            RegexValidator(
                r"\A[a-z0-9]+(?:[.-][a-z0-9]+)*\Z",
                "Écrivez le code en minuscules sans accent, avec des chiffres, "
                "des points ou des tirets, par exemple cc-by-4.0.",
            )
        ],
        help_text="Identifiant repris dans les flux : minuscules, chiffres, points et tirets.",
    )
    name = models.CharField("libellé", max_length=255, help_text="Ce que lit le public.")
    url = models.URLField("adresse du texte", help_text="Page qui énonce les conditions.")
    spdx = models.CharField(
        "identifiant SPDX",
        max_length=128,
        blank=True,
        help_text="Vide lorsque la liste SPDX ne connaît pas cette licence.",
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("code"),
        index.FilterField("name"),
        index.FilterField("code"),
        index.FilterField("url"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = "licence"
        verbose_name_plural = "licences"

    def __str__(self) -> str:
        return self.name
