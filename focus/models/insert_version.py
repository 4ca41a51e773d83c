"""PDFs of the print desk: what was uploaded, and the pages that came of it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from focus.files import upload_key, version_key
from focus.models.insert import Insert
from focus.models.insert_page import InsertPage


class InsertUploadQuerySet(models.QuerySet["InsertUpload"]):
    """Questions about uploads."""

    def waiting(self, patience: timedelta) -> "InsertUploadQuerySet":
        """Uploads that nobody has examined, nor has been examining for less than ``patience``."""
        free = Q(taken_at=None) | Q(taken_at__lte=timezone.now() - patience)
        return self.filter(free, state=InsertUpload.State.PENDING)


class InsertUpload(models.Model):
    """A PDF as it came: the whole cahier, or one page when ``page`` is set. Never changed."""

    class State(models.TextChoices):
        """What is known of the file."""

        PENDING = "pending", "contrôle en cours"
        READY = "ready", "contrôlé"
        REFUSED = "refused", "refusé"

    insert = models.ForeignKey(Insert, models.CASCADE, related_name="uploads")
    page = models.ForeignKey(
        InsertPage, models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    file = models.FileField("fichier PDF", upload_to=upload_key, max_length=255)
    name = models.CharField("nom du fichier", max_length=255)
    size = models.PositiveBigIntegerField("taille (octets)", default=0)
    sha256 = models.CharField("empreinte", max_length=64, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="déposé par",
    )
    created_at = models.DateTimeField("déposé le", auto_now_add=True)
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.PENDING)
    problem = models.TextField("motif du refus", blank=True)
    report = models.JSONField("rapport de contrôle", default=dict, blank=True)
    """``focus.preflight.Report.to_json()`` of the whole file."""
    progress = models.FloatField(default=0)
    """From 0 to 1."""
    progress_label = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = InsertUploadQuerySet.as_manager()

    class Meta:
        verbose_name = "PDF déposé"
        verbose_name_plural = "PDF déposés"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        """Name of the file."""
        return self.name


class PageVersion(models.Model):
    """One page in one version: its own PDF, its look, its words, its report."""

    page = models.ForeignKey(InsertPage, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    upload = models.ForeignKey(InsertUpload, models.CASCADE, related_name="versions")
    pdf = models.FileField("PDF", upload_to=version_key, max_length=255)
    sha256 = models.CharField("empreinte", max_length=64)
    thumbnail = models.FileField("vignette", upload_to=version_key, max_length=255)
    image = models.FileField("image de lecture", upload_to=version_key, max_length=255)
    """The page as readers see it, 1 600 pixels wide."""
    text = models.JSONField("texte", default=list)
    """Paragraphs, for screen readers."""
    findings = models.JSONField("contrôle", default=list)
    """Findings of the preflight about this page and about the whole file."""
    created_at = models.DateTimeField("créée le", auto_now_add=True)

    class Meta:
        verbose_name = "version de page"
        verbose_name_plural = "versions de page"
        ordering = ("page", "-number")
        constraints = (
            models.UniqueConstraint(fields=("page", "number"), name="one_page_version_per_number"),
        )

    def __str__(self) -> str:
        """Page and version."""
        return f"Page {self.page.number}, version {self.number}"
