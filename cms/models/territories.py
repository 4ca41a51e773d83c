"""The French départements."""

from django.core.validators import RegexValidator
from django.db import models
from wagtail.search import index


class Territory(index.Indexed, models.Model):
    """A département under its INSEE code; all 101 of them are loaded by migration."""

    code = models.CharField(
        "code INSEE",
        max_length=3,
        unique=True,
        validators=[
            RegexValidator(
                r"\A(?:\d[0-9AB]|97\d)\Z",
                "Écrivez le code INSEE du département, par exemple 01, 2A ou 974.",
            )
        ],
    )
    name = models.CharField("nom", max_length=100, unique=True)

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("code"),
        index.FilterField("name"),
        index.FilterField("code"),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = "département"
        verbose_name_plural = "départements"

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"
