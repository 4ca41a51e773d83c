"""BAT: a page approved in one version by a named person, with an account or through a link."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from focus.models.insert import Insert
from focus.models.insert_page import InsertPage
from focus.models.insert_version import PageVersion


class ApprovalLink(models.Model):
    """An invitation to approve one version: works once, until it expires or is withdrawn.

    Only ``digest``, a keyed hash of the secret, is stored; the secret is in the address alone.
    """

    version = models.ForeignKey(PageVersion, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField("nom", max_length=150)
    email = models.EmailField("adresse électronique", blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    expires_at = models.DateTimeField("expire le")
    used_at = models.DateTimeField("utilisé le", null=True, blank=True)
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)

    class Meta:
        verbose_name = "lien d’approbation"
        verbose_name_plural = "liens d’approbation"
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        """For whom, for what."""
        return f"{self.name} · {self.version}"


class PageApproval(models.Model):
    """A signature: who, when, which bytes.

    A newer version, or the page opened again, makes it history; nothing deletes it.
    """

    version = models.OneToOneField(PageVersion, models.CASCADE, related_name="approval")
    sha256 = models.CharField("empreinte approuvée", max_length=64)
    name = models.CharField("nom", max_length=150)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    link = models.OneToOneField(
        ApprovalLink, models.SET_NULL, null=True, blank=True, related_name="approval"
    )
    waiver = models.TextField(
        "avertissements acceptés", blank=True, help_text="Pourquoi la page part malgré eux."
    )
    at = models.DateTimeField("le", default=timezone.now)
    taken_back_at = models.DateTimeField("repris le", null=True, blank=True)

    class Meta:
        verbose_name = "bon à tirer"
        verbose_name_plural = "bons à tirer"
        ordering = ("-at",)

    def __str__(self) -> str:
        """Who approved what."""
        return f"{self.version} · {self.name}"


class InsertEvent(models.Model):
    """What happened to a cahier; never changed, never deleted."""

    insert = models.ForeignKey(Insert, models.CASCADE, related_name="events")
    page = models.ForeignKey(InsertPage, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField("le", default=timezone.now)
    who = models.CharField("qui", max_length=150)
    text = models.TextField("ce qui s’est passé")

    class Meta:
        verbose_name = "événement du cahier"
        verbose_name_plural = "événements du cahier"
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        """Text."""
        return self.text
