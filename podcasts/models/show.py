"""A podcast: what is said once for all its episodes."""

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.search import index

from cms.forms.gate import GateForm
from cms.models import BasePage, Organisation
from cms.models.gate import GateMixin
from cms.models.identity import IdentityMixin
from cms.slugs import free_feed_slug
from podcasts.categories import CATEGORY_CHOICES
from podcasts.forms.artwork import artwork_problems
from publishing.conf import public_url
from publishing.panels import PublicationPanel
from publishing.podcast import podcast_guid


class ShowPage(IdentityMixin, GateMixin, BasePage):
    """A show. Its feed address and its ``podcast:guid`` are given once, at creation."""

    class Type(models.TextChoices):
        """In which order apps propose the episodes (Apple, itunes:type)."""

        EPISODIC = "episodic", "Au choix : le plus récent d’abord"
        SERIAL = "serial", "Feuilleton : à écouter dans l’ordre"

    class Frequency(models.TextChoices):
        """How often an episode comes, as an RFC 5545 rule."""

        UNSAID = "", "Sans périodicité annoncée"
        WEEKLY = "FREQ=WEEKLY", "Toutes les semaines"
        MONTHLY = "FREQ=MONTHLY", "Tous les mois"
        QUARTERLY = "FREQ=MONTHLY;INTERVAL=3", "Tous les trois mois"
        HALF_YEARLY = "FREQ=MONTHLY;INTERVAL=6", "Deux fois par an"

    identity_fields = ("guid", "feed_slug")

    guid = models.UUIDField("podcast:guid", unique=True, editable=False)
    feed_slug = models.SlugField("clé du flux", max_length=80, unique=True, editable=False)
    description = models.TextField(
        "description",
        help_text="Ce que lisent les auditeurs avant de s’abonner. Texte simple, 4 000 signes.",
        max_length=4000,
    )
    artwork = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pochette",
        help_text="Carrée, JPEG ou PNG, de 1 400 à 3 000 pixels (3 000 de préférence).",
    )
    category = models.CharField(
        "catégorie", max_length=60, choices=CATEGORY_CHOICES, help_text="Liste d’Apple Podcasts."
    )
    second_category = models.CharField(
        "seconde catégorie", max_length=60, choices=CATEGORY_CHOICES, blank=True
    )
    language = models.CharField("langue", max_length=2, choices=settings.LANGUAGES, default="fr")
    author = models.CharField(
        "auteur", max_length=255, help_text="Affiché sous le titre dans les applications."
    )
    owner_name = models.CharField("nom du propriétaire", max_length=255, blank=True)
    owner_email = models.EmailField(
        "adresse électronique du propriétaire",
        blank=True,
        help_text="Sert aux plateformes (Spotify…) à vérifier que l’émission est à vous.",
    )
    publish_owner = models.BooleanField(
        "publier le propriétaire dans le flux",
        default=False,
        help_text="L’adresse devient lisible par tous ; à cocher le temps d’une vérification.",
    )
    show_type = models.CharField(
        "ordre d’écoute", max_length=10, choices=Type.choices, default=Type.EPISODIC
    )
    update_frequency = models.CharField(
        "périodicité", max_length=40, choices=Frequency.choices, blank=True
    )
    explicit = models.BooleanField("contenu explicite", default=False)
    copyright = models.CharField(
        "titulaire des droits",
        max_length=255,
        blank=True,
        help_text="Un nom, sans « © » ni année.",
    )
    funding_url = models.URLField("adresse de soutien", blank=True)
    funding_text = models.CharField("invitation à soutenir", max_length=128, blank=True)
    partner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="partenaire éditorial",
        help_text="Le magazine qui prépare et anime l’émission.",
    )
    locked_feed = models.BooleanField("interdire l’import par d’autres plateformes", default=True)
    complete = models.BooleanField(
        "émission terminée", default=False, help_text="Plus aucun épisode ne paraîtra."
    )
    new_feed_url = models.URLField(
        "nouvelle adresse du flux",
        blank=True,
        help_text="À remplir seulement si l’émission déménage vers un autre hébergeur.",
    )

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["podcasts.EpisodePage"]
    listing_image_fields = (*BasePage.listing_image_fields, "artwork")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("description"),
        FieldPanel("artwork"),
        FieldPanel("partner"),
        InlinePanel("hosts", label="Animation", heading="Animation"),
        InlinePanel("seasons", label="Saison", heading="Saisons nommées"),
        InlinePanel("directories", label="Plateforme", heading="Où s’abonner"),
    ]
    feed_panels = [
        PublicationPanel(heading="Flux publié"),
        MultiFieldPanel(
            [
                FieldPanel("category"),
                FieldPanel("second_category"),
                FieldPanel("author"),
                FieldRowPanel([FieldPanel("language"), FieldPanel("show_type")]),
                FieldRowPanel([FieldPanel("update_frequency"), FieldPanel("explicit")]),
                FieldPanel("copyright"),
            ],
            heading="Présentation dans les applications",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("owner_name"), FieldPanel("owner_email")]),
                FieldPanel("publish_owner"),
                FieldPanel("locked_feed"),
            ],
            heading="Propriété",
        ),
        InlinePanel("verifications", label="Code", heading="Codes de vérification"),
        MultiFieldPanel([FieldPanel("funding_url"), FieldPanel("funding_text")], heading="Soutien"),
        MultiFieldPanel(
            [FieldPanel("complete"), FieldPanel("new_feed_url")], heading="Fin ou déménagement"
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Contenu"),
            ObjectList(feed_panels, heading="Flux"),
            ObjectList(BasePage.promote_panels, heading="Promotion"),
            ObjectList(BasePage.settings_panels, heading="Réglages"),
        ],
        base_form_class=GateForm,
    )
    search_fields = [*BasePage.search_fields, index.SearchField("description")]

    class Meta:
        verbose_name = "émission"
        verbose_name_plural = "émissions"

    @property
    def feed_key(self) -> str:
        """Key of the feed in the public bucket."""
        return f"podcasts/{self.feed_slug}/feed.xml"

    @property
    def feed_url(self) -> str:
        """Address of the feed, for apps and directories."""
        return public_url(self.feed_key)

    def publishing_problems(self) -> dict[str, list[str]]:
        """Return what keeps the show from being published, in French, by field."""
        found: dict[str, list[str]] = {}
        if self.artwork is None:
            found["artwork"] = ["Choisissez la pochette de l’émission."]
        elif problems := artwork_problems(self.artwork):
            found["artwork"] = problems
        if bool(self.funding_url) != bool(self.funding_text):
            found["funding_text"] = [
                "Donnez l’adresse de soutien et l’invitation, ou ni l’une ni l’autre."
            ]
        if self.publish_owner and not (self.owner_name and self.owner_email):
            found["owner_email"] = [
                "Pour publier le propriétaire dans le flux, donnez son nom et son adresse."
            ]
        return found

    def complete_identity(self) -> None:
        """Give the feed its address and its guid, at the first save."""
        if not self.feed_slug:
            self.feed_slug = free_feed_slug(ShowPage, self.slug or self.title)
        if not self.guid:
            self.guid = podcast_guid(self.feed_url)

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``podcasts.presentation``."""
        from podcasts.presentation import show_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **show_context(self, request)}

    def get_listing_summary(self) -> str:
        """Fall back to the description."""
        return super().get_listing_summary() or self.description
