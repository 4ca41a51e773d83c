"""The pages of a focus as one thing: read, approved and published together."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from focus.models.focus import FocusPage


class Package(models.Model):
    """Where a focus stands on its way out; there is one for each focus, made with it.

    ``revisions`` are what was approved: ``{page pk: revision pk}``. Exactly these go live. A
    worker that publishes has taken the row at ``taken_at``; ``done`` of ``total`` steps are done.
    """

    class State(models.TextChoices):
        """Life of a package."""

        OPEN = "open", "en préparation"
        REVIEW = "review", "en validation"
        APPROVED = "approved", "validé"
        PUBLISHING = "publishing", "en cours de parution"
        PUBLISHED = "published", "paru"

    focus = models.OneToOneField(FocusPage, models.CASCADE, related_name="package")
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.OPEN)
    revisions = models.JSONField(default=dict, blank=True)
    go_live_at = models.DateTimeField("parution prévue", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("paru le", null=True, blank=True)
    problem = models.TextField("dernier échec", blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "parution groupée"
        verbose_name_plural = "parutions groupées"

    def __str__(self) -> str:
        """Title of the focus and state."""
        return f"{self.focus} ({self.get_state_display()})"

    @property
    def is_locked(self) -> bool:
        """Whether pages may not change."""
        return self.state in (self.State.REVIEW, self.State.APPROVED, self.State.PUBLISHING)

    @property
    def is_out(self) -> bool:
        """Whether pages may go live one by one: the package is out, or goes out right now."""
        return self.state in (self.State.PUBLISHING, self.State.PUBLISHED)


class PackageEvent(models.Model):
    """What somebody did to a package; never changed, never deleted."""

    package = models.ForeignKey(Package, models.CASCADE, related_name="events")
    at = models.DateTimeField("le", default=timezone.now)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField("ce qui s’est passé")

    class Meta:
        verbose_name = "événement de parution"
        verbose_name_plural = "événements de parution"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        """Text."""
        return self.text
