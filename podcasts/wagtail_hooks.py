"""Podcasts inside the Wagtail admin."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
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


@hooks.register("register_icons")
def icons(registered: list[str]) -> list[str]:
    """Our own icons."""
    return [*registered, "podcasts/icons/headphones.svg", "podcasts/icons/waveform.svg"]


@hooks.register("insert_global_admin_js")
def audio_script() -> str:
    """Script that shows the progress of an upload and of the analysis."""
    return format_html('<script type="module" src="{}"></script>', static("podcasts/audio.js"))


@hooks.register("before_bulk_action")
def refuse_incomplete_episodes(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action_class: object
) -> HttpResponse | None:
    """Say in the list, too, why an episode may not be published yet."""
    if request.method != "POST" or action_type != "publish":
        return None
    refused = []
    for page in objects:
        latest = page.get_latest_revision_as_object()
        if isinstance(latest, EpisodePage) and (problems := latest.publishing_problems()):
            texts = [text for messages_ in problems.values() for text in messages_]
            refused.append(f"« {latest.title} » : {' '.join(texts)}")
    if not refused:
        return None
    for text in refused:
        messages.error(request, text)
    return redirect(request.POST.get("next") or request.GET.get("next") or "wagtailadmin_home")
