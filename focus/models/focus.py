"""A focus: a theme, its texts, its insert and its forum, which come out together."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.locks import BaseLock
from wagtail.models import Orderable
from wagtail.search import index

from cms.forms.gate import GateForm
from cms.models import BasePage, Image, Organisation, Person, Territory, Theme
from cms.models.gate import GateMixin
from cms.models.holding import PackageLock
from cms.models.identity import IdentityMixin
from cms.slugs import free_feed_slug
from focus.models.desk_fields import DeskFieldsMixin
from publishing.panels import PublicationPanel


class FocusPage(DeskFieldsMixin, IdentityMixin, GateMixin, BasePage):
    """The package that Solutions solidaires and its hosts make together.

    How often one comes is data (year, semester, rank), never a rule. Its pages go live with it,
    see ``focus.models.package``. ``feed_slug`` is given once: feed addresses never change.
    """

    class Semester(models.IntegerChoices):
        """Half of the year."""

        FIRST = 1, "Premier semestre"
        SECOND = 2, "Second semestre"

    identity_fields = ("feed_slug",)
    desk_fields = ("year", "semester", "rank", "print_deadline", "paper_at")

    feed_slug = models.SlugField("clé des flux", max_length=80, unique=True, editable=False)
    year = models.PositiveSmallIntegerField(
        "année", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    semester = models.PositiveSmallIntegerField(
        "semestre", choices=Semester.choices, default=Semester.FIRST
    )
    rank = models.PositiveSmallIntegerField(
        "rang dans le semestre",
        default=1,
        validators=[MinValueValidator(1)],
        help_text="1, sauf s’il en paraît plusieurs le même semestre.",
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thème"
    )
    chapo = models.TextField("chapô", blank=True)
    cover = models.ForeignKey(
        Image,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="image de couverture",
    )
    responsible = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="responsable éditorial·e",
    )
    territories = ParentalManyToManyField(
        Territory, blank=True, related_name="+", verbose_name="territoires"
    )
    elsewhere_url = models.URLField("espace dédié sur liberation.fr", max_length=500, blank=True)
    paper_at = models.DateTimeField(
        "sortie du journal",
        null=True,
        blank=True,
        help_text="Jour et heure : le cahier n’est lisible en ligne qu’à partir de ce moment.",
    )
    print_deadline = models.DateTimeField(
        "bouclage", null=True, blank=True, help_text="Dernier moment pour valider les pages."
    )

    parent_page_types = ["focus.FocusIndexPage"]
    subpage_types = [
        "focus.ArticlePage",
        "tribunes.TribunePage",
        "focus.Insert",
        "focus.ForumPage",
    ]
    listing_image_fields = (*BasePage.listing_image_fields, "cover")

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("year"), FieldPanel("semester"), FieldPanel("rank")]),
        FieldPanel("theme"),
        FieldPanel("chapo"),
        FieldPanel("cover"),
        FieldPanel("responsible"),
        InlinePanel("partners", label="Partenaire", heading="Partenaires"),
        MultiFieldPanel(
            [FieldPanel("territories", widget=CheckboxSelectMultiple)],
            heading="Territoires",
            classname="in-columns",
        ),
    ]
    calendar_panels = [
        FieldRowPanel([FieldPanel("print_deadline"), FieldPanel("paper_at")]),
        FieldPanel("elsewhere_url"),
        PublicationPanel(heading="Flux publiés"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading="Contenu"),
            ObjectList(calendar_panels, heading="Calendrier et flux"),
            ObjectList(BasePage.promote_panels, heading="Promotion"),
            ObjectList(BasePage.settings_panels, heading="Réglages"),
        ],
        base_form_class=GateForm,
    )
    search_fields = [*BasePage.search_fields, index.SearchField("chapo")]

    class Meta:
        verbose_name = "focus"
        verbose_name_plural = "focus"

    @property
    def period(self) -> str:
        """When it came out, for readers: « Second semestre 2026 »."""
        rank = f" · n° {self.rank}" if self.rank > 1 else ""
        return f"{self.get_semester_display()} {self.year}{rank}"

    def complete_identity(self) -> None:
        """Give the feeds their address, at the first save."""
        if not self.feed_slug:
            self.feed_slug = free_feed_slug(FocusPage, self.slug or self.title)

    def publishing_problems(self) -> dict[str, list[str]]:
        """Return what forbids publishing, in French, by field."""
        return {} if self.chapo.strip() else {"chapo": ["Écrivez le chapô du focus."]}

    def publishing_advice(self) -> list[str]:
        """Return what had better be filled in."""
        wanted = {
            "cover": "Image de couverture",
            "elsewhere_url": "Adresse sur liberation.fr",
            "paper_at": "Sortie du journal",
            "theme": "Thème",
        }
        return [
            f"{label} : à renseigner." for name, label in wanted.items() if not getattr(self, name)
        ]

    def why_pages_wait(self) -> str:
        """Before the package comes out, nothing of it does."""
        if self.pk and self.package.is_out:
            return ""
        return (
            f"Cette page paraît avec le focus « {self.title} » : tout part en même temps,"
            " depuis le sommaire du focus."
        )

    def waiting_problem(self) -> str:
        """The focus itself is a page of its package."""
        return self.why_pages_wait()

    def why_pages_are_locked(self) -> str:
        """What is being approved, or was, does not change silently."""
        if not self.pk or not self.package.is_locked:
            return ""
        return (
            f"Le focus « {self.title} » est {self.package.get_state_display()} : pour modifier"
            " ses pages, rouvrez-le depuis le sommaire."
        )

    def get_lock(self) -> BaseLock | None:
        """Lock the focus with its pages."""
        reason = self.why_pages_are_locked()
        return super().get_lock() or (PackageLock(self, reason) if reason else None)

    def get_context(
        self, request: HttpRequest, *args: object, **kwargs: object
    ) -> dict[str, object]:
        """Add what the page says, see ``focus.presentation``."""
        from focus.presentation import focus_context  # which imports these models

        return {**super().get_context(request, *args, **kwargs), **focus_context(self, request)}

    def get_listing_summary(self) -> str:
        """Fall back to the chapô."""
        return super().get_listing_summary() or self.chapo


class FocusPartner(Orderable):
    """A house that makes the focus with us; there may be several, in an order that counts."""

    focus = ParentalKey(FocusPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="organisation"
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = "partenaire"
        verbose_name_plural = "partenaires"
