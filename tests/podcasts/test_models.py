"""What a page refuses to be, whatever asks it, and what an old revision may still be."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from cms.models.gate import NotPublishable
from podcasts.models import EpisodePage, ShowHost
from podcasts.models.audio import Audio, original_key
from podcasts.roles import REQUIRED
from tests.factories.cms import LicenceFactory, PersonFactory
from tests.factories.podcasts import (
    AudioFactory,
    CoverFactory,
    EpisodeFactory,
    ShowFactory,
    republish,
)
from tests.podcasts.editor import plain

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("s3")]


def test_an_incomplete_episode_does_not_go_live_and_says_which_and_why() -> None:
    episode = EpisodeFactory(published=False, audio=None, summary="", title="Qui soigne ?")
    with pytest.raises(NotPublishable) as refusal:
        episode.save_revision(clean=False).publish()
    [message] = map(plain, refusal.value.messages)
    assert message.startswith("« Qui soigne ? » ne peut pas paraître. ")
    assert "Choisissez le son de l’épisode." in message
    assert "Résumé : " in message
    assert not EpisodePage.objects.get().live


def test_a_show_without_cover_does_not_go_live() -> None:
    show = ShowFactory(published=False, artwork=None)
    with pytest.raises(NotPublishable, match="Choisissez la pochette"):
        show.save_revision(clean=False).publish()


def test_what_was_never_a_draft_is_asked_too() -> None:
    show = ShowFactory()
    with pytest.raises(NotPublishable):
        show.add_child(instance=EpisodePage(title="Qui soigne ?", summary="Trois voix.", live=True))


def test_a_live_page_can_be_kept_moved_locked_and_withdrawn_when_rights_around_it_end() -> None:
    cover = CoverFactory()
    episode = EpisodeFactory(artwork=cover)
    cover.rights_expire_on = date(2020, 1, 1)
    cover.save()
    episode.save()
    episode.locked = True
    episode.save(update_fields=["locked"])
    episode.move(ShowFactory(), pos="last-child")
    EpisodePage.objects.get().unpublish()
    episode = EpisodePage.objects.get()
    assert (episode.locked, episode.live) == (True, False)
    with pytest.raises(NotPublishable, match="expiré"):
        episode.get_latest_revision().publish()


def scheduled(**facts: Any) -> EpisodePage:
    """Return an episode that was scheduled, and whose hour has come."""
    episode = EpisodeFactory(published=False, **facts)
    episode.go_live_at = timezone.now() + timedelta(hours=1)
    revision = episode.save_revision()
    revision.publish()
    past = timezone.now() - timedelta(minutes=1)
    revision.refresh_from_db()
    revision.content["go_live_at"] = past.isoformat()
    revision.approved_go_live_at = past
    revision.save()
    return episode


def test_a_scheduled_episode_goes_live_at_its_hour_not_before() -> None:
    episode = scheduled()
    assert not EpisodePage.objects.get(pk=episode.pk).live
    call_command("publish_scheduled")
    assert EpisodePage.objects.get(pk=episode.pk).live


def test_a_scheduled_episode_that_may_no_longer_go_live_does_not_hold_back_the_next_one(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cover = CoverFactory()
    spoilt, good = scheduled(artwork=cover), scheduled()
    cover.rights_expire_on = date(2020, 1, 1)
    cover.save()
    call_command("publish_scheduled")
    (refusal,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert "expiré" in refusal.cause
    assert not EpisodePage.objects.get(pk=spoilt.pk).live
    assert EpisodePage.objects.get(pk=good.pk).live


def test_a_revision_opens_without_what_was_deleted_since() -> None:
    episode = EpisodeFactory(
        artwork=CoverFactory(), licence=LicenceFactory(code="essai"), audio=AudioFactory()
    )
    old = episode.revisions.latest("created_at")
    lost = [episode.audio, episode.artwork, episode.licence, episode.participants.first().person]
    republish(episode, audio=AudioFactory(), artwork=None, licence=None)
    episode.participants.remove(episode.participants.first())
    republish(episode, incomplete_reason="Personne n’animait.")
    for thing in lost:
        thing.delete()
    restored = old.as_object()
    assert (restored.audio, restored.artwork, restored.licence) == (None, None, None)
    assert tuple(row.role for row in restored.participants.all()) == REQUIRED[1:]
    assert restored.title == episode.title


def test_the_draft_of_a_show_opens_without_a_host_who_was_deleted() -> None:
    show, gone, here = ShowFactory(), PersonFactory(), PersonFactory()
    show.hosts.add(ShowHost(person=gone), ShowHost(person=here))
    draft = show.save_revision()
    gone.delete()
    assert [host.person for host in draft.as_object().hosts.all()] == [here]


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Épisode n° 3 — final 🎙️.MP3", "episode-n-3-final.mp3"),
        ("../../etc/passwd.mp3", "passwd.mp3"),
        ("/x\\y.mp3", "xy.mp3"),
        ("🎙️.mp3", "son.mp3"),
        ("sans extension", "sans-extension"),
        (f"{'a' * 300}.mp3", f"{'a' * 60}.mp3"),
        ("a.mp3.exe%00", "amp3.exe00"),
    ],
)
def test_an_original_has_an_ascii_key_of_its_own(name: str, stem: str) -> None:
    one, other = original_key(Audio(), name), original_key(Audio(), name)
    folder, _, last = one.rpartition("/")
    assert folder.startswith("audio/")
    assert last == stem
    assert one != other


def test_a_sound_says_in_one_line_what_it_is() -> None:
    assert plain(AudioFactory().summary) == "00:00:15, MP3, 96 kbit/s mono, 44,1 kHz, 0,2 Mo"
    assert AudioFactory(examined=False).summary == "Analyse en cours…"
    refused = Audio(state=Audio.State.REFUSED, problem="Ce fichier est vide.")
    assert refused.summary == "Refusé. Ce fichier est vide."


@pytest.mark.parametrize(
    ("loudness", "said"),
    [
        (None, ""),
        (-16.0, ""),
        (-17.4, ""),
        (-14.6, ""),
        (-23.0, "faible : −23 LUFS"),
        (-9.0, "fort : −9 LUFS"),
    ],
)
def test_loudness_is_advice(loudness: float | None, said: str) -> None:
    advice = plain(Audio(loudness=loudness).advice)
    assert said in advice
    assert bool(advice) == bool(said)
