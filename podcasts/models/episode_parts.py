"""What an episode is made of, line by line: voices, chapters, links.

Lines may be missing from a draft, but a line that is there is complete, so that whoever reads
them need not ask.
"""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from cms.models import Person
from podcasts import roles
from podcasts.models.fields import TimecodeField


class EpisodeParticipant(Orderable):
    """Somebody heard in the episode, in one of five roles."""

    episode = ParentalKey(
        "podcasts.EpisodePage", on_delete=models.CASCADE, related_name="participants"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="personne")
    role = models.CharField("rôle", max_length=16, choices=roles.CHOICES)

    panels = [FieldRowPanel([FieldPanel("role", required_on_save=True), FieldPanel("person")])]

    class Meta(Orderable.Meta):
        verbose_name = "voix"
        verbose_name_plural = "voix"


class EpisodeChapter(models.Model):
    """A chapter; they play in the order of their start."""

    episode = ParentalKey("podcasts.EpisodePage", on_delete=models.CASCADE, related_name="chapters")
    start = TimecodeField("début")
    title = models.CharField("titre", max_length=128)
    url = models.URLField("lien", blank=True)

    panels = [
        FieldRowPanel(
            [
                FieldPanel("start", classname="col3"),
                FieldPanel("title", required_on_save=True, classname="col6"),
                FieldPanel("url", classname="col3"),
            ]
        ),
    ]

    class Meta:
        verbose_name = "chapitre"
        ordering = ("start",)

    def __str__(self) -> str:
        """Title."""
        return self.title


class EpisodeLink(Orderable):
    """Something to read or to do after listening."""

    episode = ParentalKey("podcasts.EpisodePage", on_delete=models.CASCADE, related_name="links")
    title = models.CharField("intitulé", max_length=255)
    url = models.URLField("adresse")

    panels = [
        FieldRowPanel(
            [FieldPanel("title", required_on_save=True), FieldPanel("url", required_on_save=True)]
        )
    ]

    class Meta(Orderable.Meta):
        verbose_name = "lien"
