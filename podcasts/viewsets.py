"""Sounds and episodes in the admin: upload, choice, listings."""

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.views.generic.chooser import CreateView as ChooserCreateView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import BaseChooser

from podcasts.chapters import format_timecode
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
    list_display = ("title", Column("summary", label="Analyse"), DateColumn("created_at"))
    search_fields = ("title",)
    ordering = ("-created_at",)
    add_view_class = AudioCreateView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        """Upload at first; afterwards only the title changes."""
        return AudioTitleForm if for_update else AudioForm


class EpisodeIndexView(IndexView):
    """Episodes with what only the pipeline knows."""

    def get_base_queryset(self) -> "QuerySet[EpisodePage]":
        """Join the state in the feed, the sound and the date: no query per line."""
        key = Concat(Value(f"{EPISODE_LABEL}:"), Cast(OuterRef("pk"), CharField()))
        state = Publication.objects.filter(key=key).values("state")
        return (
            super()
            .get_base_queryset()
            .select_related("audio")
            .annotate(
                feed_state=Subquery(state),
                date=Coalesce("publication_date", "first_published_at"),
            )
        )


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
            accessor=lambda page: (
                format_timecode(round(page.audio.duration))
                if page.audio and page.audio.duration
                else ""
            ),
            sort_key="audio__duration",
        ),
        PageStatusColumn("status", label="Page", sort_key="live"),
    )
