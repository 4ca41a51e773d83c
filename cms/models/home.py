"""The first page of the site."""

from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.blocks import TEXT_FEATURES
from cms.models.base import BasePage
from cms.models.information import InformationPage
from cms.selectors import latest_pages

LATEST_COUNT = 12


class HomePage(BasePage):
    """The root of the site: an introduction, then the latest pages of every application."""

    intro = RichTextField("chapô", features=TEXT_FEATURES, blank=True)

    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["focus.FocusIndexPage", "podcasts.ShowPage", "cms.InformationPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = "page d’accueil"
        verbose_name_plural = "pages d’accueil"

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add ``latest``, the newest pages of the site."""
        latest = latest_pages(LATEST_COUNT, exclude=(HomePage, InformationPage))
        return {**super().get_context(request, *args, **kwargs), "latest": latest}
