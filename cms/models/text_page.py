"""A text to read: what an article and a tribune have in common."""

import uuid
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms import tdm
from cms.blocks import BodyBlock
from cms.licences import is_open
from cms.models.base import BasePage
from cms.models.gate import GateMixin
from cms.models.identity import IdentityMixin
from cms.models.images import Image
from cms.models.licences import Licence
from cms.models.territories import Territory
from cms.models.themes import Theme
from cms.models.withdrawal import Withdrawal
from cms.text_checks import body_advice, body_picture_problems, picture_problems

if TYPE_CHECKING:
    from cms.republication import Republication


class TextPage(IdentityMixin, GateMixin, BasePage):
    """A chapô, a body in typed blocks, and where else the text came out.

    A text has ``authors``, lines of its own kind (:class:`cms.models.BylineRow`).

    ``uuid`` names the text in feeds and in the bucket, for ever.
    """

    identity_fields = ("uuid",)

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    chapo = models.TextField(
        "chapô", blank=True, help_text="Deux ou trois phrases qui donnent envie de lire."
    )
    picture = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image d’ouverture",
    )
    picture_caption = models.CharField("légende", max_length=500, blank=True)
    body = StreamField(BodyBlock(), verbose_name="texte", blank=True)
    target_signes = models.PositiveIntegerField(
        "longueur visée (signes)",
        null=True,
        blank=True,
        help_text="Espaces comprises, chapô et texte ; un feuillet fait 1 500 signes.",
    )
    territories = ParentalManyToManyField(
        Territory, blank=True, related_name="+", verbose_name="territoires"
    )
    themes = ParentalManyToManyField(Theme, blank=True, related_name="+", verbose_name="thèmes")
    elsewhere_url = models.URLField(
        "adresse de parution",
        max_length=500,
        blank=True,
        help_text="Là où le texte a paru aussi, par exemple sur liberation.fr.",
    )
    elsewhere_date = models.DateField("date de parution", null=True, blank=True)
    elsewhere_is_canonical = models.BooleanField(
        "cette adresse fait référence",
        default=False,
        help_text="Les moteurs de recherche retiendront l’adresse de parution plutôt que la nôtre.",
    )

    listing_image_fields = (*BasePage.listing_image_fields, "picture")
    picture_panels = [
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_caption")], heading="Image d’ouverture"
        )
    ]
    elsewhere_panels = [
        MultiFieldPanel(
            [
                FieldPanel("elsewhere_url"),
                FieldRowPanel([FieldPanel("elsewhere_date"), FieldPanel("elsewhere_is_canonical")]),
            ],
            heading="Paru aussi",
        )
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("chapo"),
        index.SearchField("body"),
    ]

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        """Save; a text that is online again is not told as withdrawn any more."""
        super().save(**kwargs)
        if self.live:
            lifted = Withdrawal.objects.told().exclude(lifted_at=None)
            lifted.filter(uuid=self.uuid).update(ended_at=timezone.now())

    @property
    def status_string(self) -> str:
        """Say in lists that the text is withdrawn; no query for one that never came out."""
        came_out = not self.live and self.first_published_at
        if came_out and Withdrawal.objects.standing().filter(uuid=self.uuid).exists():
            return "retirée"
        status: str = super().status_string
        return status

    @property
    def canonical_url(self) -> str:
        """The address that search engines should keep."""
        if self.elsewhere_is_canonical and self.elsewhere_url:
            return self.elsewhere_url
        return self.full_url or ""

    def waiting_problem(self) -> str:
        """Return why the text may not go live: it was withdrawn, or its holder waits."""
        withdrawn = Withdrawal.objects.standing().filter(uuid=self.uuid).first()
        if withdrawn:
            day = f"{timezone.localtime(withdrawn.at):%d/%m/%Y}"
            return f"Le texte est retiré depuis le {day}\u00a0: levez d’abord le retrait."
        return super().waiting_problem()

    def was_ever_public(self) -> bool:
        """Whether anybody could read the text, once at least: it came out."""
        return self.first_published_at is not None

    def rights_problems(self) -> dict[str, list[str]]:
        """Return which pictures may not be shown on the day the text goes live."""
        on = timezone.localdate(max(timezone.now(), self.go_live_at or timezone.now()))
        found = {
            "picture": picture_problems({self.picture_id} - {None}, on),
            "body": body_picture_problems(self.body, on),
        }
        return {name: problems for name, problems in found.items() if problems}

    def publishing_advice(self) -> list[str]:
        """Return what readers and partners would stumble over."""
        holder = self.holder()
        licensed = self.licence_id or getattr(holder, "licence_id", None)
        missing = [] if licensed else ["Sans licence, les flux ne donnent que le chapô."]
        return [*missing, *body_advice(self.body)]

    @classmethod
    def feed_relations(cls) -> tuple[str | models.Prefetch, ...]:
        """Return what must be fetched with texts for a feed to describe them."""
        return ("licence", "authors__person", "corrections", "territories", "themes")

    def republication(self, licence: Licence | None) -> "Republication":
        """Return what feeds may carry of the text, under its licence or that of the page above."""
        from cms.republication import Republication  # which imports these models

        return Republication(whole=bool(licence and is_open(licence.code)), licence=licence)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, and tell programs whether they may mine it."""
        response = super().serve(request, *args, **kwargs)
        licence = response.context_data["licence"]
        return tdm.declare(response, licence.code if licence else "")

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, object]]:
        """Leave search engines the address that they should keep, when it is not ours."""
        if self.elsewhere_is_canonical and self.elsewhere_url:
            return []
        return super().get_sitemap_urls(request)

    def get_listing_summary(self) -> str:
        """Fall back to the chapô."""
        return super().get_listing_summary() or self.chapo

    def publishing_problems(self) -> dict[str, list[str]]:
        """Return what forbids publishing: no chapô, no text, nobody who signs it."""
        found: dict[str, list[str]] = {}
        if not self.chapo.strip():
            found["chapo"] = ["Écrivez le chapô."]
        if not self.body:
            found["body"] = ["Le texte est vide."]
        if not self.authors.all():
            found["authors"] = ["Indiquez qui signe le texte."]
        if self.elsewhere_is_canonical and not self.elsewhere_url:
            found["elsewhere_url"] = ["Donnez l’adresse qui fait référence."]
        return found
