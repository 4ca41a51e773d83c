"""Pictures with the rights that come with them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition

from cms.licensing import rights_problem
from cms.models.licences import Licence


class Image(AbstractImage):
    """A picture, its text alternative (Wagtail's ``description``) and its rights.

    Licence and expiry may wait, so that an upload is never refused for them; ``rights_problem``
    says whether the picture may be published.
    """

    class Republication(models.TextChoices):
        """Whether the picture travels with the texts that others republish."""

        NO = "no", "non"
        ASK = "ask", "sur demande"
        YES = "yes", "oui"

    description = models.CharField(
        "texte alternatif",
        max_length=255,
        blank=True,
        default="",
        help_text="Ce que l’image apporte à qui ne la voit pas.",
    )
    is_decorative = models.BooleanField(
        "image décorative",
        default=False,
        help_text="Cochez si l’image n’apporte aucune information : elle n’aura pas de texte "
        "alternatif.",
    )
    credit = models.CharField(
        "crédit",
        max_length=255,
        blank=True,
        help_text="Mention affichée sous l’image, par exemple « Jeanne Martin / Agence ».",
    )
    rights_holder = models.CharField(
        "titulaire des droits",
        max_length=255,
        blank=True,
        help_text="Personne ou organisation qui accorde le droit d’utiliser l’image.",
    )
    licence = models.ForeignKey(
        Licence,
        verbose_name="licence",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Sans licence renseignée, l’image ne peut pas être publiée.",
    )
    rights_expire_on = models.DateField(
        "fin des droits",
        null=True,
        blank=True,
        help_text="Dernier jour d’utilisation autorisé ; laissez vide si les droits n’ont pas "
        "de fin.",
    )
    republication = models.CharField(
        "reprise par les partenaires",
        max_length=3,
        choices=Republication.choices,
        default=Republication.NO,
        help_text="« Oui » seulement si le titulaire des droits l’a accepté : l’image part alors "
        "avec le texte que les partenaires republient. « Sur demande » : elle ne part que vers les "
        "partenaires pour qui cet accord est noté.",
    )

    tags = TaggableManager("mots-clés", help_text=None, blank=True, related_name="site_images")

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "description",
        "is_decorative",
        "credit",
        "rights_holder",
        "licence",
        "rights_expire_on",
        "republication",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        abstract = False
        default_related_name = "site_images"  # "image_set" is taken by Wagtail's own model
        verbose_name = "image"
        verbose_name_plural = "images"

    def clean(self) -> None:
        """Require a text alternative of every picture that is not decorative (RGAA 1.1)."""
        super().clean()
        if not self.is_decorative and not self.description.strip():
            raise ValidationError(
                {
                    "description": "Décrivez l’image en une phrase, ou cochez « image décorative » "
                    "si elle n’apporte aucune information."
                }
            )

    @property
    def may_be_republished(self) -> bool:
        """Whether anybody who republishes the text may take the picture with it."""
        return self.republication == self.Republication.YES

    @property
    def default_alt_text(self) -> str:
        """The text alternative, never the title: a file name is no alternative."""
        return "" if self.is_decorative else self.description

    def rights_problem(self, on: date) -> str:
        """Return why the picture may not be published on a day, or "" when it may."""
        return rights_problem(
            licence_filled_in=self.licence_id is not None,
            expires_on=self.rights_expire_on,
            on=on,
        )


class Rendition(AbstractRendition):
    """A picture at a given size and format."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        verbose_name = "déclinaison d’image"
        verbose_name_plural = "déclinaisons d’images"
