"""A printed page: what it holds, how far it is, what is said about it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from cms.models import Licence
from focus.files import asset_key
from focus.models.insert import Insert


class InsertPage(models.Model):
    """One page of the cahier. Facts of the print desk: no revision keeps them."""

    class State(models.TextChoices):
        """How far a page is; BAT («bon à tirer») is given through an approval only."""

        EMPTY = "empty", "Vide"
        LAYOUT = "layout", "En page"
        TO_READ = "to_read", "À relire"
        APPROVED = "approved", "BAT"

    insert = models.ForeignKey(Insert, models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField("numéro")
    rubric = models.CharField("rubrique", max_length=60, blank=True)
    headline = models.CharField("titre", max_length=255, blank=True)
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.EMPTY)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="suivie par",
    )
    target_signes = models.PositiveIntegerField("longueur visée (signes)", null=True, blank=True)
    linked_pages = models.ManyToManyField(
        Page,
        blank=True,
        related_name="+",
        verbose_name="textes et épisodes",
        help_text="Articles, tribunes et épisodes que cette page imprime ou annonce.",
    )

    class Meta:
        verbose_name = "page du cahier"
        verbose_name_plural = "pages du cahier"
        ordering = ("insert", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("insert", "number"),
                name="one_insert_page_per_number",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        """Number and headline."""
        return f"Page {self.number}" + (f" · {self.headline}" if self.headline else "")


class InsertAsset(models.Model):
    """A file that the page is made with, and the rights that come with it; it stays private."""

    class Kind(models.TextChoices):
        """What it is."""

        PHOTO = "photo", "Photo en haute définition"
        LOGO = "logo", "Logo"
        DATA = "data", "Fichier de données"
        OTHER = "other", "Autre"

    page = models.ForeignKey(InsertPage, models.CASCADE, related_name="assets")
    kind = models.CharField("nature", max_length=5, choices=Kind.choices, default=Kind.PHOTO)
    title = models.CharField("intitulé", max_length=255)
    file = models.FileField("fichier", upload_to=asset_key, max_length=255)
    credit = models.CharField("crédit", max_length=255, blank=True)
    rights_holder = models.CharField("titulaire des droits", max_length=255, blank=True)
    licence = models.ForeignKey(
        Licence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="licence"
    )
    rights_expire_on = models.DateField("fin des droits", null=True, blank=True)
    may_be_republished = models.BooleanField(
        "peut être reprise par les partenaires",
        default=False,
        help_text="Cochez seulement si le titulaire des droits l’a accepté.",
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField("déposé le", auto_now_add=True)

    class Meta:
        verbose_name = "élément de page"
        verbose_name_plural = "éléments de page"
        ordering = ("page", "pk")

    def __str__(self) -> str:
        """Title."""
        return self.title


class InsertComment(models.Model):
    """What somebody says of a page."""

    page = models.ForeignKey(InsertPage, models.CASCADE, related_name="comments")
    author = models.CharField("auteur·rice", max_length=150)
    text = models.TextField("commentaire")
    at = models.DateTimeField("le", default=timezone.now)

    class Meta:
        verbose_name = "commentaire"
        verbose_name_plural = "commentaires"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        """The first words."""
        return self.text[:80]
