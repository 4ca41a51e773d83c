"""Sounds made once a session; tests read them and never change them."""

from pathlib import Path

import pytest

from tests.media import M4A, MP3, NO_XING, VBR_MP3, sound


@pytest.fixture(scope="session")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of the session’s sounds."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="session")
def mp3(media: Path) -> Path:
    """Give an MP3 of constant bitrate with foreign tags."""
    return sound(media / "cbr.mp3", *MP3, "-metadata", "title=foreign", "-write_id3v1", "1")


@pytest.fixture(scope="session")
def vbr_mp3(media: Path) -> Path:
    """Give an MP3 of variable bitrate with a Xing header."""
    return sound(media / "vbr.mp3", *VBR_MP3)


@pytest.fixture(scope="session")
def bare_vbr_mp3(media: Path) -> Path:
    """Give an MP3 of variable bitrate that nowhere says how long it is."""
    return sound(media / "bare.mp3", *VBR_MP3, *NO_XING, seconds=20)


@pytest.fixture(scope="session")
def m4a(media: Path) -> Path:
    """Give an M4A whose table of contents comes last, with foreign tags."""
    return sound(media / "sound.m4a", *M4A, "-metadata", "title=foreign")


@pytest.fixture(scope="session")
def adts(media: Path) -> Path:
    """Give a raw AAC stream."""
    return sound(media / "sound.aac", *M4A)


@pytest.fixture(params=["mp3", "vbr_mp3", "m4a", "adts"])
def any_sound(request: pytest.FixtureRequest) -> Path:
    """Give each kind of sound in turn."""
    return request.getfixturevalue(request.param)
