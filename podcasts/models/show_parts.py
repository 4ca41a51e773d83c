"""What is said of a show line by line: hosts, seasons, directories, codes.

Lines may be missing from a draft, but a line that is there is complete.
"""

from django.core.validators import MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.models import Person


class ShowHost(Orderable):
    """Who hosts the show."""

    show = ParentalKey("podcasts.ShowPage", on_delete=models.CASCADE, related_name="hosts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="personne")

    panels = [FieldPanel("person")]

    class Meta(Orderable.Meta):
        verbose_name = "animateur·rice"


class ShowSeason(models.Model):
    """The name of a season."""

    show = ParentalKey("podcasts.ShowPage", on_delete=models.CASCADE, related_name="seasons")
    number = models.PositiveSmallIntegerField("numéro", validators=[MinValueValidator(1)])
    name = models.CharField("nom", max_length=128)

    panels = [FieldRowPanel([FieldPanel("number"), FieldPanel("name", required_on_save=True)])]

    class Meta:
        verbose_name = "saison"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("show", "number"), name="one_name_per_season"),
        )

    def __str__(self) -> str:
        """Name."""
        return self.name


class ShowDirectory(Orderable):
    """Where listeners subscribe with one tap."""

    class Name(models.TextChoices):
        """Directories that French listeners use."""

        APPLE = "apple", "Apple Podcasts"
        SPOTIFY = "spotify", "Spotify"
        DEEZER = "deezer", "Deezer"
        AMAZON = "amazon", "Amazon Music"
        YOUTUBE = "youtube", "YouTube"
        POCKET_CASTS = "pocketcasts", "Pocket Casts"
        ANTENNAPOD = "antennapod", "AntennaPod"

    show = ParentalKey("podcasts.ShowPage", on_delete=models.CASCADE, related_name="directories")
    name = models.CharField("plateforme", max_length=20, choices=Name.choices)
    url = models.URLField("adresse de l’émission")

    panels = [
        FieldRowPanel(
            [FieldPanel("name", required_on_save=True), FieldPanel("url", required_on_save=True)]
        )
    ]

    class Meta(Orderable.Meta):
        verbose_name = "plateforme"


class ShowVerification(Orderable):
    """A code by which a directory verifies that the show is ours (podcast:txt)."""

    show = ParentalKey("podcasts.ShowPage", on_delete=models.CASCADE, related_name="verifications")
    purpose = models.CharField(
        "usage", max_length=128, help_text="Par exemple « applepodcastsverify »."
    )
    value = models.CharField("code", max_length=4000)

    panels = [
        FieldRowPanel(
            [
                FieldPanel("purpose", required_on_save=True),
                FieldPanel("value", required_on_save=True),
            ]
        )
    ]

    class Meta(Orderable.Meta):
        verbose_name = "code de vérification"
