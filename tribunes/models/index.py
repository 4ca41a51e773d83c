"""Where all tribunes are found."""

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.blocks import TEXT_FEATURES
from cms.models import BasePage
from publishing.panels import PublicationPanel


class TribuneIndexPage(BasePage):
    """All tribunes, those of focuses and those that stand alone, with search and feeds."""

    intro = RichTextField("chapô", features=TEXT_FEATURES, blank=True)

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["tribunes.TribunePage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        PublicationPanel(heading="Flux publié"),
    ]

    class Meta:
        verbose_name = "page des tribunes"
        verbose_name_plural = "pages des tribunes"

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``tribunes.site.index``."""
        from tribunes.site.index import index_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}
