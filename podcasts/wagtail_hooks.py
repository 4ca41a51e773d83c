"""Podcasts inside the Wagtail admin."""

from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.models import Page

from podcasts.models import EpisodePage
from podcasts.viewsets import (
    AudioChooserViewSet,
    AudioViewSet,
    EpisodeListingViewSet,
    audio_state,
)


@hooks.register("register_admin_viewset")
def viewsets() -> list[object]:
    """Screens for sounds and episodes."""
    return [
        AudioViewSet("sons", url_prefix="sons"),
        AudioChooserViewSet("choisir-un-son", url_prefix="choisir-un-son"),
        EpisodeListingViewSet("episodes", url_prefix="episodes"),
    ]


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """Address that tells the state of a sound."""
    return [path("sons/<int:pk>/etat/", audio_state, name="podcasts_audio_state")]


@hooks.register("after_publish_page")
def say_where_to_look(request: HttpRequest, page: Page) -> None:
    """Say where the editor sees the feed follow."""
    if isinstance(page, EpisodePage) and page.live:
        messages.info(
            request,
            "Le flux suit dans quelques secondes : voyez la colonne « Dans le flux » des épisodes,"
            " ou l’onglet «\u202fSon et flux\u202f» de celui-ci.",
        )


@hooks.register("register_icons")
def icons(registered: list[str]) -> list[str]:
    """Our own icons."""
    return [*registered, "podcasts/icons/headphones.svg", "podcasts/icons/waveform.svg"]


@hooks.register("insert_global_admin_css")
def styles() -> str:
    """Styles of the screens where episodes are composed."""
    return format_html('<link rel="stylesheet" href="{}">', static("podcasts/admin.css"))


@hooks.register("insert_global_admin_js")
def audio_script() -> str:
    """Script that shows the progress of an upload and of the analysis."""
    return format_html('<script type="module" src="{}"></script>', static("podcasts/audio.js"))
