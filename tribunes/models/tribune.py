"""A tribune: an op-ed that people sign."""

from typing import Any

from django.db import models, transaction
from django.db.models import Prefetch
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

from cms.embeds import Embed
from cms.forms.choosers import RowsPanel
from cms.forms.panels import text_tabs
from cms.models import BasePage, CorrectionRow, Licence, TextPage
from cms.panels import SignesPanel
from cms.republication import Republication
from cms.selectors import unrestricted
from tribunes.admin.partners_panel import PartnersPanel
from tribunes.models.signers import SignerRow
from tribunes.models.terms import TermsMixin

_PEOPLE = ("authors", "signatories")


class TribunePage(TermsMixin, TextPage):
    """An op-ed: authors wrote it, signatories put their name to it, in an order that counts.

    A droit de réponse is a tribune that ``replies_to`` a text.
    """

    class Kind(models.TextChoices):
        """What partners choose among."""

        TRIBUNE = "tribune", "tribune"
        COLLECTIVE = "collective", "tribune collective"
        REPLY = "right-of-reply", "droit de réponse"

    replies_to = models.ForeignKey(
        "tribunes.TribunePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name="droit de réponse à",
        help_text="Le texte auquel celui-ci répond, au titre du droit de réponse.",
    )
    reply_received_on = models.DateField(
        "demande reçue le",
        null=True,
        blank=True,
        help_text="La réponse doit paraître dans les trois jours qui suivent.",
    )

    parent_page_types = ["focus.FocusPage", "tribunes.TribuneIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        InlinePanel("authors", label="Auteur·rice", heading="Auteurs et autrices"),
        FieldPanel("chapo"),
        *TextPage.picture_panels,
        FieldPanel("body"),
        SignesPanel(),
        RowsPanel("signatories", label="Signataire", heading="Signataires"),
        *TextPage.elsewhere_panels,
        InlinePanel("corrections", label="Correction", heading="Corrections"),
        MultiFieldPanel(
            [PageChooserPanel("replies_to"), FieldPanel("reply_received_on")],
            heading="Droit de réponse",
        ),
    ]
    edit_handler = text_tabs(
        content_panels, [*TermsMixin.terms_panels, PartnersPanel(heading="Chez les partenaires")]
    )

    search_fields = [
        *TextPage.search_fields,
        *(index.RelatedFields(rows, SignerRow.search_fields) for rows in _PEOPLE),
    ]

    class Meta:
        verbose_name = "tribune"
        verbose_name_plural = "tribunes"

    @property
    def kind(self) -> str:
        """Which kind of tribune it is."""
        if self.replies_to_id or self.reply_received_on:
            return self.Kind.REPLY
        return self.Kind.COLLECTIVE if self.signatories.all() else self.Kind.TRIBUNE

    @classmethod
    def people_relations(cls) -> tuple[Prefetch, ...]:
        """Return how those who write and sign are fetched with tribunes."""
        return (
            Prefetch("authors", TribuneAuthor.with_names()),
            Prefetch("signatories", TribuneSignatory.with_names()),
        )

    @classmethod
    def feed_relations(cls) -> tuple[str | Prefetch, ...]:
        """Add who signs, and the droits de réponse that anybody may read."""
        open_ = unrestricted(cls.objects.live())
        return (
            "licence",
            "corrections",
            "territories",
            "themes",
            *cls.people_relations(),
            Prefetch("replies", open_, to_attr="open_replies"),
            Prefetch("replies_to", open_, to_attr="open_replies_to"),
        )

    def publishing_problems(self) -> dict[str, list[str]]:
        """Add that a droit de réponse has the day of its request, from which its delay runs."""
        found = super().publishing_problems()
        if self.replies_to_id and not self.reply_received_on:
            found["reply_received_on"] = [
                "Indiquez quand le droit de réponse a été demandé\u00a0: son délai en part."
            ]
        return found

    def publishing_advice(self) -> list[str]:
        """Add what partners would not receive, or receive too late."""
        from tribunes.advice import advice  # which imports these models

        return [*super().publishing_advice(), *advice(self)]

    def was_ever_public(self) -> bool:
        """Whether the text was ever without embargo and without password."""
        record = getattr(self, "record", None)
        return record is not None and record.released_at is not None

    def republication(self, licence: Licence | None) -> Republication:
        """Return what the access function lets anybody take away."""
        from tribunes.feeds.terms import republication_of  # which imports these models

        return republication_of(self, licence)

    def save(self, **kwargs: Any) -> None:
        """Save, and write what changed for partners in the same transaction."""
        from wagtail.signal_handlers import (  # which needs models
            disable_reference_index_auto_update,
            update_reference_index_on_save,
        )

        from tribunes.journal import follow  # which imports these models

        fields = kwargs.get("update_fields")
        with transaction.atomic():
            # The page is indexed with its rows, once: not again for each of hundreds.
            with disable_reference_index_auto_update():
                super().save(**kwargs)
            update_reference_index_on_save(self)
            if fields is None:
                TribuneAuthor.find_institutions(self)
                TribuneSignatory.find_institutions(self)
            # A draft that is saved touches a few fields, which no partner sees.
            if fields is None or "live" in fields:
                follow(self.pk)

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``tribunes.site.tribune``."""
        from tribunes.site.tribune import tribune_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **tribune_context(self, request)}

    def get_oembed(self, request: HttpRequest) -> Embed:
        """Return the card of the tribune, see ``tribunes.site.embedding``."""
        from tribunes.site.embedding import card  # which imports these models

        return card(self, request)


class TribuneAuthor(SignerRow):
    """Somebody who wrote the tribune."""

    tribune = ParentalKey(TribunePage, on_delete=models.CASCADE, related_name="authors")

    class Meta(SignerRow.Meta):
        verbose_name = "auteur·rice"
        verbose_name_plural = "auteurs et autrices"


class TribuneSignatory(SignerRow):
    """Somebody who signs the tribune."""

    tribune = ParentalKey(TribunePage, on_delete=models.CASCADE, related_name="signatories")

    class Meta(SignerRow.Meta):
        verbose_name = "signataire"
        verbose_name_plural = "signataires"


class TribuneCorrection(CorrectionRow):
    """A correction of the tribune."""

    tribune = ParentalKey(TribunePage, on_delete=models.CASCADE, related_name="corrections")

    class Meta(CorrectionRow.Meta):
        verbose_name = "correction"
        verbose_name_plural = "corrections"
