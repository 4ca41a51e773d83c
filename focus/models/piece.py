"""A line of the sommaire: planned before any page exists, followed until it is out."""

from django.conf import settings
from django.db import models
from wagtail.models import Page

from focus.models.focus import FocusPage


class Piece(models.Model):
    """Something that the focus should hold: who does it, until when, how long.

    These are facts of the desk, not of the page: they change while the page is locked, and no
    revision keeps them.
    """

    class Kind(models.TextChoices):
        """Which page it becomes."""

        ARTICLE = "article", "Article"
        TRIBUNE = "tribune", "Tribune"
        INSERT = "insert", "Cahier"
        FORUM = "forum", "Forum"

    class State(models.TextChoices):
        """How far it is. «Published» is never stored: the page knows."""

        TO_ORDER = "to_order", "À commander"
        RECEIVED = "received", "Reçu"
        EDITING = "editing", "En édition"
        READ = "read", "Relu"
        APPROVED = "approved", "Validé"

    focus = models.ForeignKey(FocusPage, models.CASCADE, related_name="pieces")
    page = models.OneToOneField(
        Page, models.SET_NULL, null=True, blank=True, related_name="focus_piece"
    )
    kind = models.CharField("nature", max_length=8, choices=Kind.choices, default=Kind.ARTICLE)
    title = models.CharField(
        "titre de travail", max_length=255, help_text="Le titre de la page, dès qu’elle existe."
    )
    slot = models.CharField(
        "emplacement",
        max_length=60,
        blank=True,
        help_text="Par exemple « ouverture » ou « p. 3 du cahier ».",
    )
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.TO_ORDER)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="suivi par",
    )
    due_on = models.DateField("attendu le", null=True, blank=True)
    target_signes = models.PositiveIntegerField("longueur visée (signes)", null=True, blank=True)
    position = models.PositiveIntegerField("ordre", default=0, editable=False)

    class Meta:
        verbose_name = "pièce du sommaire"
        verbose_name_plural = "pièces du sommaire"
        ordering = ("position", "pk")

    def __str__(self) -> str:
        """Title of the page, else of the plan."""
        return self.page.title if self.page else self.title
