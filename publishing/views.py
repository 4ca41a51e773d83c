"""What editors see of publications: the report, the state of one, and «Republier»."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.auth import permission_required
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from publishing import registry
from publishing.conf import public_url
from publishing.models import Publication, PublishedObject
from publishing.staleness import distrust, mark_stale

PERMISSION = "publishing.change_publication"


class PublicationFilterSet(WagtailFilterSet):
    """Filter by state."""

    class Meta:
        model = Publication
        fields = ("state",)


class TemplateColumn(Column):
    """A column with a template of its own."""

    def __init__(self, name: str, label: str, template: str, sort_key: str | None = None) -> None:
        """Remember which template shows a cell."""
        super().__init__(name, label=label, sort_key=sort_key)
        self.cell_template_name = template

    def get_cell_context_data(self, instance: Publication, parent_context: Any) -> dict[str, Any]:
        """Let a form in a cell be sent: a cell is rendered without its request."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return {**context, "csrf_token": get_token(parent_context["request"])}


class PublicationsReport(ReportView):
    """Everything that is, was or should be in the public bucket, and why it is not."""

    page_title = "Publications"
    header_icon = "upload"
    model = Publication
    index_url_name = "publishing_report"
    index_results_url_name = "publishing_report_results"
    filterset_class = PublicationFilterSet
    default_ordering = "-since"
    any_permission_required = ("change",)
    list_export = ("key", "title", "state", "since", "reason", "detail", "attempts", "digest")
    columns = (
        TemplateColumn("title", "Objet", "publishing/columns/object.html", sort_key="title"),
        TemplateColumn("state", "État", "publishing/columns/state.html", sort_key="state"),
        DateColumn("since", label="Depuis", sort_key="since"),
        Column("attempts", label="Essais", sort_key="attempts"),
        TemplateColumn("digest", "Empreinte", "publishing/columns/digest.html"),
        TemplateColumn("actions", "", "publishing/columns/actions.html"),
    )

    def get_queryset(self) -> "QuerySet[Publication]":
        """Fetch what each line shows in a constant number of queries."""
        publications: QuerySet[Publication] = super().get_queryset()
        return publications.prefetch_related("objects_published")

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """Add kind, editor and address to each publication of the screen."""
        finder = AdminURLFinder(self.request.user)
        instances = _instances([publication.key for publication in object_list])
        for publication in object_list:
            instance = instances.get(publication.key)
            publication.edit_url = finder.get_edit_url(instance) if instance else None
            describe(publication)
        return object_list


def _instances(keys: list[str]) -> dict[str, Model]:
    """Return what still exists of the published objects, in one query a type."""
    found: dict[str, Model] = {}
    for known in registry.types():
        pks = [key.rpartition(":")[2] for key in keys if registry.find(key) is known]
        for pk, instance in known.model._default_manager.in_bulk(pks).items():
            found[known.key(pk)] = instance
    return found


def describe(publication: Publication) -> None:
    """Add what templates show: ``kind``, ``objects_live`` and ``main_url``."""
    shown: Any = publication
    known = registry.find(publication.key)
    shown.kind = known.verbose_name if known else "contenu inconnu"
    shown.objects_live = [
        row for row in publication.objects_published.all() if row.state == row.State.LIVE
    ]
    # What a person wants to open: the feed, else the sound, else whatever there is.
    main = sorted(shown.objects_live, key=lambda row: (not row.announce, row.role != "audio"))
    shown.main_url = public_url(main[0].key) if main else ""


def state(request: HttpRequest, key: str) -> HttpResponse:
    """Show where one publication stands; a fragment that the page editor follows."""
    publication = Publication.objects.filter(key=key).first()
    if publication is not None:
        describe(publication)
    moving = publication is not None and publication.state in (
        Publication.State.STALE,
        Publication.State.PUBLISHING,
    )
    context = {
        "publication": publication,
        "moving": moving,
        "may_republish": request.user.has_perm(PERMISSION),
    }
    return render(request, "publishing/state.html", context)


@permission_required(PERMISSION)
@require_POST
def republish(request: HttpRequest, key: str) -> HttpResponse:
    """Queue a publication at once and upload all it has again, whatever happened before."""
    publication = get_object_or_404(Publication, key=key)
    mark_stale([key])
    distrust(PublishedObject.objects.filter(publication=publication))
    messages.success(request, f"«\u202f{publication}\u202f» va être remis en ligne.")
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("publishing_report")
