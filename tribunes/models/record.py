"""What the outside knows of a tribune: a record that outlives its page, its versions, the log."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Revision


class Record(models.Model):
    """A tribune as partners know it. ``uuid`` is never used again.

    ``focus_id``, ``themes`` and ``kind`` are where catalogues look for it: what they were when it
    was last online, so that a deletion still reaches those who had it.
    """

    uuid = models.UUIDField(unique=True)
    page = models.OneToOneField(
        "tribunes.TribunePage", models.SET_NULL, null=True, related_name="record"
    )
    title = models.CharField("titre", max_length=255)
    version = models.PositiveIntegerField("version", default=0)
    version_created = models.DateTimeField("version du", default=timezone.now)
    shown = models.JSONField(default=dict)
    """What partners with every right were shown last, see ``tribunes.journal.shown``."""
    first_created = models.DateTimeField("créée le")
    first_published = models.DateTimeField("parue le", null=True)
    released_at = models.DateTimeField("visible de tous depuis le", null=True)
    """First moment at which it was not held by an embargo."""
    focus_id = models.PositiveBigIntegerField(null=True)
    themes = models.JSONField(default=list)
    kind = models.CharField("nature", max_length=14, default="tribune")
    next_moment = models.DateTimeField("change d’elle-même le", null=True, db_index=True)

    class Meta:
        ordering = ["-version_created", "pk"]
        verbose_name = "tribune diffusée"
        verbose_name_plural = "tribunes diffusées"

    def __str__(self) -> str:
        """The title when it was last online."""
        return self.title


class Version(models.Model):
    """One version of a tribune, as it was given; bodies stay in the revisions of the page."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("version")
    created = models.DateTimeField("du", default=timezone.now)
    event = models.CharField("événement", max_length=16)
    revision = models.ForeignKey(Revision, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["record", "-number"]
        verbose_name = "version diffusée"
        verbose_name_plural = "versions diffusées"
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="one_row_per_version")
        ]

    def __str__(self) -> str:
        """Number and day."""
        return f"version {self.number} du {timezone.localtime(self.created):%d/%m/%Y à %H:%M}"


class Counter(models.Model):
    """The last number of the log: one row, whose lock makes numbers follow the order of commits."""

    value = models.PositiveBigIntegerField(default=0)
    pruned = models.PositiveBigIntegerField(default=0)
    """Number of the newest entry that was removed for its age."""

    def __str__(self) -> str:
        """The number."""
        return str(self.value)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Questions about the log."""

    def of(self, partner: object) -> "ChangeQuerySet":
        """Entries that are for everybody, or for this partner alone."""
        return self.filter(Q(partner=None) | Q(partner=partner))


class Change(models.Model):
    """One entry of the log. It names a tribune and holds no text.

    ``number`` is the primary key: taken from ``Counter`` in the transaction that writes the entry.
    """

    class Event(models.TextChoices):
        """What happened."""

        CREATED = "created", "parution"
        UPDATED = "updated", "mise à jour"
        CORRECTED = "corrected", "correction"
        RELEASED = "released", "fin d’embargo"
        WITHDRAWN = "withdrawn", "retrait"
        UNPUBLISHED = "unpublished", "dépublication"
        EXPIRED = "expired", "fin de licence"
        RIGHTS = "rights", "droits modifiés"

    number = models.PositiveBigIntegerField(primary_key=True)
    record = models.ForeignKey(Record, models.CASCADE, related_name="changes")
    partner = models.ForeignKey(
        "tribunes.Partner", models.CASCADE, null=True, related_name="changes"
    )
    event = models.CharField("événement", max_length=11, choices=Event.choices)
    version = models.PositiveIntegerField("version")
    at = models.DateTimeField("le", default=timezone.now, db_index=True)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = "changement"
        verbose_name_plural = "changements"

    def __str__(self) -> str:
        """Number and event."""
        return f"{self.number} {self.get_event_display()}"
