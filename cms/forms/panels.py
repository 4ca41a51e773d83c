"""Panels that several page types show."""

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel

from publishing.panels import PublicationPanel


def about_panels() -> list[Panel]:
    """Return what a text is about, and how long it should be, and where it stands online."""
    return [
        FieldPanel("target_signes"),
        MultiFieldPanel(
            [
                FieldPanel("themes", widget=CheckboxSelectMultiple),
                FieldPanel("territories", widget=CheckboxSelectMultiple),
            ],
            heading="Thèmes et territoires",
            classname="in-columns",
        ),
        PublicationPanel(heading="En ligne"),
    ]
