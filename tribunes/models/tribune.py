"""A tribune: an op-ed that people sign."""

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
)

from cms.forms.panels import text_tabs
from cms.models import BasePage, BylineRow, CorrectionRow, TextPage
from cms.panels import SignesPanel


class TribunePage(TextPage):
    """An op-ed: authors wrote it, signatories put their name to it, in an order that counts."""

    parent_page_types = ["focus.FocusPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        InlinePanel("authors", label="Auteur·rice", heading="Auteurs et autrices"),
        FieldPanel("chapo"),
        *TextPage.picture_panels,
        FieldPanel("body"),
        SignesPanel(),
        InlinePanel("signatories", label="Signataire", heading="Signataires"),
        *TextPage.elsewhere_panels,
        InlinePanel("corrections", label="Correction", heading="Corrections"),
    ]
    edit_handler = text_tabs(content_panels)

    class Meta:
        verbose_name = "tribune"
        verbose_name_plural = "tribunes"

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``tribunes.presentation``."""
        from tribunes.presentation import tribune_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **tribune_context(self, request)}


class TribuneAuthor(BylineRow):
    """Somebody who wrote the tribune."""

    tribune = ParentalKey(TribunePage, on_delete=models.CASCADE, related_name="authors")

    class Meta(BylineRow.Meta):
        verbose_name = "auteur·rice"
        verbose_name_plural = "auteurs et autrices"


class TribuneSignatory(BylineRow):
    """Somebody who signs the tribune."""

    tribune = ParentalKey(TribunePage, on_delete=models.CASCADE, related_name="signatories")

    class Meta(BylineRow.Meta):
        verbose_name = "signataire"
        verbose_name_plural = "signataires"


class TribuneCorrection(CorrectionRow):
    """A correction of the tribune."""

    tribune = ParentalKey(TribunePage, on_delete=models.CASCADE, related_name="corrections")

    class Meta(CorrectionRow.Meta):
        verbose_name = "correction"
        verbose_name_plural = "corrections"
