"""What opens the partner’s door: tokens for programs, secret addresses for feed readers."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from tribunes.models.partner import Partner
from tribunes.one_line import refuse_controls


class KeyQuerySet(models.QuerySet):
    """Questions about tokens and secret addresses."""

    def usable(self) -> "KeyQuerySet":
        """Those that open something now."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)


class AccessKey(models.Model):
    """A secret of a partner: shown once, only its keyed digest is kept."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="%(class)s_keys")
    name = models.CharField(
        "nom",
        max_length=120,
        validators=[refuse_controls],
        help_text="À quoi elle sert, par exemple «\u202fsite\u202f».",
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField("début", max_length=24, editable=False)
    """First characters, by which people know it again."""
    created_at = models.DateTimeField("créée le", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("expire le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True, editable=False)
    last_used_at = models.DateTimeField("dernier usage", null=True, blank=True, editable=False)
    """To the minute: it is written no more often."""

    objects = KeyQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at", "pk"]

    def __str__(self) -> str:
        """Name and beginning."""
        return f"{self.name} ({self.hint}…)"

    @property
    def is_usable(self) -> bool:
        """Whether it opens something now."""
        expired = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.revoked_at is None and not expired


class PartnerToken(AccessKey):
    """A bearer token of the API, for the header ``Authorization`` alone."""

    class Scope(models.TextChoices):
        """What a token may ask for, within the rights of its partner."""

        TEXTS = "texts", "textes"
        IMAGES = "images", "images"
        PRINT = "print", "originaux pour l’imprimé"
        PODCAST = "podcast", "sons"
        MANAGE = "manage", "gestion (jetons, webhooks, déclarations)"

    scopes = models.JSONField("portées", default=list)
    allowed_ips = models.TextField(
        "adresses IP autorisées",
        blank=True,
        help_text="Une adresse ou un réseau par ligne (192.0.2.7, 2001:db8::/32) ; vide : toutes.",
    )
    is_sandbox = models.BooleanField(
        "bac à sable",
        default=False,
        help_text="Ne voit que des textes d’exemple, toujours les mêmes.",
    )
    rotated_at = models.DateTimeField("remplacé le", null=True, editable=False)
    warned_days = models.PositiveSmallIntegerField(null=True, editable=False)
    """Days before the end of which the partner was warned last."""
    announced_days = models.PositiveSmallIntegerField(null=True, editable=False)
    """The same for its servers, which are told though a letter does not leave."""
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta(AccessKey.Meta):
        verbose_name = "jeton"
        verbose_name_plural = "jetons"


class FeedAddress(AccessKey):
    """A secret address of the partner’s feeds, for readers that cannot send a header."""

    class Meta(AccessKey.Meta):
        verbose_name = "adresse de flux"
        verbose_name_plural = "adresses de flux"


class RateWindow(models.Model):
    """How many requests a token made since a moment."""

    token = models.OneToOneField(PartnerToken, models.CASCADE, related_name="window")
    started_at = models.DateTimeField(default=timezone.now)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        """How many, since when."""
        return f"{self.count} depuis {self.started_at:%H:%M:%S}"
