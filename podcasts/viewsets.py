"""Sounds and episodes in the admin: upload, choice, listings."""

from django.contrib import messages
from django.db import transaction
from django.db.models import CharField, F, OuterRef, ProtectedError, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.forms import Form, ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView
from wagtail.admin.views.generic.chooser import CreateView as ChooserCreateView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import BaseChooser

from podcasts.forms.audio import AudioForm, AudioTitleForm
from podcasts.models import Audio, EpisodePage
from podcasts.querysets import EPISODE_LABEL
from publishing.models import Publication


def audio_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is known of a sound: a fragment that the page editor follows."""
    audio = get_object_or_404(Audio, pk=pk)
    return render(request, "podcasts/audio_state.html", {"audio": audio})


class AudioCreateView(CreateView):
    """Remembers who uploaded the sound."""

    def save_instance(self) -> Audio:
        """Save the sound with its author."""
        self.form.instance.uploaded_by = self.request.user
        return super().save_instance()


class AudioDeleteView(DeleteView):
    """Keeps what an episode needs, be it a draft.

    Wagtail asks its reference index, which is a few seconds late and knows no draft of a page
    that is live.
    """

    def form_valid(self, form: Form) -> HttpResponse:
        """Delete the sound, or say what keeps it."""
        if draft := EpisodePage.objects.filter(
            latest_revision__content__audio=self.object.pk
        ).first():
            return self._refuse(f"le brouillon de « {draft.draft_title} » s’en sert.")
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ProtectedError:
            return self._refuse("un épisode s’en sert.")

    def _refuse(self, reason: str) -> HttpResponse:
        messages.error(
            self.request,
            f"« {self.object} » n’est pas supprimé : {reason} Choisissez-y d’abord un autre son.",
        )
        return redirect(self.index_url_name)


class AudioChooserCreateView(ChooserCreateView):
    """The same, from inside the page editor."""

    def save_form(self, form: ModelForm) -> Audio:
        """Save the sound with its author."""
        form.instance.uploaded_by = self.request.user
        return form.save()


class AudioChooserWidget(BaseChooser):
    """Shows, next to the chosen sound, what is known of it while it is analysed."""

    template_name = "podcasts/widgets/audio_chooser.html"


class AudioChooserViewSet(ChooserViewSet):
    """Choose a sound, or upload one."""

    model = Audio
    icon = "waveform"
    choose_one_text = "Choisir ou envoyer un son"
    choose_another_text = "Choisir un autre son"
    edit_item_text = "Modifier ce son"
    creation_form_class = AudioForm
    creation_tab_label = "Envoyer un fichier"
    create_action_label = "Envoyer"
    search_tab_label = "Sons déjà envoyés"
    create_view_class = AudioChooserCreateView
    base_widget_class = AudioChooserWidget


class AudioViewSet(ModelViewSet):
    """The list of sounds."""

    model = Audio
    icon = "waveform"
    menu_label = "Sons"
    menu_order = 220
    add_to_admin_menu = True
    list_display = (
        "title",
        Column("summary", label="Analyse"),
        DateColumn("created_at", label="Envoyé", sort_key="created_at"),
    )
    search_fields = ("title",)
    ordering = ("-created_at",)
    add_view_class = AudioCreateView
    delete_view_class = AudioDeleteView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        """Upload at first; afterwards only the title changes."""
        return AudioTitleForm if for_update else AudioForm


_TOLD_BY_OTHERS = ("date", "feed_state", "audio__duration")
"""Columns that the search index does not know."""


class EpisodeIndexView(IndexView):
    """Episodes with what only the pipeline knows."""

    def get_base_queryset(self) -> "QuerySet[EpisodePage]":
        """Join the state in the feed, the sound and the date: no query per line."""
        key = Concat(Value(f"{EPISODE_LABEL}:"), Cast(OuterRef("pk"), CharField()))
        never = Q(state=Publication.State.WITHDRAWN, published_at=None)
        state = Publication.objects.filter(~never, key=key).values("state")
        return (
            super()
            .get_base_queryset()
            .prefetch_related("audio")  # what select_related brings, specific() loses
            .annotate(
                feed_state=Subquery(state),
                date=Coalesce("publication_date", "first_published_at"),
            )
        )

    def get_valid_orderings(self) -> list[str]:
        """Leave out, while searching, what the index cannot sort."""
        orderings = super().get_valid_orderings()
        if self.is_searching:
            return [name for name in orderings if name.lstrip("-") not in _TOLD_BY_OTHERS]
        return orderings

    def order_queryset(self, queryset: "QuerySet[EpisodePage]") -> "QuerySet[EpisodePage]":
        """Put episodes without date, number… before the others, on any database."""
        name = (self.ordering or "").lstrip("-")
        if name not in (*_TOLD_BY_OTHERS, "number") or self.is_searching:
            return super().order_queryset(queryset)
        if self.ordering == name:
            return queryset.order_by(F(name).asc(nulls_last=True), "pk")
        return queryset.order_by(F(name).desc(nulls_first=True), "pk")


class EpisodeListingViewSet(PageListingViewSet):
    """«Épisodes»: number, date, state in the feed, duration."""

    model = EpisodePage
    icon = "headphones"
    name = "episodes"
    menu_label = "Épisodes"
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = EpisodeIndexView
    columns = (
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label="Question", sort_key="title", classname="title"),
        Column("number", label="Numéro", sort_key="number"),
        DateColumn("date", label="Date", sort_key="date"),
        Column(
            "feed_state",
            label="Dans le flux",
            accessor=lambda page: (
                Publication.State(page.feed_state).label if page.feed_state else "jamais"
            ),
            sort_key="feed_state",
        ),
        Column(
            "duration",
            label="Durée",
            accessor=lambda page: page.audio.length if page.audio else "",
            sort_key="audio__duration",
        ),
        PageStatusColumn("status", label="Page", sort_key="live"),
    )
