"""What people really drop into an upload field: refused or accepted in plain words, never a 500."""

import html
import json
import re
from pathlib import Path

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from podcasts.forms import audio as forms
from podcasts.models import Audio
from tests.factories.podcasts import SPEECH, SPEECH_M4A, junk_tag
from tests.media import ffmpeg, sound
from tests.podcasts.editor import newsroom, plain, reporter
from tests.services import S3

__all__ = ["newsroom"]  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("newsroom", "s3")]

MP3 = SPEECH.read_bytes()
SCREENS = ("sons:add", "choisir-un-son:create")


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> str:
    """Give the two screens where a sound is uploaded: its own, and the one in the page editor."""
    return reverse(request.param)


@pytest.fixture
def client() -> Client:
    """Give the browser of a reporter."""
    return reporter().client


def send(client: Client, screen: str, name: str, content: bytes, title: str = "") -> HttpResponse:
    """Upload a file."""
    return client.post(screen, {"file": SimpleUploadedFile(name, content), "title": title})


def shown(answer: HttpResponse) -> str:
    """Return the text of the screen that comes back, as people read it."""
    assert answer.status_code == 200
    if answer.headers["Content-Type"] == "application/json":
        step = json.loads(answer.content)
        assert step["step"] == "reshow_creation_form"
        return html.unescape(step["htmlFragment"])
    return html.unescape(answer.content.decode())


def video(media: Path) -> bytes:
    """Return a film."""
    path = media / "film.mp4"
    picture = ("-f", "lavfi", "-i", "testsrc=duration=1:size=64x64:rate=5")
    voice = ("-f", "lavfi", "-i", "sine=duration=1")
    ffmpeg(*picture, *voice, "-c:v", "mpeg4", "-c:a", "aac", path)
    return path.read_bytes()


def wav(media: Path) -> bytes:
    """Return an uncompressed sound."""
    return sound(media / "brut.wav", seconds=1).read_bytes()


REFUSED = {
    "text renamed": (b"Bonjour, ceci est un texte.\n" * 400, "contient du texte, pas du son"),
    "page renamed": (b"<!doctype html><title>404</title>" * 100, "contient du texte"),
    "zero bytes": (b"", "vide"),
    "zeros": (bytes(300_000), "Aucun son MP3 ni AAC"),
    "only a tag": (junk_tag(2000), "Aucun son MP3 ni AAC"),
    "wav renamed": (wav, "WAV"),
    "film": (video, "vidéo"),
    "mp3 cut short": (MP3[:100_000], "8 s de son sur les 15 s annoncées"),
    "m4a cut short": (SPEECH_M4A.read_bytes()[:100_000], ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_sound_is_refused_and_the_title_stays(
    client: Client, screen: str, case: str, media: Path
) -> None:
    content, reason = REFUSED[case]
    if callable(content):
        content = content(media)
    text = shown(send(client, screen, "épisode.mp3", content, title="Mon titre"))
    [error] = lxml.html.fromstring(text).xpath("//*[@class='w-field__errors']/p")
    assert reason in plain(error.text_content())
    assert 'value="Mon titre"' in text
    assert not Audio.objects.exists()


def test_a_file_that_is_too_big_is_refused_with_its_size(
    client: Client, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "MAX_BYTES", 100_000)
    text = shown(send(client, screen, "long.mp3", MP3, title="Mon titre"))
    assert "la limite est de" in text
    assert 'value="Mon titre"' in text


def test_a_form_without_file_says_so(client: Client, screen: str) -> None:
    assert "Champ requis" in shown(client.post(screen, {"title": "Mon titre"}))


NAMES = {
    "Épisode n° 3 — été 🎙️ à l’hôpital.mp3": "Épisode n° 3 — été 🎙️ à l’hôpital",
    "../../etc/x.mp3": "x",
    "C:\\Sons\\x.mp3": "x",
    "sans-extension": "sans-extension",
    f"{'é' * 300}.mp3": "é" * 251,
    '"><script>alert(1)</script>.mp3': "script>",
}


@pytest.mark.parametrize("name", NAMES)
def test_whatever_its_name_a_sound_is_taken_and_named_after_it(
    client: Client, screen: str, name: str, s3: S3
) -> None:
    answer = send(client, screen, name, MP3)
    audio = Audio.objects.get()
    assert audio.title == NAMES[name]
    assert answer.status_code in {200, 302}
    assert "<script>alert" not in answer.content.decode()
    assert re.fullmatch(r"audio/[0-9a-f-]{36}/[a-z0-9-]+(\.[a-z0-9]+)?", audio.file.name)
    assert s3.keys(s3.private) == [audio.file.name]
    assert str(audio.uploaded_by)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("lourd.mp3", junk_tag(10_000_000) + MP3),
        ("voix.m4a", SPEECH_M4A.read_bytes()),
        ("VOIX.MP3", MP3),
        ("mensonge.wav", MP3),
    ],
)
def test_what_is_a_sound_is_taken(client: Client, screen: str, name: str, content: bytes) -> None:
    answer = send(client, screen, name, content, title="Mon titre")
    assert answer.status_code in {200, 302}
    audio = Audio.objects.get()
    assert (audio.title, audio.state) == ("Mon titre", Audio.State.PENDING)
    assert audio.file.size == len(content)


def test_raw_aac_is_taken(client: Client, screen: str, adts: Path) -> None:
    send(client, screen, "voix.aac", adts.read_bytes())
    assert Audio.objects.get().title == "voix"


def test_an_upload_while_the_storage_is_away_is_refused_in_words(client: Client, s3: S3) -> None:
    with s3.down():
        text = shown(send(client, reverse(SCREENS[1]), "x.mp3", MP3, title="Mon titre"))
    assert "Le stockage ne répond pas" in text
    assert 'value="Mon titre"' in text
    assert not Audio.objects.exists()
