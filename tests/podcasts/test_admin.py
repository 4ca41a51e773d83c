"""The screens around the page editor: lists, approvals, sounds, preview."""

import re
from datetime import date

import pytest
import requests
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.models import HomePage
from podcasts.models import Audio, EpisodePage, ShowPage
from tests.factories.cms import UserFactory
from tests.factories.podcasts import (
    AudioFactory,
    CoverFactory,
    EpisodeFactory,
    ShowFactory,
    republish,
)
from tests.podcasts.editor import (
    Editor,
    chief_editor,
    document,
    edit_url,
    fields,
    messages,
    newsroom,
    reporter,
    without,
)
from tests.services import S3

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]


def is_live(page: Page) -> bool:
    """Ask the database whether a page is live."""
    return Page.objects.get(pk=page.pk).live


def test_the_tabs_and_panels_are_in_french() -> None:
    screen = document(chief_editor().client.get(edit_url(EpisodeFactory())))
    tabs = [" ".join(tab.text.split()) for tab in screen.xpath("//a[@role='tab']")]
    assert tabs[:4] == ["Contenu", "Son et flux", "Promotion", "Réglages"]
    headings = screen.xpath("//h2[contains(@class, 'w-panel__heading')]")
    words = " ".join(" ".join(heading.text_content().split()) for heading in headings)
    for wanted in (
        "Question",
        "Son",
        "Résumé",
        "Voix",
        "Chapitres",
        "Transcription",
        "Dans le flux",
    ):
        assert wanted in words
    assert not re.search(r"\b(created|feed|title|audio|artwork|summary)\b", words, re.IGNORECASE)


def test_publishing_several_at_once_publishes_all_of_them() -> None:
    editor, pages = chief_editor(), [EpisodeFactory(published=False) for _ in range(2)]
    editor.publish_together(*pages)
    assert all(map(is_live, pages))


def test_publishing_several_at_once_says_which_one_is_incomplete_and_publishes_none() -> None:
    editor = chief_editor()
    good = EpisodeFactory(published=False)
    bad = EpisodeFactory(published=False, audio=None, title="Qui soigne ?", summary="")
    bad.save_revision(clean=False)
    answer = editor.publish_together(good, bad)
    [message] = messages(answer)
    assert "« Qui soigne ? » ne peut pas paraître." in message
    assert "Choisissez le son" in message
    assert not is_live(good)
    assert not is_live(bad)


def test_publishing_a_show_with_all_below_it_says_which_episode_is_incomplete() -> None:
    editor = chief_editor()
    show = ShowFactory(published=False)
    EpisodeFactory(parent=show, published=False, audio=None)
    answer = editor.publish_together(show, include_descendants=True)
    assert "Choisissez le son" in messages(answer)[0]
    assert not is_live(show)


def approval(page: Page) -> str:
    """Return the address at which the dashboard approves a submitted page."""
    state = EpisodePage.objects.get(pk=page.pk).current_workflow_task_state
    return reverse("wagtailadmin_pages:workflow_action", args=(page.pk, "approve", state.pk))


def test_a_submitted_episode_goes_live_when_it_is_approved() -> None:
    episode = EpisodeFactory(published=False)
    reporter().submit(episode)
    chief_editor().client.post(approval(episode))
    assert is_live(episode)


@pytest.mark.parametrize("headers", [{}, {"X-Requested-With": "XMLHttpRequest"}])
def test_approving_what_may_no_longer_appear_says_so_and_leaves_it_to_be_approved(
    headers: dict[str, str],
) -> None:
    cover = CoverFactory()
    episode = EpisodeFactory(published=False, artwork=cover)
    reporter().submit(episode)
    cover.rights_expire_on = date(2020, 1, 1)
    cover.save()
    client = chief_editor().client
    answer = client.post(approval(episode), {"next": "/admin/episodes/"}, headers=headers)
    if headers:
        assert answer.json() == {"step": "success", "redirect": "/admin/episodes/"}
    else:
        assert answer.url == "/admin/episodes/"
    assert "ont expiré" in messages(client.get("/admin/episodes/"))[0]
    episode = EpisodePage.objects.get()
    assert not episode.live
    assert episode.workflow_in_progress


def test_a_copy_with_an_identity_of_its_own_is_made_by_the_screen() -> None:
    editor, episode = chief_editor(), EpisodeFactory()
    url = reverse("wagtailadmin_pages:copy", args=(episode.pk,))
    form = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": episode.show.pk}
    assert editor.client.post(url, form).status_code == 302
    assert EpisodePage.objects.values("guid").distinct().count() == 2


def test_a_copy_is_not_published_at_once_under_the_number_of_its_model() -> None:
    editor, episode = chief_editor(), EpisodeFactory()
    url = reverse("wagtailadmin_pages:copy", args=(episode.pk,))
    form = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": episode.show.pk}
    answer = editor.client.post(url, {**form, "publish_copies": "on"}, follow=True)
    assert "Ce numéro est déjà celui de" in answer.content.decode()
    assert EpisodePage.objects.count() == 1


def test_reverting_to_a_revision_whose_sound_was_deleted_opens_the_form() -> None:
    editor, episode = chief_editor(), EpisodeFactory()
    old, sound = episode.latest_revision, episode.audio
    republish(episode, audio=AudioFactory())
    sound.delete()
    url = reverse("wagtailadmin_pages:revisions_revert", args=(episode.pk, old.pk))
    assert document(editor.client.get(url)).xpath("//input[@name='audio']/@value") == []


@pytest.mark.parametrize("kind", ["episode", "show"])
def test_every_screen_of_a_page_opens(kind: str) -> None:
    editor = chief_editor()
    episode = EpisodeFactory(rich=True, chapters=(0, 5))
    page = episode if kind == "episode" else episode.show
    first = page.revisions.earliest("created_at")
    republish(page, title="Un autre titre")
    changes = (
        {"transcript": "", **without("chapters", editor.open(page))} if page == episode else {}
    )
    editor.save(page, **changes)
    names = ("edit", "history", "usage", "copy", "move", "delete", "unpublish", "view_draft")
    addresses = [reverse(f"wagtailadmin_pages:{name}", args=(page.pk,)) for name in names]
    for pair in ((first.pk, "live"), ("live", "latest"), ("earliest", "latest")):
        addresses.append(reverse("wagtailadmin_pages:revisions_compare", args=(page.pk, *pair)))
    addresses.append(reverse("wagtailadmin_pages:revisions_view", args=(page.pk, first.pk)))
    for address in addresses:
        assert editor.client.get(address).status_code == 200, address


# Sounds


def test_every_screen_of_a_sound_opens() -> None:
    client, audio = chief_editor().client, AudioFactory()
    for name in ("edit", "delete", "history", "usage"):
        assert client.get(reverse(f"sons:{name}", args=(audio.pk,))).status_code == 200, name


def delete_sound(editor: Editor, audio: Audio) -> str:
    """Ask for the deletion of a sound; return what is said."""
    answer = editor.client.post(reverse("sons:delete", args=(audio.pk,)), follow=True)
    assert answer.status_code == 200
    return " ".join(messages(answer))


def test_a_sound_that_nobody_uses_is_deleted_with_its_original(
    s3: S3, django_capture_on_commit_callbacks: object
) -> None:
    editor, audio = chief_editor(), AudioFactory()
    with django_capture_on_commit_callbacks(execute=True):
        assert "supprimé" in delete_sound(editor, audio)
    assert not Audio.objects.exists()
    assert audio.file.name not in s3.keys(s3.private)


@pytest.mark.parametrize("index_is_up_to_date", [True, False])
def test_a_sound_in_use_is_not_deleted(index_is_up_to_date: bool) -> None:
    editor, audio = chief_editor(), EpisodeFactory().audio
    if index_is_up_to_date:
        call_command("rebuild_references_index", verbosity=0)
    said = delete_sound(editor, audio)
    assert Audio.objects.filter(pk=audio.pk).exists()
    assert re.search("n’est pas supprimé|n'avez pas", said)


def test_a_sound_that_only_a_draft_uses_is_not_deleted() -> None:
    editor, episode, audio = chief_editor(), EpisodeFactory(title="Qui soigne ?"), AudioFactory()
    assert editor.save(episode, audio=audio.pk).status_code == 302
    assert "le brouillon de « Qui soigne ? » s’en sert" in delete_sound(editor, audio)
    assert EpisodePage.objects.get().get_latest_revision_as_object().audio == audio


def test_the_state_of_a_sound_is_told_to_the_newsroom_only() -> None:
    audio = AudioFactory()
    url = reverse("podcasts_audio_state", args=(audio.pk,))
    assert Client().get(url).status_code == 302
    outsider = Client()
    outsider.force_login(UserFactory())
    assert outsider.get(url).status_code == 302
    editor = reporter()
    said = editor.client.get(url).content.decode()
    assert "00:00:15, MP3" in said
    source = re.search(r'src="([^"]+)"', said)[1].replace("&amp;", "&")
    assert requests.get(source, timeout=20).status_code == 200
    assert requests.get(source.partition("?")[0], timeout=20).status_code == 403
    assert editor.client.get(reverse("podcasts_audio_state", args=(0,))).status_code == 404


def test_the_reason_of_a_refusal_is_escaped() -> None:
    audio = AudioFactory(examined=False)
    Audio.objects.update(state=Audio.State.REFUSED, problem="<b>Non</b>")
    said = reporter().client.get(reverse("podcasts_audio_state", args=(audio.pk,)))
    assert "&lt;b&gt;Non" in said.content.decode()


def test_only_the_title_of_a_sound_can_be_changed() -> None:
    editor, audio = reporter(), AudioFactory()
    url = reverse("sons:edit", args=(audio.pk,))
    names = set(document(editor.client.get(url)).xpath("//form//input[@type!='hidden']/@name"))
    assert {"title"} <= names
    assert "file" not in names
    editor.client.post(url, {"title": "Un autre titre", "state": "pending"})
    audio.refresh_from_db()
    assert (audio.title, audio.state) == ("Un autre titre", Audio.State.READY)


# Permissions


def test_a_reporter_sees_what_reporters_need() -> None:
    client = reporter().client
    for name in ("episodes:index", "sons:index", "sons:add", "choisir-un-son:choose"):
        assert client.get(reverse(name)).status_code == 200, name
    audio = AudioFactory()
    assert client.get(reverse("sons:delete", args=(audio.pk,))).status_code == 302
    assert client.get(reverse("sons:edit", args=(audio.pk,))).status_code == 200


def test_somebody_without_a_role_sees_nothing() -> None:
    client = Client()
    client.force_login(UserFactory())
    for name in ("episodes:index", "sons:index", "sons:add", "choisir-un-son:choose"):
        assert client.get(reverse(name)).status_code == 302, name


# Preview


def test_a_draft_is_heard_in_its_preview_and_nowhere_else(s3: S3) -> None:
    editor, episode = chief_editor(), EpisodeFactory(published=False)
    url = reverse("wagtailadmin_pages:view_draft", args=(episode.pk,))
    page = document(editor.client.get(url))
    source = page.xpath("//audio/@src | //audio/source/@src")[0]
    assert "X-Amz-Signature" in source
    assert requests.get(source, timeout=20).status_code == 200
    assert Client().get(url).status_code == 302
    assert Client().get(episode.url).status_code == 404
    assert s3.keys() == []


def test_an_episode_that_is_being_written_can_be_previewed_before_it_is_saved() -> None:
    editor, show = chief_editor(), ShowFactory()
    form = editor.open_new(show) | {"title": "Qui soigne ?", "slug": "soin"}
    url = reverse("wagtailadmin_pages:preview_on_add", args=("podcasts", "episodepage", show.pk))
    assert editor.client.post(url, form).json() == {"is_valid": True, "is_available": True}
    page = editor.client.get(url)
    assert page.status_code == 200
    assert "Qui soigne ?" in page.content.decode()


def test_a_show_that_is_being_written_can_be_previewed() -> None:
    editor = chief_editor()
    home = HomePage.objects.get()
    url = reverse("wagtailadmin_pages:add", args=("podcasts", "showpage", home.pk))
    form = {"title": "Trois voix", "slug": "trois-voix", "language": "fr", "show_type": "episodic"}
    answer = editor.client.get(url)
    url = reverse("wagtailadmin_pages:preview_on_add", args=("podcasts", "showpage", home.pk))
    assert editor.client.post(url, fields(answer) | form).json()["is_available"]
    assert editor.client.get(url).status_code == 200
    assert not ShowPage.objects.exists()
