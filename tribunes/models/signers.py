"""Who writes and who signs a tribune, as they were on the day."""

from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.forms import Textarea
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from cms.models import BylineRow, Organisation, Territory

_AS_TYPED = (
    "À la date du texte\u202f; fonction et organisation vides toutes deux, celles du carnet."
)


def _panel(name: str, **options: Any) -> FieldPanel:
    """Return a field that is light: hundreds of rows stand in one form.

    No comment button, no text area that measures the whole page to grow.
    """
    return FieldPanel(name, disable_comments=True, **options)


class SignerRow(BylineRow):
    """A signature with what must not follow the person: biography, links of interest, territory.

    A role or an organisation that was typed is the whole signature, as those who sign wrote it:
    the address book adds nothing to it.

    ``institution`` is the organisation of the address book that bears the name ``organisation``,
    so that «which of our partners signed?» is a query.
    """

    biography = models.TextField(
        "présentation",
        blank=True,
        help_text="À la date du texte\u202f; par défaut, la biographie actuelle.",
    )
    interests = models.TextField(
        "liens d’intérêts",
        blank=True,
        help_text="Mandats, emplois, financements en rapport avec le sujet, en une phrase.",
    )
    territory = models.ForeignKey(
        Territory,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="département",
    )
    institution = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    panels = [
        _panel("person"),
        FieldRowPanel(
            [_panel("role", help_text=_AS_TYPED), _panel("organisation", help_text=_AS_TYPED)]
        ),
        _panel(
            "biography",
            widget=Textarea(attrs={"rows": 2}),
            help_text="À la date du texte\u202f; vide, la biographie du carnet, si fonction et"
            " organisation sont celles du carnet.",
        ),
        FieldRowPanel(
            [_panel("interests", widget=Textarea(attrs={"rows": 2})), _panel("territory")]
        ),
    ]

    search_fields = [
        index.SearchField("organisation"),
        index.RelatedFields(
            "person", [index.SearchField("first_name"), index.SearchField("last_name")]
        ),
    ]
    """What a tribune is found by, of those who sign it."""

    class Meta(BylineRow.Meta):
        abstract = True

    @classmethod
    def with_names(cls) -> models.QuerySet[Any]:
        """Return the rows with all that they name, joined: there may be thousands of them."""
        return cls.objects.select_related("person", "territory", "institution__partner")

    @classmethod
    def find_institutions(cls, page: models.Model) -> None:
        """Find the organisations of the address book by the names that the rows of a page keep."""
        named = Organisation.objects.filter(name=OuterRef("organisation"))
        cls.objects.filter(tribune=page).update(institution=Subquery(named.values("pk")))

    def complete(self) -> None:
        """Take from the address book what does not contradict the signature that was typed."""
        person = self.person
        organisation = person.organisation.name if person.organisation else ""
        if not self.role and not self.organisation:
            self.role, self.organisation = person.role, organisation
        if self.role in ("", person.role) and self.organisation in ("", organisation):
            self.biography = self.biography or person.biography
