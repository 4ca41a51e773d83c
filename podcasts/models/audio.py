"""The sound of an episode: an original in the private bucket and what was measured of it."""

import uuid
from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from wagtail.search import index

from cms.timecodes import format_timecode

LOUDNESS = -16.0
LOUDNESS_TOLERANCE = 1.5
"""LUFS: half a unit more than Apple’s, so that nobody exports again for what nobody hears."""


def original_key(instance: "Audio", filename: str) -> str:
    """Return an ASCII key for an original, readable, never the same twice."""
    name = PurePath(filename)
    stem = slugify(name.stem)[:60] or "son"
    return f"audio/{uuid.uuid4()}/{stem}{slugify(name.suffix) and '.' + slugify(name.suffix)}"


class AudioQuerySet(models.QuerySet["Audio"]):
    """Questions about sounds."""

    def waiting(self, patience: timedelta) -> "AudioQuerySet":
        """Sounds that nobody has measured, nor has been measuring for less than ``patience``."""
        free = Q(taken_at=None) | Q(taken_at__lte=timezone.now() - patience)
        return self.filter(free, state=Audio.State.PENDING)


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
    taken_at = models.DateTimeField("analysé depuis", null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("essais", default=0, editable=False)
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
        index.FilterField("title"),
        index.FilterField("created_at"),
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
    def length(self) -> str:
        """Duration for people, « 00:43:17 »; empty before it is known."""
        return format_timecode(round(self.duration)) if self.duration else ""

    @property
    def summary(self) -> str:
        """One line for editors: state, duration, format, size."""
        if self.state == self.State.REFUSED:
            return f"Refusé. {self.problem}"
        if not self.is_ready:
            return "Analyse en cours…"
        voices = {1: "mono", 2: "stéréo"}.get(self.channels, f"{self.channels} canaux")
        return (
            f"{self.length}, {self.codec.upper()}, {round(self.bitrate / 1000)} kbit/s {voices},"
            f" {self.sample_rate / 1000:g} kHz, {self.size / 1e6:.1f} Mo"
        ).replace(".", ",")

    @property
    def advice(self) -> str:
        """What would make the sound better, or an empty string; nothing here is an error.

        Apple asks for −16 LUFS within 1 (https://podcasters.apple.com/support/893).
        """
        if self.loudness is None or abs(self.loudness - LOUDNESS) <= LOUDNESS_TOLERANCE:
            return ""
        word = "faible" if self.loudness < LOUDNESS else "fort"
        return (
            f"Volume un peu {word} : {_lufs(self.loudness)} ; les applications conseillent"
            f" {_lufs(LOUDNESS)}."
        )


def _lufs(value: float) -> str:
    return f"{value:.0f} LUFS".replace("-", "−")
