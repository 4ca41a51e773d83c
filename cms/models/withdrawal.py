"""A text that was withdrawn: its address says so, and so do feeds, for those who copied it."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

MEMORY = timedelta(days=365)
"""How long feeds remember a withdrawn text, at least."""


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """Questions about withdrawals."""

    def standing(self) -> "WithdrawalQuerySet":
        """Withdrawals that nobody lifted: the text may not be published."""
        return self.filter(lifted_at=None)

    def told(self) -> "WithdrawalQuerySet":
        """Withdrawals of texts that are not online again: lifting one brings nothing back."""
        return self.filter(ended_at=None)

    def announced(self) -> "WithdrawalQuerySet":
        """Withdrawals of texts that the public had been able to read: only these are told."""
        return self.told().filter(was_public=True)

    def remembered(self) -> "WithdrawalQuerySet":
        """Withdrawals that feeds still tell of."""
        return self.announced().filter(at__gte=timezone.now() - MEMORY)


class Withdrawal(models.Model):
    """The withdrawal of a text; it outlives the page.

    ``path`` is the address where readers found it, without the domain; ``parent`` the page above,
    whose feeds held it.
    """

    page = models.ForeignKey(
        Page, models.SET_NULL, null=True, related_name="withdrawals", verbose_name="page"
    )
    parent = models.ForeignKey(
        Page, models.SET_NULL, null=True, related_name="+", verbose_name="page du dessus"
    )
    uuid = models.UUIDField("identifiant", db_index=True)
    title = models.CharField("titre", max_length=255)
    path = models.CharField("adresse", max_length=700, db_index=True)
    first_published_at = models.DateTimeField("paru le")
    reason = models.TextField(
        "motif public",
        help_text="Une ou deux phrases que liront le public et les partenaires.",
    )
    note = models.TextField(
        "motif interne", blank=True, help_text="Pour la rédaction seulement\u00a0: jamais transmis."
    )
    at = models.DateTimeField("retiré le", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name="retiré par",
    )
    was_public = models.BooleanField("était public", default=True)
    """Whether anybody could read it: the withdrawal of a text under embargo is nobody’s business
    but of those who had it."""
    lifted_at = models.DateTimeField("retrait levé le", null=True, blank=True)
    ended_at = models.DateTimeField("de nouveau en ligne le", null=True, blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        verbose_name = "retrait"
        verbose_name_plural = "retraits"
        constraints = [
            models.UniqueConstraint(
                fields=["uuid"], condition=Q(ended_at=None), name="one_withdrawal_told"
            )
        ]

    def __str__(self) -> str:
        """The title of the text."""
        return self.title
