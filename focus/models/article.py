"""An article of a focus."""

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel

from cms.forms.panels import text_tabs
from cms.models import BasePage, BylineRow, CorrectionRow, TextPage
from cms.panels import SignesPanel


class ArticlePage(TextPage):
    """An article, signed by one or several people."""

    surtitre = models.CharField("surtitre", max_length=120, blank=True)

    parent_page_types = ["focus.FocusPage"]
    subpage_types: list[str] = []

    content_panels = [
        FieldPanel("surtitre"),
        *BasePage.content_panels,
        FieldPanel("chapo"),
        InlinePanel("authors", label="Signature", heading="Signatures"),
        *TextPage.picture_panels,
        FieldPanel("body"),
        SignesPanel(),
        *TextPage.elsewhere_panels,
        InlinePanel("corrections", label="Correction", heading="Corrections"),
    ]
    edit_handler = text_tabs(content_panels)

    class Meta:
        verbose_name = "article"
        verbose_name_plural = "articles"

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``focus.presentation``."""
        from focus.presentation import article_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **article_context(self, request)}


class ArticleAuthor(BylineRow):
    """Somebody who signs the article."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="authors")

    class Meta(BylineRow.Meta):
        verbose_name = "signature"
        verbose_name_plural = "signatures"


class ArticleCorrection(CorrectionRow):
    """A correction of the article."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")

    class Meta(CorrectionRow.Meta):
        verbose_name = "correction"
        verbose_name_plural = "corrections"
