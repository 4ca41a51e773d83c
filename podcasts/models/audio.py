"""The sound of an episode: an original in the private bucket and what was measured of it."""

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from wagtail.search import index

from podcasts.chapters import format_timecode


def original_key(instance: "Audio", filename: str) -> str:
    """Return an ASCII key for an original, readable, never the same twice."""
    name = PurePath(filename)
    stem = slugify(name.stem)[:60] or "son"
    return f"audio/{uuid.uuid4()}/{stem}{slugify(name.suffix) and '.' + slugify(name.suffix)}"


class AudioQuerySet(models.QuerySet["Audio"]):
    """Questions about sounds."""

    def pending(self) -> "AudioQuerySet":
        """Sounds that nobody has measured yet."""
        return self.filter(state=Audio.State.PENDING)


class Audio(index.Indexed, models.Model):
    """An uploaded sound. Its file is never changed: publishing makes a tagged copy."""

    class State(models.TextChoices):
        """What is known of the file."""

        PENDING = "pending", "analyse en cours"
        READY = "ready", "prêt"
        REFUSED = "refused", "refusé"

    title = models.CharField("titre", max_length=255)
    file = models.FileField("fichier", upload_to=original_key, max_length=255)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="déposé par",
    )
    created_at = models.DateTimeField("déposé le", auto_now_add=True)
    state = models.CharField(
        "état", max_length=10, choices=State.choices, default=State.PENDING, editable=False
    )
    problem = models.TextField("motif du refus", blank=True, editable=False)
    container = models.CharField("conteneur", max_length=4, blank=True, editable=False)
    codec = models.CharField("codec", max_length=4, blank=True, editable=False)
    duration = models.FloatField("durée (s)", null=True, editable=False)
    bitrate = models.PositiveIntegerField("débit (bit/s)", null=True, editable=False)
    bitrate_mode = models.CharField("mode de débit", max_length=8, blank=True, editable=False)
    channels = models.PositiveSmallIntegerField("canaux", null=True, editable=False)
    sample_rate = models.PositiveIntegerField("échantillonnage (Hz)", null=True, editable=False)
    size = models.PositiveBigIntegerField("taille (octets)", null=True, editable=False)
    loudness = models.FloatField("volume perçu (LUFS)", null=True, editable=False)
    frames_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = AudioQuerySet.as_manager()

    search_fields = (
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("state"),
    )

    class Meta:
        verbose_name = "son"
        verbose_name_plural = "sons"
        ordering = ("-created_at",)

    def __str__(self) -> str:
        """Title."""
        return self.title

    @property
    def is_ready(self) -> bool:
        """Whether the sound was measured and found good."""
        return self.state == self.State.READY

    @property
    def summary(self) -> str:
        """One line for editors: state, format, duration, size."""
        if self.state == self.State.REFUSED:
            return f"Refusé : {self.problem}"
        if not self.is_ready:
            return "Analyse en cours…"
        voices = {1: "mono", 2: "stéréo"}.get(self.channels, f"{self.channels} canaux")
        loudness = f", {self.loudness:.0f} LUFS" if self.loudness is not None else ""
        return (
            f"{self.codec.upper()}, {format_timecode(self.duration)},"
            f" {round(self.bitrate / 1000)} kbit/s {voices},"
            f" {self.sample_rate / 1000:g} kHz{loudness}, {self.size / 1e6:.1f} Mo"
        ).replace(".", ",")
