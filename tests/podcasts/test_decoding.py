"""Decoding tells the truth about a file, and nothing but the file."""

import os
import signal
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from podcasts.audio import AudioRefused, probe
from podcasts.audio.probe import examine
from podcasts.chapters import Chapter
from podcasts.decoding import DecodingFailed, measure, remux_to_m4a
from tests.media import MP3, chapters, heard, metadata, sound


def overwritten(source: Path, target: Path, start: float, end: float) -> Path:
    """Copy a sound with zeros in a stretch of it, given in fractions of its frames."""
    data = bytearray(source.read_bytes())
    offset, length = examine(source).spans[0]
    first, last = offset + int(start * length), offset + int(end * length)
    data[first:last] = bytes(last - first)
    target.write_bytes(data)
    return target


def test_every_kind_of_sound_is_measured(any_sound: Path) -> None:
    decoded = measure(any_sound, probe(any_sound))
    assert decoded.duration == pytest.approx(4, abs=0.1)
    assert decoded.loudness == pytest.approx(-24, abs=1)
    assert decoded.errors == 0


def test_the_true_duration_of_a_file_that_does_not_say_it(bare_vbr_mp3: Path) -> None:
    facts = probe(bare_vbr_mp3)
    assert abs(facts.duration - 20) > 1  # headers mislead
    assert measure(bare_vbr_mp3, facts).duration == pytest.approx(20, abs=0.1)


def test_loudness_is_that_of_the_sound(tmp_path: Path) -> None:
    loud = sound(tmp_path / "loud.mp3", *MP3, source="sine=frequency=1000,volume=8dB")
    soft = sound(tmp_path / "soft.mp3", *MP3, source="sine=frequency=1000,volume=-12dB")
    difference = measure(loud, probe(loud)).loudness - measure(soft, probe(soft)).loudness
    assert difference == pytest.approx(20, abs=0.5)


def test_silence_has_no_loudness(tmp_path: Path) -> None:
    silent = sound(tmp_path / "silent.mp3", *MP3, source="anullsrc=r=44100:cl=mono")
    assert measure(silent, probe(silent)).loudness is None


def test_an_odd_name_is_only_a_name(mp3: Path, tmp_path: Path) -> None:
    odd = tmp_path / "concat:file|-i %03d 'été' 🎙️.mp3"
    odd.write_bytes(mp3.read_bytes())
    assert measure(odd, probe(odd)).duration == pytest.approx(4, abs=0.1)


# Damage


def test_an_mp3_with_a_hole_is_shorter_than_announced(mp3: Path, tmp_path: Path) -> None:
    holed = overwritten(mp3, tmp_path / "holed.mp3", 0.3, 0.8)
    with pytest.raises(AudioRefused, match="2 s de son sur les 4 s"):
        measure(holed, probe(holed))


def test_an_m4a_with_a_hole_is_damaged(m4a: Path, tmp_path: Path) -> None:
    holed = overwritten(m4a, tmp_path / "holed.m4a", 0.3, 0.5)
    with pytest.raises(AudioRefused, match=r"abîmé.*2\d.% du son"):
        measure(holed, probe(holed))


def test_a_scratch_is_tolerated_and_counted(tmp_path: Path) -> None:
    source = sound(tmp_path / "long.mp3", *MP3, seconds=30)
    scratched = overwritten(source, tmp_path / "scratched.mp3", 0.5, 0.501)
    decoded = measure(scratched, probe(scratched))
    assert decoded.errors > 0
    assert decoded.duration == pytest.approx(30, abs=0.2)


def test_what_ffmpeg_cannot_read_at_all_is_refused(mp3: Path, m4a: Path) -> None:
    with pytest.raises(AudioRefused, match="illisible"):
        measure(mp3, probe(m4a))


# Nothing but the file


@pytest.mark.parametrize("container", ["mp3", "m4a", "adts"])
@pytest.mark.parametrize(
    "playlist",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nfile://{secret}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile '{secret}'\n",
        "concat:{secret}",
    ],
)
def test_a_playlist_leads_nowhere(container: str, playlist: str, mp3: Path, tmp_path: Path) -> None:
    disguised = tmp_path / "episode.mp3"
    disguised.write_text(playlist.format(secret=mp3))
    facts = replace(probe(mp3), container=container)
    with pytest.raises((AudioRefused, DecodingFailed)):
        measure(disguised, facts)


# When ffmpeg does not do its work


def test_a_decoder_that_hangs_is_stopped(mp3: Path, tmp_path: Path) -> None:
    endless = tmp_path / "pipe.mp3"
    os.mkfifo(endless)
    with pytest.raises(DecodingFailed, match=r"stopped after 0\.3 s"):
        measure(endless, probe(mp3), timeout=0.3)


def test_a_decoder_that_crashes_says_nothing_about_the_file(
    mp3: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashing = tmp_path / "ffmpeg"
    crashing.write_text("#!/bin/sh\nkill -SEGV $$\n")
    crashing.chmod(stat.S_IRWXU)
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(crashing))
    with pytest.raises(DecodingFailed, match=f"code {-signal.SIGSEGV}"):
        measure(mp3, probe(mp3))


def test_a_decoder_that_says_nothing_has_failed(mp3: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", "/bin/true")
    with pytest.raises(DecodingFailed, match="did not say"):
        measure(mp3, probe(mp3))


def test_a_missing_file_is_a_failure_with_its_cause(mp3: Path, tmp_path: Path) -> None:
    with pytest.raises(DecodingFailed, match="No such file"):
        measure(tmp_path / "gone.mp3", probe(mp3))


# Repackaging


def test_a_raw_stream_becomes_an_m4a_without_loss(adts: Path, tmp_path: Path) -> None:
    target = tmp_path / "remuxed.m4a"
    remux_to_m4a(adts, target, probe(adts))
    facts = probe(target)
    assert (facts.container, facts.codec) == ("m4a", "aac")
    assert facts.duration_is_exact
    assert heard(target) == heard(adts)


def test_chapters_are_written_and_foreign_tags_are_not(m4a: Path, tmp_path: Path) -> None:
    target = tmp_path / "remuxed.m4a"
    title = "L’un = l’autre ; # \\ ; à la ligne"
    marks = [Chapter(0, title), Chapter(1.5, "[CHAPTER]\\\\\\"), Chapter(3, "Trois")]
    remux_to_m4a(m4a, target, probe(m4a), chapters=marks, duration=4)
    assert chapters(target) == [(0, 1.5, title), (1.5, 3, "[CHAPTER]"), (3, 4, "Trois")]
    assert "foreign" not in metadata(target)


def test_an_m4a_does_not_say_which_version_of_ffmpeg_made_it(m4a: Path, tmp_path: Path) -> None:
    target = tmp_path / "remuxed.m4a"
    remux_to_m4a(m4a, target, probe(m4a))
    assert b"Lavf" in m4a.read_bytes()
    assert b"Lavf" not in target.read_bytes()
