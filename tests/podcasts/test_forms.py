"""A draft may be incomplete; what goes live may not, and the form says what is missing, where."""

import html
import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from podcasts.forms.artwork import artwork_problems
from podcasts.models import EpisodePage, ShowPage
from podcasts.roles import LABELS, REQUIRED
from tests.factories.cms import PersonFactory
from tests.factories.podcasts import AudioFactory, CoverFactory, EpisodeFactory, ShowFactory
from tests.podcasts.editor import (
    Fields,
    chief_editor,
    document,
    edit_url,
    errors,
    fields,
    lines,
    new_episode_url,
    newsroom,
    reporter,
    without,
)
from tests.services import S3

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

GOOD_VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Nora>Bonjour.\n"


def voices(*roles: str) -> Fields:
    """Return lines of the panel «Voix»."""
    return lines("participants", [{"person": PersonFactory().pk, "role": role} for role in roles])


def test_a_draft_is_saved_with_nothing_but_a_title() -> None:
    editor, show = chief_editor(), ShowFactory()
    url = new_episode_url(show)
    form = editor.open_new(show)
    answer = editor.send(url, form, title="Qui prendra soin de nous ?", slug="soin")
    episode = EpisodePage.objects.get()
    assert answer.status_code == 302
    assert not episode.live
    assert editor.save(episode, summary="Un début.").status_code == 302
    episode = EpisodePage.objects.get()
    assert episode.get_latest_revision_as_object().summary == "Un début."


def test_a_draft_is_saved_by_itself_while_it_is_typed() -> None:
    editor, show = chief_editor(), ShowFactory()
    form = editor.open_new(show) | {"slug": "soin"}
    answer = editor.autosave(new_episode_url(show), form, title="Qui prendra soin ?")
    assert json.loads(answer.content)["success"]
    episode = EpisodePage.objects.get()
    form = editor.open(episode)
    answer = editor.autosave(edit_url(episode), form, title="Qui prendra soin de nous ?")
    assert json.loads(answer.content)["success"]
    assert EpisodePage.objects.get().draft_title == "Qui prendra soin de nous ?"


def test_an_empty_draft_says_next_to_each_field_what_it_lacks() -> None:
    editor = chief_editor()
    episode = EpisodeFactory(published=False, cast=(), audio=None, summary="")
    found = errors(editor.publish(episode))
    assert set(found) == {"audio", "participants", "summary"}
    assert found["audio"] == "Choisissez le son de l’épisode."
    assert all(LABELS[role] in found["participants"] for role in REQUIRED)
    assert not EpisodePage.objects.get().live


def test_everything_that_is_wrong_is_said_at_once_each_where_it_is() -> None:
    editor = chief_editor()
    episode = EpisodeFactory(published=False, summary="", cast=("host",))
    answer = editor.publish(
        episode,
        title="Épisode 3 : qui ?",
        artwork=CoverFactory(file__height=1000).pk,
        publication_date="2999-01-01 08:00",
        soundbite_start="0:05",
        transcript="WEBVTT\n\n00:01 -> 00:02\nBonjour",
        **lines("chapters", [{"start": "9:00", "title": "Trop loin"}]),
        **lines("links", [{"title": "Ailleurs", "url": "pas une adresse"}]),
    )
    said = {
        "title": "Retirez le numéro",
        "summary": "Champ requis",
        "artwork": "recadrez-la en carré",
        "publication_date": "à venir",
        "soundbite_duration": "ni l’un ni l’autre",
        "transcript": "Ligne 3",
        "participants": "Il manque : Élu·e, Porteur·se d’initiative, Expert·e",
        "chapters": "commence à 00:09:00, hors de l’épisode",
        "links": "URL",
    }
    found = errors(answer)
    assert set(found) == set(said)
    for name, words in said.items():
        assert words in found[name]


@pytest.mark.parametrize("number", ["0", "-1"])
def test_apps_count_from_one(number: str) -> None:
    editor, episode = chief_editor(), EpisodeFactory(published=False)
    found = errors(editor.publish(episode, number=number, season=number))
    assert set(found) == {"number", "season"}


def test_a_time_that_is_no_time_is_refused_even_in_a_draft() -> None:
    editor, episode = chief_editor(), EpisodeFactory(published=False)
    answer = editor.save(episode, **lines("chapters", [{"start": "midi", "title": "Fin"}]))
    assert "12:30" in errors(answer)["chapters"]
    assert fields(answer)["chapters-0-start"] == "midi"


@pytest.mark.parametrize(
    ("picture", "said"),
    [
        ({"file__width": 1401}, "recadrez-la en carré"),
        ({"file__width": 600, "file__height": 600}, "1400"),
        ({"file__palette": "L", "file__color": 9}, "couleurs RVB"),
        ({"licence": None}, "licence"),
        ({"rights_expire_on": date(2020, 1, 1)}, "expiré"),
    ],
)
def test_what_apple_or_the_author_would_refuse_is_no_cover(picture: Fields, said: str) -> None:
    [problem] = artwork_problems(CoverFactory(**picture))
    assert said in problem


def test_a_cover_whose_file_disappeared_is_refused_in_words(s3: S3) -> None:
    editor, episode, cover = chief_editor(), EpisodeFactory(published=False), CoverFactory()
    s3.client.delete_object(Bucket=s3.private, Key=cover.file.name)
    found = errors(editor.publish(episode, artwork=cover.pk))
    assert "a disparu" in found["artwork"]


def test_nothing_that_was_typed_is_lost_when_publishing_is_refused() -> None:
    editor, show, audio, cover = chief_editor(), ShowFactory(), AudioFactory(), CoverFactory()
    person = PersonFactory()
    typed = {
        "title": "Épisode 12 : qui prendra soin de nous ?",
        "slug": "soin",
        "summary": "Trois voix.",
        "audio": audio.pk,
        "artwork": cover.pk,
        "transcript": "WEBVTT\n\npas une ligne de temps",
        "incomplete_reason": "",
        "soundbite_start": "0:05",
        **lines("participants", [{"person": person.pk, "role": "host"}]),
        **lines("chapters", [{"start": "45:00", "title": "Trop loin"}]),
        **lines("links", [{"title": "Lire", "url": "https://exemple.invalid"}]),
    }
    answer = editor.send(new_episode_url(show), editor.open_new(show), "publish", **typed)
    kept = fields(answer)
    for name, value in typed.items():
        if not name.endswith(("_FORMS", "ORDER")):
            assert kept[name] == str(value), name
    assert set(errors(answer)) == {
        "title", "transcript", "participants", "chapters", "soundbite_duration"
    }  # fmt: skip
    assert str(audio) in html.unescape(answer.content.decode())


def test_voices_may_be_missing_for_a_reason_which_is_kept() -> None:
    editor = chief_editor()
    episode = EpisodeFactory(published=False, cast=("host", "expert"))
    assert "Élu·e, Porteur·se d’initiative" in errors(editor.publish(episode))["participants"]
    answer = editor.publish(episode, incomplete_reason="L’élue était souffrante.")
    assert answer.status_code == 302
    episode = EpisodePage.objects.get()
    assert episode.live
    assert episode.incomplete_reason == "L’élue était souffrante."


def test_two_people_may_share_a_role_and_their_order_is_kept() -> None:
    editor = chief_editor()
    episode = EpisodeFactory(published=False, cast=())
    roles = ("host", "expert", "elected", "expert", "initiative")
    assert editor.publish(episode, **voices(*roles)).status_code == 302
    cast = EpisodePage.objects.get().participants.all()
    assert tuple(row.role for row in cast) == roles


def test_a_transcript_comes_by_file_and_is_kept_as_webvtt() -> None:
    editor, episode = chief_editor(), EpisodeFactory(published=False)
    srt = "1\n00:00:01,000 --> 00:00:02,000\nNora Delmas : Bonjour.\n"
    upload = SimpleUploadedFile("Épisode.srt", srt.encode("cp1252"))
    assert editor.publish(episode, transcript_file=upload).status_code == 302
    assert "<v Nora Delmas>Bonjour." in EpisodePage.objects.get().transcript


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\xff\xfe" * 50, "Ligne 1"),
        (b"WEBVTT\n\n00:01.000 --> 00:00.500\nNon", "Ligne 3"),
        (b"x" * (1024 * 1024 + 1), "trop gros"),
        (b"", "vide"),
    ],
)
def test_a_wrong_transcript_file_is_refused_and_the_old_text_stays(
    content: bytes, said: str
) -> None:
    editor = chief_editor()
    episode = EpisodeFactory(published=False, transcript=GOOD_VTT)
    answer = editor.save(episode, transcript_file=SimpleUploadedFile("texte.vtt", content))
    assert said in errors(answer)["transcript_file"]
    assert fields(answer)["transcript"] == GOOD_VTT
    assert EpisodePage.objects.get().transcript == GOOD_VTT


def test_a_live_episode_can_be_an_incomplete_draft_without_any_change_to_what_is_live() -> None:
    editor, episode = chief_editor(), EpisodeFactory()
    nobody = without("participants", editor.open(episode))
    answer = editor.save(episode, title="Tout autre chose ?", audio="", **nobody)
    assert answer.status_code == 302
    live = EpisodePage.objects.get()
    assert live.live
    assert live.has_unpublished_changes
    assert (live.title, live.audio) == (episode.title, episode.audio)
    assert live.participants.count() == len(REQUIRED)
    assert live.get_latest_revision_as_object().audio is None
    assert set(errors(editor.publish(episode))) == {"audio", "participants"}


def test_a_show_needs_its_cover_to_be_published_not_to_be_saved() -> None:
    editor, show = chief_editor(), ShowFactory(published=False, artwork=None)
    assert editor.save(show, funding_url="https://exemple.invalid").status_code == 302
    assert set(errors(editor.publish(show))) == {"artwork", "funding_text"}
    found = errors(
        editor.publish(show, artwork=CoverFactory().pk, publish_owner="on", funding_url="")
    )
    assert set(found) == {"owner_email"}
    answer = editor.publish(show, artwork=CoverFactory().pk, funding_url="")
    assert answer.status_code == 302
    assert ShowPage.objects.get().live


def test_a_season_is_named_once() -> None:
    editor, show = chief_editor(), ShowFactory()
    seasons = lines("seasons", [{"number": 1, "name": "Le soin"}, {"number": 1, "name": "Le toit"}])
    answer = editor.save(show, **seasons)
    assert "en double" in errors(answer)["seasons"]


def test_the_storage_may_be_away_while_somebody_publishes(s3: S3) -> None:
    editor, episode = chief_editor(), EpisodeFactory(published=False, artwork=CoverFactory())
    form = editor.open(episode)
    with s3.down():
        found = errors(editor.send(edit_url(episode), form, "publish"))
        assert "rien n’est perdu" in found["artwork"]
        answer = editor.send(edit_url(episode), form, summary="Un autre résumé.")
        assert answer.status_code == 302


def test_a_reporter_writes_and_submits_but_cannot_publish() -> None:
    writer, episode = reporter(), EpisodeFactory(published=False)
    names = set(document(writer.client.get(edit_url(episode))).xpath("//button/@name"))
    assert "action-submit" in names
    assert "action-publish" not in names
    writer.publish(episode)
    assert not EpisodePage.objects.get().live
    assert writer.submit(episode).status_code == 302
    assert EpisodePage.objects.get().workflow_in_progress


def test_an_incomplete_episode_is_not_submitted() -> None:
    writer = reporter()
    episode = EpisodeFactory(published=False, audio=None)
    assert set(errors(writer.submit(episode))) == {"audio"}
    assert not EpisodePage.objects.get().workflow_in_progress


def test_the_date_of_a_scheduled_episode_may_be_that_of_its_publication() -> None:
    editor, episode = chief_editor(), EpisodeFactory(published=False)
    hour = timezone.localtime() + timedelta(days=2)
    answer = editor.publish(
        episode,
        go_live_at=f"{hour:%Y-%m-%d %H:%M}",
        publication_date=f"{hour - timedelta(hours=1):%Y-%m-%d %H:%M}",
    )
    assert answer.status_code == 302
    assert EpisodePage.objects.get().approved_schedule


def test_a_cover_must_still_be_allowed_on_the_day_of_publication() -> None:
    editor, today = chief_editor(), timezone.localdate()
    cover = CoverFactory(rights_expire_on=today + timedelta(days=1))
    episode = EpisodeFactory(published=False, artwork=cover)
    hour = timezone.localtime() + timedelta(days=3)
    found = errors(editor.publish(episode, go_live_at=f"{hour:%Y-%m-%d %H:%M}"))
    assert "expiré" in found["artwork"]
