"""The way to a sommaire: the menu «Focus», and buttons beside the pages."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.ui.tables.pages import PageStatusColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from cms.models import User
from focus.admin.sommaire_lines import closing_of
from focus.models import FocusPage
from focus.services import KINDS


class FocusIndexView(IndexView):
    """Focuses, the newest bouclage first: too few to be searched or filtered."""

    default_ordering = "-print_deadline"
    is_searchable = False

    def get_base_queryset(self) -> "QuerySet[FocusPage]":
        """Fetch the packages with the focuses."""
        return super().get_base_queryset().prefetch_related("package")


def sommaire_url(focus: Page) -> str:
    """Return the address of the sommaire of a focus."""
    return reverse("focus_sommaire:index", args=(focus.pk,))


class FocusListingViewSet(PageListingViewSet):
    """«Focus»: each leads to its sommaire, with its state and the days to its bouclage."""

    model = FocusPage
    icon = "list-ol"
    menu_label = "Focus"
    menu_order = 205
    add_to_admin_menu = True
    index_view_class = FocusIndexView
    filterset_class = None
    columns = (
        TitleColumn(
            "title",
            label="Focus",
            accessor="get_admin_display_title",
            get_url=sommaire_url,
            sort_key="title",
            classname="title",
        ),
        Column("period", label="Période"),
        Column("closing", label="Bouclage", accessor=closing_of, sort_key="print_deadline"),
        Column("package", label="Parution", accessor="package.get_state_display"),
        PageStatusColumn("status", label="Page", sort_key="live"),
    )


def sommaire_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a focus, or from a page of a focus, to the sommaire; a page header hook."""
    model = page.specific_class
    focus = page if model is FocusPage else None
    if model is not None and model._meta.label_lower in KINDS:
        focus = page.get_parent()
    if focus is not None and focus.permissions_for_user(user).can_edit():
        yield Button("Sommaire", url=sommaire_url(focus), icon_name="list-ol", priority=5)


def sommaire_listing_button(
    page: Page, user: User, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a focus in a list of pages to its sommaire; a hook of the «more» buttons."""
    if page.specific_class is FocusPage and page.permissions_for_user(user).can_edit():
        yield Button("Sommaire", url=sommaire_url(page), icon_name="list-ol", priority=1)
