"""Admin screens of what pages refer to, in two menus."""

from django.contrib import messages
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views import snippets

from cms.forms.choosers import ChooserViewSet
from cms.models import Licence, Organisation, Person, Territory, Theme


class DeleteView(snippets.DeleteView):
    """Says where an object is used when the database refuses to delete it.

    Wagtail asks its reference index beforehand, but that index is a few seconds late: the task
    queue keeps it.
    """

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete the object, or show what keeps it."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                f"« {self.object} » sert encore : remplacez-le partout où il est utilisé, "
                "puis supprimez-le.",
            )
            return redirect(self.usage_url)


class SnippetViewSet(snippets.SnippetViewSet):
    """What our screens share; nothing is copied, because identifiers belong to one object."""

    copy_view_enabled = False
    delete_view_class = DeleteView
    chooser_viewset_class = ChooserViewSet


class PersonViewSet(SnippetViewSet):
    """People."""

    model = Person
    icon = "user"
    list_display = ["__str__", "role", Column("organisation", label="Organisation")]
    list_filter = ["organisation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        """Fetch the organisations with the people."""
        return Person.objects.select_related("organisation")


class OrganisationViewSet(SnippetViewSet):
    """Organisations."""

    model = Organisation
    icon = "group"
    list_display = ["name", "kind", "website"]
    list_filter = ["kind"]


class ThemeViewSet(SnippetViewSet):
    """Themes."""

    model = Theme
    icon = "tag"
    list_display = ["name", "slug"]


class TerritoryViewSet(SnippetViewSet):
    """Départements, which newsrooms look up and administrators change."""

    model = Territory
    icon = "globe"
    list_display = ["name", "code"]
    inspect_view_enabled = True


class LicenceViewSet(SnippetViewSet):
    """Licences, which newsrooms look up and administrators change."""

    model = Licence
    icon = "clipboard-list"
    list_display = ["name", "code", "url"]
    inspect_view_enabled = True


class AddressBookGroup(snippets.SnippetViewSetGroup):
    """What editors keep up to date."""

    menu_label = "Carnet"
    menu_icon = "group"
    menu_order = 300
    items = (PersonViewSet, OrganisationViewSet, ThemeViewSet)


class ReferenceGroup(snippets.SnippetViewSetGroup):
    """What seldom changes."""

    menu_label = "Références"
    menu_icon = "list-ul"
    menu_order = 310
    items = (TerritoryViewSet, LicenceViewSet)
