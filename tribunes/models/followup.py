"""What became of a text: who took it, where it was republished, who was told of what."""

from django.db import models
from django.utils import timezone

from tribunes.models.access_keys import FeedAddress, PartnerToken
from tribunes.models.partner import Partner
from tribunes.models.record import Record


class Pull(models.Model):
    """A tribune that was handed over. Nothing is known of readers."""

    class Door(models.TextChoices):
        """By which door."""

        API = "api", "API"
        CHANGES = "changes", "journal des changements"
        FEED = "feed", "flux"
        SPACE = "space", "espace partenaire"

    record = models.ForeignKey(Record, models.CASCADE, related_name="pulls")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="pulls")
    token = models.ForeignKey(PartnerToken, models.SET_NULL, null=True, related_name="+")
    feed = models.ForeignKey(FeedAddress, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField("version")
    format = models.CharField("format", max_length=10)
    door = models.CharField("porte", max_length=7, choices=Door.choices)
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["record", "partner", "at"])]
        verbose_name = "retrait de texte par un partenaire"
        verbose_name_plural = "textes pris par les partenaires"

    def __str__(self) -> str:
        """Version and format."""
        return f"version {self.version}, {self.format}"


class Republication(models.Model):
    """A place where a partner republished a tribune: an address, or a printed page."""

    class State(models.TextChoices):
        """What the last check found."""

        WAITING = "waiting", "à vérifier"
        GOOD = "good", "conforme"
        WRONG = "wrong", "à reprendre"
        UNREADABLE = "unreadable", "illisible"
        PRINTED = "printed", "imprimé"
        REMOVED = "removed", "retirée"

    record = models.ForeignKey(
        Record, models.CASCADE, related_name="republications", verbose_name="tribune"
    )
    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="republications", verbose_name="partenaire"
    )
    version = models.PositiveIntegerField("version reprise")
    url = models.URLField("adresse", max_length=700, blank=True)
    printed_in = models.CharField(
        "imprimé", max_length=255, blank=True, help_text="Titre, numéro et page."
    )
    published_on = models.DateField("repris le", default=timezone.localdate)
    declared_at = models.DateTimeField("déclaré le", default=timezone.now, editable=False)
    declared_by = models.CharField("déclaré par", max_length=255, editable=False)
    state = models.CharField(
        "constat", max_length=10, choices=State.choices, default=State.WAITING, editable=False
    )
    checked_at = models.DateTimeField("vérifié le", null=True, editable=False)
    check_at = models.DateTimeField(
        "à vérifier le", null=True, default=timezone.now, editable=False, db_index=True
    )
    taken_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-declared_at"]
        verbose_name = "reprise"
        verbose_name_plural = "reprises"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "partner", "url", "printed_in"], name="one_row_per_republication"
            )
        ]

    def __str__(self) -> str:
        """Where it is."""
        return self.url or self.printed_in


class RepublicationCheck(models.Model):
    """What the verifier saw on a republished page, as rows of code, result and French sentence."""

    republication = models.ForeignKey(Republication, models.CASCADE, related_name="checks")
    at = models.DateTimeField("le", default=timezone.now)
    state = models.CharField("constat", max_length=10, choices=Republication.State.choices)
    findings = models.JSONField(default=list)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        """What was found."""
        return self.get_state_display()


class Notice(models.Model):
    """A letter to a partner that took a text: it was corrected, withdrawn, or is back."""

    class Kind(models.TextChoices):
        """What is announced."""

        CORRECTION = "correction", "correction"
        WITHDRAWAL = "withdrawal", "retrait"
        RETURN = "return", "retrait levé"

    record = models.ForeignKey(Record, models.CASCADE, related_name="notices")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="notices")
    kind = models.CharField("objet", max_length=10, choices=Kind.choices)
    version = models.PositiveIntegerField("version")
    created_at = models.DateTimeField("le", default=timezone.now)
    sent_at = models.DateTimeField("envoyé le", null=True)
    sent_count = models.PositiveSmallIntegerField("envois", default=0)
    send_at = models.DateTimeField("à envoyer le", null=True, default=timezone.now, db_index=True)
    """When the letter, or its next reminder, is due; None when there is nothing to send."""
    taken_at = models.DateTimeField(null=True)
    problem = models.TextField("incident", blank=True)
    digest = models.CharField(max_length=64, blank=True)
    acknowledged_at = models.DateTimeField("accusé le", null=True)
    acknowledged_by = models.CharField("accusé par", max_length=255, blank=True)
    acknowledged_url = models.URLField("adresse corrigée ou retirée", max_length=700, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "avis aux partenaires"
        verbose_name_plural = "avis aux partenaires"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "partner", "kind", "version"], name="one_notice_per_version"
            )
        ]

    def __str__(self) -> str:
        """What is announced to whom."""
        return f"{self.get_kind_display()} pour {self.partner}"
