"""Where all focuses are found."""

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.blocks import TEXT_FEATURES
from cms.models import BasePage
from publishing.panels import PublicationPanel


class FocusIndexPage(BasePage):
    """The archive of focuses, by year and by theme, and the feed of all their texts."""

    intro = RichTextField("chapô", features=TEXT_FEATURES, blank=True)

    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["focus.FocusPage"]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        PublicationPanel(heading="Flux publié"),
    ]

    class Meta:
        verbose_name = "page des focus"
        verbose_name_plural = "pages des focus"

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``focus.presentation``."""
        from focus.presentation import index_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}
