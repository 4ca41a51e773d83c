"""An episode: a question, three voices, a sound."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import NotesBlock
from cms.embeds import Embed
from cms.models import BasePage, Territory, Theme
from cms.models.gate import GateMixin
from cms.models.identity import IdentityMixin
from podcasts.chapters import Chapter
from podcasts.completeness import problems
from podcasts.forms.artwork import artwork_problems
from podcasts.forms.episode import EpisodeForm
from podcasts.models.audio import Audio
from podcasts.models.fields import TimecodeField
from podcasts.models.show import ShowPage
from publishing.panels import PublicationPanel


def new_guid() -> str:
    """Return a guid for an episode that is born here (an imported one keeps its own)."""
    return str(uuid.uuid4())


class EpisodePage(IdentityMixin, GateMixin, BasePage):
    """One episode. ``guid`` is what apps know it by; ``uuid`` names its objects in the bucket."""

    class Type(models.TextChoices):
        """Kinds of episodes (Apple, itunes:episodeType)."""

        FULL = "full", "Épisode"
        TRAILER = "trailer", "Bande-annonce"
        BONUS = "bonus", "Bonus"

    class Explicit(models.TextChoices):
        """Whether an episode differs from its show."""

        AS_SHOW = "", "Comme l’émission"
        YES = "true", "Contenu explicite"
        NO = "false", "Tous publics"

    identity_fields = ("guid", "uuid")
    date_fields = (*IdentityMixin.date_fields, "publication_date")

    guid = models.CharField(
        "identifiant", max_length=255, unique=True, default=new_guid, editable=False
    )
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(
        "numéro", null=True, blank=True, validators=[MinValueValidator(1)]
    )
    season = models.PositiveSmallIntegerField(
        "saison", null=True, blank=True, default=1, validators=[MinValueValidator(1)]
    )
    episode_type = models.CharField("nature", max_length=8, choices=Type.choices, default=Type.FULL)
    summary = models.TextField(
        "résumé",
        max_length=600,
        help_text="Deux ou trois phrases, affichées dans les listes des applications.",
    )
    notes = StreamField(
        NotesBlock(),
        verbose_name="notes",
        blank=True,
        help_text="Le texte complet qui accompagne l’épisode dans les applications.",
    )
    audio = models.ForeignKey(
        Audio, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="son"
    )
    artwork = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pochette de l’épisode",
        help_text="Par défaut, celle de l’émission. Carrée, de 1 400 à 3 000 pixels.",
    )
    transcript = models.TextField(
        "transcription",
        blank=True,
        help_text="Au format WebVTT, les voix nommées : « <v Nom> ».",
    )
    explicit = models.CharField("public", max_length=5, choices=Explicit.choices, blank=True)
    publication_date = models.DateTimeField(
        "date de l’épisode",
        null=True,
        blank=True,
        help_text="Par défaut, le moment de la première publication.",
    )
    soundbite_start = TimecodeField("début de l’extrait", null=True, blank=True)
    soundbite_duration = models.FloatField(
        "durée de l’extrait (s)",
        null=True,
        blank=True,
        help_text="De 15 à 120 secondes, de préférence.",
    )
    soundbite_title = models.CharField("titre de l’extrait", max_length=128, blank=True)
    incomplete_reason = models.TextField(
        "publier malgré des voix manquantes",
        blank=True,
        help_text="Un épisode réunit d’ordinaire l’animation, un·e élu·e, un·e porteur·se"
        " d’initiative et un·e expert·e. Pour publier sans l’une de ces voix, dites pourquoi ;"
        " le motif est conservé.",
    )
    territories = ParentalManyToManyField(
        Territory, blank=True, related_name="+", verbose_name="territoires"
    )
    themes = ParentalManyToManyField(Theme, blank=True, related_name="+", verbose_name="thèmes")

    parent_page_types = ["podcasts.ShowPage"]
    subpage_types: list[str] = []
    listing_image_fields = (*BasePage.listing_image_fields, "artwork")

    content_panels = [
        TitleFieldPanel(
            "title",
            heading="Question",
            placeholder="Question de l’épisode",
            help_text="Telle qu’elle sera lue, sans numéro.",
        ),
        FieldPanel("audio"),
        FieldRowPanel([FieldPanel("season"), FieldPanel("number"), FieldPanel("episode_type")]),
        FieldPanel("summary"),
        FieldPanel("notes"),
        InlinePanel("participants", label="Voix", heading="Voix"),
        FieldPanel("incomplete_reason"),
        InlinePanel("links", label="Lien", heading="Pour aller plus loin"),
        MultiFieldPanel(
            [
                FieldPanel("themes", widget=CheckboxSelectMultiple),
                FieldPanel("territories", widget=CheckboxSelectMultiple),
            ],
            heading="Thèmes et territoires",
            classname="in-columns",
        ),
    ]
    sound_panels = [
        PublicationPanel(heading="Dans le flux"),
        InlinePanel("chapters", label="Chapitre", heading="Chapitres"),
        MultiFieldPanel(
            [FieldPanel("transcript_file"), FieldPanel("transcript")], heading="Transcription"
        ),
        FieldPanel("artwork"),
        MultiFieldPanel(
            [
                HelpPanel("Un passage que les applications peuvent faire écouter seul."),
                FieldRowPanel([FieldPanel("soundbite_start"), FieldPanel("soundbite_duration")]),
                FieldPanel("soundbite_title"),
            ],
            heading="Extrait",
        ),
        FieldRowPanel([FieldPanel("publication_date"), FieldPanel("explicit")]),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Contenu"),
            ObjectList(sound_panels, heading="Son et flux"),
            ObjectList(BasePage.promote_panels, heading="Promotion"),
            ObjectList(BasePage.settings_panels, heading="Réglages"),
        ],
        base_form_class=EpisodeForm,
    )
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("summary"),
        index.SearchField("notes"),
        index.SearchField("transcript"),
        index.FilterField("number"),
    ]

    class Meta:
        verbose_name = "épisode"
        verbose_name_plural = "épisodes"

    @cached_property
    def show(self) -> ShowPage:
        """The show that this episode belongs to."""
        return self.get_parent().specific

    @property
    def published_on(self) -> datetime:
        """When the episode came out, in feeds and on pages; now for one that has not."""
        return self.publication_date or self.first_published_at or timezone.now()

    @property
    def chapter_marks(self) -> list[Chapter]:
        """Chapters in the order in which they play."""
        rows = sorted(self.chapters.all(), key=lambda row: row.start)
        return [Chapter(start=row.start, title=row.title, url=row.url) for row in rows]

    def publishing_problems(self) -> dict[str, list[str]]:
        """Return what keeps the episode from being published, in French, by field or panel."""
        moment = max(timezone.now(), self.go_live_at or timezone.now())
        return problems(
            self,
            cast=[row.role for row in self.participants.all()],
            chapters=self.chapter_marks,
            artwork=artwork_problems(self.artwork, timezone.localdate(moment)),
            namesake=self._namesake(),
            moment=moment,
        )

    def _namesake(self) -> str:
        """Return the title of a live episode of the show with the same season and number."""
        if not self.number or not self.path or self.alias_of_id:
            return ""
        others = EpisodePage.objects.sibling_of(self, inclusive=False).live()
        same = others.filter(season=self.season, number=self.number, alias_of=None)
        return same.values_list("title", flat=True).first() or ""

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``podcasts.presentation``."""
        from podcasts.presentation import episode_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **episode_context(self, request)}

    def get_oembed(self, request: HttpRequest) -> Embed:
        """Return the card of the episode, see ``podcasts.embedding``."""
        from podcasts.embedding import card  # which imports these models

        return card(self, request)

    def get_listing_summary(self) -> str:
        """Fall back to the summary."""
        return super().get_listing_summary() or self.summary
