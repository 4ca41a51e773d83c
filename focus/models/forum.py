"""The forum: one hour live, in parts, then its replay."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Orderable

from cms import transcripts
from cms.embeds import Embed
from cms.models import BasePage, BylineRow, Image, Person
from cms.models.gate import GateMixin
from focus.forms.forum import ForumForm
from focus.forum_rules import address_problem, order_problems, start_problem
from focus.models.focus import FocusPage
from publishing.panels import PublicationPanel

_ADDRESSES = ("stream_url", "replay_url")


def _refuse(problems: dict[str, str]) -> None:
    """Raise ValidationError with what is wrong, by field."""
    if found := {name: text for name, text in problems.items() if text}:
        raise ValidationError(found)


PARTS = ("Première partie", "Deuxième partie", "Troisième partie")


class ForumPage(GateMixin, BasePage):
    """A live debate. Before, it is announced; during, it is live; after, it is seen by part."""

    starts_at = models.DateTimeField("date et heure", null=True, blank=True)
    duration = models.PositiveSmallIntegerField(
        "durée (minutes)",
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(600)],
    )
    place = models.CharField("lieu", max_length=255, blank=True)
    host = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="animation",
    )
    chapo = models.TextField("chapô", blank=True)
    poster = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image d’attente",
        help_text="Affichée avant le direct, et à la place de la vidéo tant qu’elle n’est pas"
        " demandée.",
    )
    stream_url = models.URLField("adresse du direct", max_length=500, blank=True)
    replay_url = models.URLField("adresse de la rediffusion", max_length=500, blank=True)
    reminder = models.TextField(
        "texte de rappel",
        blank=True,
        help_text="Repris dans l’invitation d’agenda : ce qu’il faut savoir avant le direct.",
    )

    parent_page_types = ["focus.FocusPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    listing_image_fields = (*BasePage.listing_image_fields, "poster")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("chapo"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("duration")]),
        FieldPanel("place"),
        FieldPanel("host"),
        FieldPanel("poster"),
        FieldPanel("reminder"),
        MultiFieldPanel([FieldPanel("stream_url"), FieldPanel("replay_url")], heading="Vidéo"),
        PublicationPanel(heading="En ligne"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Contenu"),
            ObjectList(
                [InlinePanel("parts", label="Partie", heading="Parties")], heading="Parties"
            ),
            ObjectList(BasePage.promote_panels, heading="Promotion"),
            ObjectList(BasePage.settings_panels, heading="Réglages"),
        ],
        base_form_class=ForumForm,
    )

    class Meta:
        verbose_name = "forum"
        verbose_name_plural = "forums"

    @cached_property
    def focus(self) -> FocusPage:
        """The focus that the forum belongs to."""
        return self.get_parent().specific

    @property
    def ends_at(self) -> datetime | None:
        """When the live part ends."""
        return self.starts_at and self.starts_at + timedelta(minutes=self.duration)

    def clean(self) -> None:
        """Refuse addresses that a page of ours could not show."""
        super().clean()
        _refuse({name: address_problem(getattr(self, name)) for name in _ADDRESSES})

    def publishing_problems(self) -> dict[str, list[str]]:
        """Return what forbids publishing, in French, by field or panel."""
        starts = [(part.title, part.starts_in_replay) for part in self.parts.all()]
        found: dict[str, list[str]] = {}
        if not self.starts_at:
            found["starts_at"] = ["Donnez la date et l’heure du forum."]
        if problems := order_problems(starts):
            found["parts"] = problems
        return found

    def divide(self) -> None:
        """Give a new forum its three parts; editors rename, add and remove them."""
        self.parts = [ForumPart(title=title, sort_order=n) for n, title in enumerate(PARTS)]

    def publishing_advice(self) -> list[str]:
        """Return what had better be filled in."""
        wanted = {
            "host": "Animation",
            "poster": "Image d’attente",
            "stream_url": "Adresse du direct",
        }
        empty = [name for name in wanted if not getattr(self, name)]
        vague = [p for p in self.parts.all() if not (p.question or p.speakers.all())]
        return [
            *(f"{wanted[name]} : à renseigner." for name in empty),
            *(f"{part.title} : question ou intervenant·es à renseigner." for part in vague),
        ]

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``focus.forum``."""
        from focus.forum import forum_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **forum_context(self, request)}

    def get_oembed(self, request: HttpRequest) -> Embed:
        """Return the card of the forum, see ``focus.embedding``."""
        from focus.embedding import card  # which imports these models

        return card(self, request)

    def get_listing_summary(self) -> str:
        """Fall back to the chapô."""
        return super().get_listing_summary() or self.chapo


class ForumPart(ClusterableModel, Orderable):
    """A third of the hour, by default: its question, who speaks, where it is in the replay."""

    forum = ParentalKey(ForumPage, on_delete=models.CASCADE, related_name="parts")
    title = models.CharField("titre", max_length=255)
    question = models.CharField("question", max_length=255, blank=True)
    starts_in_replay = models.CharField(
        "début dans la rediffusion",
        max_length=8,
        blank=True,
        help_text="Par exemple 20:15.",
    )
    replay_url = models.URLField(
        "rediffusion de cette partie",
        max_length=500,
        blank=True,
        help_text="Si elle a sa propre adresse ; sinon, celle du forum.",
    )
    summary = models.TextField("résumé", blank=True)
    captions = models.TextField(
        "sous-titres ou transcription",
        blank=True,
        help_text="Au format WebVTT ; la transcription lisible en est tirée.",
    )

    panels = [
        FieldPanel("title", required_on_save=True),
        FieldPanel("question"),
        InlinePanel("speakers", label="Intervenant·e", heading="Intervenant·es"),
        FieldRowPanel([FieldPanel("starts_in_replay"), FieldPanel("replay_url")]),
        FieldPanel("summary"),
        FieldPanel("captions"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "partie"
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        """Title."""
        return self.title

    def clean(self) -> None:
        """Refuse what cannot be read; captions are kept as WebVTT, whatever their dialect."""
        super().clean()
        problems = {
            "starts_in_replay": start_problem(self.starts_in_replay),
            "replay_url": address_problem(self.replay_url),
        }
        if self.captions.strip():
            try:
                self.captions = transcripts.to_vtt(transcripts.parse(self.captions.encode()))
            except transcripts.TranscriptRefused as refusal:
                problems["captions"] = str(refusal)
        _refuse(problems)


class ForumSpeaker(BylineRow):
    """Somebody who speaks in a part."""

    part = ParentalKey(ForumPart, on_delete=models.CASCADE, related_name="speakers")

    class Meta(BylineRow.Meta):
        verbose_name = "intervenant·e"
        verbose_name_plural = "intervenant·es"
