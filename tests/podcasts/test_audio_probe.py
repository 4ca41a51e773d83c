"""Headers tell what a file is; everything else is refused in French, in no time and no memory."""

import os
import random
import struct
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from podcasts.audio import AudioFacts, AudioRefused, frames_digest, probe
from podcasts.audio.mpeg import announced
from tests.media import M4A, NO_XING, ffmpeg, picture, sound

MIB = 1024 * 1024
TAILS = {
    "ID3v1": b"TAG" + b"foreign".ljust(125, b"\0"),
    "enhanced ID3v1": b"TAG+" + bytes(223) + b"TAG" + bytes(125),
    "APEv2": b"APETAGEX"
    + struct.pack("<4I8x", 2000, 32 + 40, 1, 0xA0000000)
    + bytes(40)
    + b"APETAGEX"
    + struct.pack("<4I8x", 2000, 32 + 40, 1, 0x80000000),
    "Lyrics3": b"LYRICSBEGIN" + b"IND0000200" + b"000021LYRICS200",
}


def id3(size: int, *, filled_with: bytes = b"\0") -> bytes:
    """Return an ID3v2.4 tag of ``size`` bytes besides its header."""
    syncsafe = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0\0" + syncsafe + (filled_with * (size // len(filled_with) + 1))[:size]


def refusal(path: Path) -> str:
    """Return why a file is refused."""
    with pytest.raises(AudioRefused) as refused:
        probe(path)
    assert str(refused.value).endswith(".")
    return str(refused.value)


# What a file is


def test_an_mp3_of_constant_bitrate(mp3: Path) -> None:
    facts = probe(mp3)
    assert (facts.container, facts.codec, facts.bitrate_mode) == ("mp3", "mp3", "cbr")
    assert (facts.channels, facts.sample_rate) == (1, 44100)
    assert facts.bitrate == pytest.approx(64000, rel=0.01)
    assert facts.duration == pytest.approx(4, abs=0.1)
    assert facts.duration_is_exact
    assert facts.size == mp3.stat().st_size


def test_an_mp3_of_variable_bitrate(vbr_mp3: Path) -> None:
    facts = probe(vbr_mp3)
    assert facts.bitrate_mode == "vbr"
    assert facts.duration == pytest.approx(4, abs=0.1)
    assert facts.duration_is_exact


def test_an_mp3_that_does_not_say_how_long_it_is(bare_vbr_mp3: Path) -> None:
    assert not probe(bare_vbr_mp3).duration_is_exact


def test_an_m4a(m4a: Path) -> None:
    facts = probe(m4a)
    assert (facts.container, facts.codec) == ("m4a", "aac")
    assert (facts.channels, facts.sample_rate) == (1, 44100)
    assert facts.bitrate == pytest.approx(64000, rel=0.1)
    assert facts.duration == pytest.approx(4, abs=0.1)
    assert facts.duration_is_exact


def test_a_stereo_m4a_of_48_khz(tmp_path: Path) -> None:
    facts = probe(sound(tmp_path / "s.m4a", *M4A, "-ac", "2", "-ar", "48000", seconds=1))
    assert (facts.channels, facts.sample_rate) == (2, 48000)


def test_a_raw_aac_stream_has_an_estimated_duration(adts: Path) -> None:
    facts = probe(adts)
    assert (facts.container, facts.codec, facts.sample_rate) == ("adts", "aac", 44100)
    assert facts.duration == pytest.approx(4, rel=0.2)
    assert not facts.duration_is_exact


def test_the_name_of_the_file_does_not_matter(any_sound: Path, tmp_path: Path) -> None:
    renamed = tmp_path / "été 🎙️.txt"
    renamed.write_bytes(any_sound.read_bytes())
    assert probe(renamed) == probe(any_sound)


def test_the_header_of_fraunhofer_encoders_is_read() -> None:
    frame = bytes(36) + b"VBRI" + struct.pack(">3H2I", 1, 0, 75, 41_000, 154)
    assert announced(frame) == (154, 41_000)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ((0, 7, 8), (0, 0)),
        ((1, 7, 8), (7, 0)),
        ((2, 7, 8), (0, 7)),
        ((3, 7, 8), (7, 8)),
    ],
)
def test_a_xing_header_may_omit_either_count(
    fields: tuple[int, int, int], expected: tuple[int, int]
) -> None:
    assert announced(bytes(21) + b"Xing" + struct.pack(">3I", *fields)) == expected


# What is refused


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("s.wav", (), "WAV"),
        ("s.aiff", (), "AIFF"),
        ("s.ogg", ("-c:a", "libvorbis"), "Ogg"),
        ("s.flac", (), "FLAC"),
        ("s.webm", ("-c:a", "libopus"), "WebM"),
        ("s.wma", (), "Windows Media"),
        ("s.mp2", (), "MP2"),
        ("s.m4a", ("-c:a", "alac"), "ALAC"),
        ("s.mp4", ("-c:a", "libmp3lame"), "mp4a.6"),
        ("s.mp4", ("-c:a", "ac3"), "ac-3"),
        ("s.mp4", (*M4A, "-movflags", "frag_keyframe+empty_moov"), "fragments"),
    ],
)
def test_other_sounds_are_named(
    tmp_path: Path, name: str, options: tuple[str, ...], said: str
) -> None:
    disguised = sound(tmp_path / name, *options, seconds=0.5).rename(tmp_path / "episode.mp3")
    message = refusal(disguised)
    assert said in message
    assert "xporte" in message  # how to mend it


def test_a_video_is_named(tmp_path: Path) -> None:
    video = tmp_path / "v.mp4"
    ffmpeg(
        *(
            "-f",
            "lavfi",
            "-i",
            "color=size=64x64:duration=1",
            "-f",
            "lavfi",
            "-i",
            "sine=duration=1",
        ),
        *("-c:v", "libx264", *M4A, video),
    )
    assert "une vidéo" in refusal(video)


def test_a_silent_video_is_named(tmp_path: Path) -> None:
    video = tmp_path / "v.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=size=64x64:duration=1", "-c:v", "libx264", video)
    assert "une vidéo" in refusal(video)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        ("Une élue répond à la question.\n".encode() * 999, "du texte"),
        (b"<!doctype html><title>502 Bad Gateway</title>", "du texte"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "du texte"),
        (b"\xff", "Aucun son"),
        (b"\xff\xf1", "illisible"),
        (bytes(MIB), "Aucun son"),
        (random.Random(1).randbytes(MIB), "Aucun son"),
        (b"ID3\x04\0\0\x7f\x7f\x7f\x7f", "Aucun son"),
        (id3(100) + b"RIFF....WAVE", "WAV"),
        (picture((8, 8)), "JPEG"),
        (picture((8, 8), kind="PNG"), "PNG"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04", "ZIP"),
    ],
)
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "episode.mp3"
    path.write_bytes(content)
    assert said in refusal(path)


# Damage that headers show


@pytest.mark.parametrize("name", ["mp3", "vbr_mp3"])
def test_a_truncated_mp3_says_how_much_is_left(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    data = request.getfixturevalue(name).read_bytes()
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(data[: len(data) // 2])
    assert "2 s de son sur les 4 s" in refusal(cut)


def test_an_m4a_cut_before_its_table_of_contents(m4a: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.m4a"
    cut.write_bytes(m4a.read_bytes()[:-3000])
    assert "table des matières" in refusal(cut)


def test_an_m4a_cut_after_its_table_of_contents(m4a: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.m4a"
    ffmpeg("-i", m4a, "-c", "copy", "-movflags", "+faststart", whole)
    cut = tmp_path / "cut.m4a"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert "2 s de son sur les 4 s" in refusal(cut)


def test_an_m4a_whose_table_of_contents_lies(m4a: Path, tmp_path: Path) -> None:
    data = bytearray(m4a.read_bytes())
    at = data.index(b"stsz") + 12
    data[at : at + 4] = b"\xff\xff\xff\xff"  # four thousand million samples
    path = tmp_path / "lie.m4a"
    path.write_bytes(data)
    assert "table des matières" in refusal(path)


# What is tolerated


@pytest.mark.parametrize(
    "head",
    [id3(10 * MIB, filled_with=b"\xff\xfb\x90\x64junk"), id3(5000) + id3(300), id3(0)],
    ids=["10 MB of junk that looks like frames", "two tags", "an empty tag"],
)
def test_any_leading_tag_is_skipped(head: bytes, mp3: Path, tmp_path: Path) -> None:
    tagged = tmp_path / "tagged.mp3"
    tagged.write_bytes(head + mp3.read_bytes())
    assert probe(tagged).duration == probe(mp3).duration
    assert frames_digest(tagged) == frames_digest(mp3)


@pytest.mark.parametrize("tail", [*TAILS.values(), b"".join(TAILS.values())], ids=[*TAILS, "all"])
def test_any_trailing_tag_is_left_out(tail: bytes, vbr_mp3: Path, tmp_path: Path) -> None:
    tagged = tmp_path / "tagged.mp3"
    tagged.write_bytes(vbr_mp3.read_bytes() + tail)
    assert probe(tagged).duration == probe(vbr_mp3).duration
    assert frames_digest(tagged) == frames_digest(vbr_mp3)


def test_rubbish_after_a_whole_m4a_is_tolerated(m4a: Path, tmp_path: Path) -> None:
    padded = tmp_path / "padded.m4a"
    padded.write_bytes(m4a.read_bytes() + TAILS["ID3v1"])
    assert frames_digest(padded) == frames_digest(m4a)


# The digest of the sound


def test_the_digest_of_an_mp3_ignores_its_tags(mp3: Path, tmp_path: Path) -> None:
    retagged = tmp_path / "retagged.mp3"
    tags = ("-metadata", "title=Un autre titre", "-metadata", "artist=" + "é" * 9999)
    ffmpeg("-i", mp3, "-c", "copy", *NO_XING, *tags, retagged)
    plain = tmp_path / "plain.mp3"
    ffmpeg("-i", mp3, "-c", "copy", *NO_XING, plain)
    assert retagged.read_bytes() != plain.read_bytes()
    assert frames_digest(retagged) == frames_digest(plain)


def test_the_digest_of_an_m4a_is_that_of_its_samples(m4a: Path, tmp_path: Path) -> None:
    remade = tmp_path / "remade.m4a"
    ffmpeg(
        *("-i", m4a, "-f", "lavfi", "-i", "sine=frequency=900:duration=4"),
        *("-map", "0:a", "-map", "1:a", "-c:a:0", "copy", "-c:a:1", "aac"),
        *("-metadata", "title=Un autre titre", "-movflags", "+faststart", remade),
    )
    assert frames_digest(remade) == frames_digest(m4a)


def test_other_sound_has_another_digest(any_sound: Path, tmp_path: Path) -> None:
    data = bytearray(any_sound.read_bytes())
    data[len(data) // 2] ^= 1
    altered = tmp_path / "altered"
    altered.write_bytes(data)
    assert frames_digest(altered) != frames_digest(any_sound)


# Bounds


def test_a_file_of_300_mb_is_not_read(mp3: Path, tmp_path: Path) -> None:
    for name, head in {
        "padded tag": id3(250 * MIB)[:4096],
        "sound then nothing": mp3.read_bytes(),
        "moov of 300 MB": struct.pack(">I4s", 300 * MIB, b"moov") + bytes(64),
        "boxes without end": struct.pack(">I4s", 8, b"free") * 20_000,
    }.items():
        path = tmp_path / name
        path.write_bytes(head)
        os.truncate(path, 300 * MIB)
        tracemalloc.start()
        try:
            probe(path)
        except AudioRefused:
            pass
        finally:
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert peak < 8 * MIB, name


def test_the_digest_holds_one_block_at_a_time(mp3: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.mp3"
    path.write_bytes(mp3.read_bytes())
    os.truncate(path, 64 * MIB)
    tracemalloc.start()
    frames_digest(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * MIB


HOSTILE = settings(
    max_examples=150, deadline=10_000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
STARTS = [
    b"",
    b"ID3\x04\0\0\0\0\0\0",
    b"\xff\xfb\x90\x64",
    b"\xff\xf1\x50\x80",
    b"\0\0\0\x08ftyp",
    b"\0\0\0\x08free\0\0\x01\0moov",
]


def answers(path: Path, data: bytes) -> None:
    """Check that a file is described or refused, and nothing else."""
    path.write_bytes(data)
    try:
        facts = probe(path)
    except AudioRefused:
        return
    assert isinstance(facts, AudioFacts)
    assert facts.size == len(data)
    assert facts.duration >= 0
    assert len(frames_digest(path)) == 64


@HOSTILE
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=3000))
def test_any_bytes_are_described_or_refused(tmp_path: Path, start: bytes, rest: bytes) -> None:
    answers(tmp_path / "hostile", start + rest)


@HOSTILE
@given(data=st.data())
def test_any_altered_sound_is_described_or_refused(
    any_sound: Path, tmp_path: Path, data: st.DataObject
) -> None:
    content = bytearray(any_sound.read_bytes())
    head = content.find(b"moov") if b"moov" in content else 0
    for _ in range(data.draw(st.integers(1, 6))):
        at = head + data.draw(st.integers(0, min(1500, len(content) - head - 1)))
        content[at] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(content)), st.integers(1, len(content))))
    answers(tmp_path / "hostile", bytes(content[:end]))
