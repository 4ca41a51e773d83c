"""What every site must say of itself: mentions légales, accessibility, privacy."""

from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField

from cms.blocks import TEXT_FEATURES
from cms.models.base import BasePage


class InformationPage(BasePage):
    """A plain text that the foot of every page links to (LCEN; RGAA 4.1 asks for a declaration)."""

    body = RichTextField("texte", features=["h2", "h3", *TEXT_FEATURES])

    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "page d’information"
        verbose_name_plural = "pages d’information"
