"""Where partners want to be told of changes, and everything that was sent to them."""

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tribunes import outside
from tribunes.one_line import refuse_controls
from tribunes.webhooks.events import EVENTS

ANSWER_LENGTH = 500
"""Characters kept of what an endpoint answers."""


class WebhookEndpoint(models.Model):
    """An address of a partner’s server. Its secret is derived, never stored."""

    uuid = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(
        "tribunes.Partner",
        models.CASCADE,
        related_name="webhooks",
        verbose_name="partenaire",
    )
    name = models.CharField(
        "nom",
        max_length=100,
        validators=[refuse_controls],
        help_text="Pour s’y retrouver, par exemple «\u202fSite de la ville\u202f».",
    )
    url = models.URLField(
        "adresse",
        max_length=500,
        help_text="Adresse https de votre serveur, qui recevra les annonces (requêtes POST).",
    )
    events = models.JSONField(
        "annonces voulues", default=list, help_text="Types d’événements à annoncer."
    )
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    secret_generation = models.PositiveIntegerField(
        "génération du secret", default=1, editable=False
    )
    secret_rotated_at = models.DateTimeField("secret remplacé le", null=True, editable=False)
    failing_since = models.DateTimeField("en échec depuis", null=True, editable=False)
    warned_at = models.DateTimeField("contacts prévenus le", null=True, editable=False)
    last_success_at = models.DateTimeField("dernier succès", null=True, editable=False)
    disabled_at = models.DateTimeField("désactivé le", null=True, editable=False)
    disabled_reason = models.CharField(
        "motif de désactivation", max_length=255, blank=True, editable=False
    )

    class Meta:
        verbose_name = "point d’accès"
        verbose_name_plural = "points d’accès"
        ordering = ("name", "pk")

    def __str__(self) -> str:
        """Name and address."""
        return f"{self.name} ({self.url})"

    def clean(self) -> None:
        """Refuse an address that will never be called, and events that never happen."""
        errors = {}
        if self.url and (reason := outside.problem(self.url)):
            errors["url"] = reason
        if not isinstance(self.events, list) or not self.events:
            errors["events"] = "Choisissez au moins un type d’annonce."
        elif unknown := [repr(event) for event in self.events if event not in list(EVENTS)]:
            errors["events"] = (
                f"Type inconnu : {', '.join(unknown)}. Types possibles : {', '.join(EVENTS)}."
            )
        if errors:
            raise ValidationError(errors)

    @property
    def is_active(self) -> bool:
        """Whether anything is sent there."""
        return self.disabled_at is None

    def wants(self, event_type: str) -> bool:
        """Whether events of this type are to be announced there."""
        return event_type in self.events


class WebhookMessageQuerySet(models.QuerySet["WebhookMessage"]):
    """Questions about messages."""

    def due(self, patience: timedelta) -> "WebhookMessageQuerySet":
        """Messages whose hour has come and that nobody has been sending for less than that."""
        now = timezone.now()
        free = Q(taken_at=None) | Q(taken_at__lte=now - patience)
        return self.filter(free, state=WebhookMessage.State.WAITING, next_try_at__lte=now)


class WebhookMessage(models.Model):
    """One event for one endpoint: the outbox, and afterwards the log."""

    class State(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", "en attente"
        SENT = "sent", "reçu"
        FAILED = "failed", "échec"
        CANCELLED = "cancelled", "abandonné"

    uuid = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    endpoint = models.ForeignKey(
        WebhookEndpoint,
        models.CASCADE,
        related_name="messages",
        editable=False,
        verbose_name="point d’accès",
    )
    event_type = models.CharField("annonce", max_length=40, editable=False)
    event_at = models.DateTimeField("heure de l’événement", editable=False)
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    payload = models.TextField("contenu", editable=False)
    state = models.CharField(
        "état", max_length=10, choices=State.choices, default=State.WAITING, editable=False
    )
    tries = models.PositiveSmallIntegerField("essais", default=0, editable=False)
    next_try_at = models.DateTimeField("prochain essai", null=True, editable=False)
    taken_at = models.DateTimeField("en cours d’envoi depuis", null=True, editable=False)
    last_try_at = models.DateTimeField("dernier essai", null=True, editable=False)
    last_status = models.PositiveSmallIntegerField("dernier code HTTP", null=True, editable=False)
    last_answer = models.CharField(
        "dernière réponse", max_length=ANSWER_LENGTH, blank=True, editable=False
    )
    last_error = models.CharField("dernière erreur", max_length=255, blank=True, editable=False)

    objects = WebhookMessageQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi"
        verbose_name_plural = "envois"
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=("state", "next_try_at"), name="webhook_due"),
            models.Index(fields=("endpoint", "-created_at"), name="webhook_log"),
        ]

    def __str__(self) -> str:
        """Type and identifier, as the receiver sees it."""
        return f"{self.event_type} {self.uuid}"
