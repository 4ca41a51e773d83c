"""The assets of a cahier in one archive, for those who may reuse them."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from focus.files import bundle_key
from focus.models.insert import Insert


class AssetBundle(models.Model):
    """A zip with credits and terms as a manifest, built by a worker; it stays private."""

    class State(models.TextChoices):
        """How far it is."""

        PENDING = "pending", "en préparation"
        READY = "ready", "prête"
        FAILED = "failed", "en échec"

    insert = models.ForeignKey(Insert, models.CASCADE, related_name="bundles")
    file = models.FileField("archive", upload_to=bundle_key, max_length=255, blank=True)
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.PENDING)
    problem = models.TextField("motif de l’échec", blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField("demandée le", auto_now_add=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "archive des éléments"
        verbose_name_plural = "archives des éléments"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        """Cahier and moment."""
        return f"{self.insert} · {timezone.localtime(self.created_at):%d/%m/%Y %H:%M}"
