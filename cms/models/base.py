"""What every page has: mixins that own their fields and the panels to edit them."""

from typing import ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from cms.embeds import Embed
from cms.models.holding import HoldingMixin
from cms.models.images import Image
from cms.models.licences import Licence
from cms.models.restoration import RestorationMixin


class ListingMixin(models.Model):
    """How a page shows up in lists; every page type with it may appear on the home page."""

    listing_title = models.CharField(
        "titre dans les listes", max_length=255, blank=True, help_text="Par défaut, le titre."
    )
    listing_summary = models.TextField(
        "résumé dans les listes",
        blank=True,
        help_text="Une ou deux phrases ; par défaut, la description pour les moteurs de recherche.",
    )
    listing_image = models.ForeignKey(
        Image,
        verbose_name="image dans les listes",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    # Names of foreign keys to Image, the first that is set wins. A page type prepends nothing
    # and appends its own pictures; cms.selectors fetches all of them ahead.
    listing_image_fields: ClassVar[tuple[str, ...]] = ("listing_image",)

    listing_panels = [
        MultiFieldPanel(
            [
                FieldPanel("listing_title"),
                FieldPanel("listing_summary"),
                FieldPanel("listing_image"),
            ],
            heading="Dans les listes",
        )
    ]

    class Meta:
        abstract = True

    def get_listing_title(self) -> str:
        """Return the title for lists."""
        return self.listing_title or self.title

    def get_listing_summary(self) -> str:
        """Return the summary for lists, or "" when nobody wrote one."""
        return self.listing_summary or self.search_description

    def get_listing_image(self) -> Image | None:
        """Return the first picture set among ``listing_image_fields``."""
        pictures = (getattr(self, name) for name in self.listing_image_fields)
        return next((picture for picture in pictures if picture is not None), None)


class SocialMixin(models.Model):
    """How a page shows up when it is shared (Open Graph)."""

    social_title = models.CharField(
        "titre de partage",
        max_length=255,
        blank=True,
        help_text="Par défaut, le titre pour les moteurs de recherche, puis le titre.",
    )
    social_text = models.TextField(
        "texte de partage", blank=True, help_text="Par défaut, le résumé dans les listes."
    )
    social_image = models.ForeignKey(
        Image,
        verbose_name="image de partage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="1 200 × 630 pixels au moins ; par défaut, l’image dans les listes.",
    )

    social_panels = [
        MultiFieldPanel(
            [
                FieldPanel("social_title"),
                FieldPanel("social_text"),
                FieldPanel("social_image"),
            ],
            heading="Sur les réseaux sociaux",
        )
    ]

    class Meta:
        abstract = True

    def get_social_title(self) -> str:
        """Return the Open Graph title."""
        return self.social_title or self.seo_title or self.title

    def get_social_text(self) -> str:
        """Return the Open Graph description, or "" when nobody wrote one."""
        return self.social_text or self.get_listing_summary()

    def get_social_image(self) -> Image | None:
        """Return the Open Graph picture."""
        return self.social_image or self.get_listing_image()


class CreditsMixin(models.Model):
    """Who made the page, and under which terms it may be reused."""

    licence = models.ForeignKey(
        Licence,
        verbose_name="licence",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Conditions de réutilisation du contenu de la page.",
    )
    credits = models.TextField(
        "crédits",
        blank=True,
        help_text="Une ligne par personne ou par rôle : réalisation, traduction, photographie…",
    )

    credits_panels = [
        MultiFieldPanel([FieldPanel("licence"), FieldPanel("credits")], heading="Crédits")
    ]

    class Meta:
        abstract = True


class BasePage(HoldingMixin, RestorationMixin, ListingMixin, SocialMixin, CreditsMixin, Page):
    """The page every page type derives from; abstract, so that each type stays one table."""

    promote_panels = [
        *Page.promote_panels,
        *ListingMixin.listing_panels,
        *SocialMixin.social_panels,
    ]
    settings_panels = [*CreditsMixin.credits_panels, *Page.settings_panels]

    class Meta:
        abstract = True

    def get_oembed(self, request: HttpRequest) -> Embed | None:
        """Return the card that other sites show for the page; none, unless its type has one.

        Whoever asks has seen that anybody may read the page.
        """
        return None
