"""The insert: the section that goes out with the paper, and its format."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from cms.forms.gate import GateForm
from cms.models import BasePage
from cms.models.gate import GateMixin
from focus.models.desk_fields import DeskFieldsMixin
from focus.models.focus import FocusPage
from publishing.panels import PublicationPanel

_MILLIMETRES = {
    "max_digits": 6,
    "decimal_places": 2,
    "validators": [MinValueValidator(50), MaxValueValidator(1000)],
}


class Insert(DeskFieldsMixin, GateMixin, BasePage):
    """A cahier: its format (millimetres), what the printer wants, and its reading page.

    Its printed pages (``pages``) are rows of the print desk, not revisions: see
    ``focus.models.insert_page``.
    """

    class PdfX(models.TextChoices):
        """Which PDF/X the printer asks for (ISO 15930)."""

        ANY = "", "Sans exigence"
        X1A = "PDF/X-1a", "PDF/X-1a"
        X3 = "PDF/X-3", "PDF/X-3"
        X4 = "PDF/X-4", "PDF/X-4"

    width = models.DecimalField("largeur (mm)", default=289, **_MILLIMETRES)
    height = models.DecimalField("hauteur (mm)", default=370, **_MILLIMETRES)
    bleed = models.DecimalField(
        "fond perdu (mm)",
        max_digits=4,
        decimal_places=2,
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(30)],
    )
    page_count = models.PositiveSmallIntegerField(
        "nombre de pages",
        default=settings.INSERT_PAGE_COUNT,
        validators=[MinValueValidator(1), MaxValueValidator(96)],
    )
    ink_limit = models.PositiveSmallIntegerField(
        "encrage maximal (%)",
        default=240,
        validators=[MinValueValidator(100), MaxValueValidator(400)],
        help_text="Somme des quatre encres ; 240 % en presse (ISO 12647-3).",
    )
    pdfx = models.CharField("norme PDF/X", max_length=8, choices=PdfX.choices, blank=True)
    profile = models.CharField(
        "profil de sortie",
        max_length=120,
        blank=True,
        help_text="Nom demandé par l’imprimeur, par exemple « ISOnewspaper26v4 ».",
    )
    printing_notes = models.TextField("consignes de l’imprimeur", blank=True)
    deadline = models.DateTimeField(
        "bouclage du cahier", null=True, blank=True, help_text="Par défaut, celui du focus."
    )
    intro = models.TextField("présentation", blank=True)

    desk_fields = (
        "width",
        "height",
        "bleed",
        "page_count",
        "ink_limit",
        "pdfx",
        "profile",
        "deadline",
        "printing_notes",
    )
    parent_page_types = ["focus.FocusPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("width"), FieldPanel("height"), FieldPanel("bleed")]),
                FieldRowPanel([FieldPanel("page_count"), FieldPanel("ink_limit")]),
                FieldRowPanel([FieldPanel("pdfx"), FieldPanel("profile")]),
            ],
            heading="Format",
            attrs={"data-insert-format": ""},
        ),
        MultiFieldPanel(
            [FieldPanel("deadline"), FieldPanel("printing_notes")], heading="Impression"
        ),
        PublicationPanel(heading="En ligne"),
    ]
    base_form_class = GateForm

    class Meta:
        verbose_name = "cahier"
        verbose_name_plural = "cahiers"

    @cached_property
    def focus(self) -> FocusPage:
        """The focus that the insert belongs to."""
        return self.get_parent().specific

    def clean(self) -> None:
        """Refuse a number of pages that cannot be folded."""
        super().clean()
        multiple = settings.INSERT_PAGE_MULTIPLE
        if self.page_count and self.page_count % multiple:
            problem = f"Un cahier se plie\u00a0: choisissez un multiple de {multiple} pages."
            raise ValidationError({"page_count": problem})

    def publishing_problems(self) -> dict[str, list[str]]:
        """Nothing forbids the page; its PDF waits for the approvals and for the hour."""
        return {}

    def publishing_advice(self) -> list[str]:
        """Say why the cahier itself would not be online yet."""
        from focus.insert_artifacts import absence  # which imports these models

        return list(filter(None, [absence(self)]))

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``focus.reading``."""
        from focus.reading import insert_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **insert_context(self, request)}

    def get_listing_summary(self) -> str:
        """Fall back to the presentation."""
        return super().get_listing_summary() or self.intro
