"""Panels that several page types show."""

from collections.abc import Sequence

from django.forms import CheckboxSelectMultiple
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)
from wagtail.models import Page

from cms.forms.gate import GateForm
from cms.models.base import BasePage, CreditsMixin
from publishing.panels import PublicationPanel


def text_tabs(
    content_panels: Sequence[Panel], terms_panels: Sequence[Panel] = ()
) -> TabbedInterface:
    """Return the tabs of a text that passes the gate: its content, then what all texts share.

    ``terms_panels`` are those of a text that says more of its republication than its licence.
    """
    terms = [ObjectList(terms_panels, heading="Reprise")] if terms_panels else []
    credits_ = [FieldPanel("credits")] if terms_panels else CreditsMixin.credits_panels
    return TabbedInterface(
        [
            ObjectList(content_panels, heading="Contenu"),
            ObjectList(about_panels(), heading="Classement"),
            *terms,
            ObjectList(BasePage.promote_panels, heading="Promotion"),
            ObjectList([*credits_, *Page.settings_panels], heading="Réglages"),
        ],
        base_form_class=GateForm,
    )


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
