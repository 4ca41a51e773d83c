"""What is written in a published file, and what must never move: the sound and its place."""

import hashlib
import random
import signal
import struct
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from mutagen.id3 import ID3

from podcasts.audio import TAG_AREA, AudioRefused, Tags, frames_digest, probe, write_tags
from podcasts.audio.probe import examine
from podcasts.chapters import CHAPTERS_MAX, Chapter
from tests.media import MP3, chapters, ffmpeg, heard, metadata, picture, sound

MIB = 1024 * 1024
TITLE = "Comment garder un médecin au village ? 🩺"
CHAPTERS = (
    Chapter(0, "Une très longue introduction, avec des accents : é, à, ç", "https://example.org/é"),
    Chapter(0.5, "Un titre moyen = ; # \\ 🎙️"),
    Chapter(1.25, "Court", "https://example.org/" + "x" * 90),
    Chapter(3, "C"),
)
TAGS = Tags(
    title=TITLE,
    show="Une question, trois voix",
    authors=("Nora Delmas", "Solutions solidaires"),
    number=3,
    season=2,
    published=date(2026, 3, 5),
    copyright="2026 Solutions solidaires",
    licence_url="https://creativecommons.org/licenses/by-nd/4.0/deed.fr",
    page_url="https://example.org/podcasts/médecin/",
    cover=picture((300, 300)),
    chapters=CHAPTERS,
    duration=4,
)
TIMES = [(0, 0.5), (0.5, 1.25), (1.25, 3), (3, 4)]


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Give a place for the tagged copy."""
    return tmp_path / "tagged"


def test_every_tag_is_read_by_a_foreign_program(any_sound: Path, target: Path) -> None:
    write_tags(any_sound, target, TAGS)
    lines = metadata(target).splitlines()
    for line in (
        f"title={TITLE}",
        "album=Une question, trois voix",
        "artist=Nora Delmas, Solutions solidaires",
        "track=3",
        "disc=2",
        "date=2026-03-05",
        "genre=Podcast",
        "comment=https://example.org/podcasts/médecin/",
    ):
        assert line in lines
    assert any(line.startswith("copyright=2026 Solutions solidaires") for line in lines)


def test_mp3_frames_that_ffmpeg_does_not_show(mp3: Path, target: Path) -> None:
    write_tags(mp3, target, TAGS)
    tag = ID3(target)
    assert tag.version == (2, 4, 0)
    assert tag.getall("APIC")[0].type == 3  # front cover
    assert tag["WCOP"].url == TAGS.licence_url
    assert tag["WOAF"].url == "https://example.org/podcasts/m%C3%A9decin/"
    assert tag["TLAN"].text == ["fra"]
    contents = tag["CTOC:toc"]
    assert contents.flags == 3  # top level, ordered
    assert contents.child_element_ids == ["chp000", "chp001", "chp002", "chp003"]
    assert "TIT2" in contents.sub_frames
    chapter = tag["CHAP:chp000"]
    assert (chapter.start_offset, chapter.end_offset) == (0xFFFFFFFF, 0xFFFFFFFF)
    assert chapter.sub_frames["WXXX:"].url == "https://example.org/%C3%A9"


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_the_cover_comes_out_as_it_went_in(any_sound: Path, target: Path, kind: str) -> None:
    cover = picture((64, 64), kind=kind)
    write_tags(any_sound, target, replace(TAGS, cover=cover))
    assert ffmpeg("-i", target, "-map", "0:v", "-c", "copy", "-f", "image2pipe", "-") == cover


def test_chapters_come_in_order_whatever_their_titles(any_sound: Path, target: Path) -> None:
    write_tags(any_sound, target, TAGS)
    titles = [chapter.title for chapter in CHAPTERS]
    assert chapters(target) == [(*times, title) for times, title in zip(TIMES, titles, strict=True)]


@pytest.mark.parametrize("name", ["mp3", "m4a"])
def test_all_the_chapters_that_fit_stay_in_order(
    name: str, target: Path, request: pytest.FixtureRequest
) -> None:
    lengths = [300 - number for number in range(CHAPTERS_MAX)]
    many = tuple(
        Chapter(number / 100, "é" * length, "https://example.org/" + "x" * (number % 120))
        for number, length in enumerate(lengths)
    )
    write_tags(request.getfixturevalue(name), target, replace(TAGS, chapters=many))
    found = chapters(target)
    assert [start for start, _, _ in found] == [chapter.start for chapter in many]
    assert [len(title) for _, _, title in found] == [min(length, 62) for length in lengths]


def test_a_file_without_anything_but_a_title(any_sound: Path, target: Path) -> None:
    write_tags(any_sound, target, Tags(title="Un titre", show="Une émission"))
    assert chapters(target) == []
    assert "title=Un titre" in metadata(target)
    assert "track=" not in metadata(target)


def test_hostile_texts_are_written_without_what_xml_forbids(any_sound: Path, target: Path) -> None:
    hostile = "a\0b\ud800c\x1bd"
    write_tags(
        any_sound,
        target,
        replace(TAGS, title=hostile, show=hostile, chapters=(Chapter(0, hostile + "\n[CHAPTER]"),)),
    )
    assert "title=abcd" in metadata(target)
    assert "album=abcd" in metadata(target)
    assert len(chapters(target)) == 1


def test_what_was_in_the_source_is_gone(tmp_path: Path, target: Path) -> None:
    tags = ("-metadata", "title=foreign", "-metadata", "comment=foreign", "-write_id3v1", "1")
    source = sound(tmp_path / "source.mp3", *MP3, *tags)
    with source.open("ab") as stream:
        stream.write(b"APETAGEX" + struct.pack("<4I8x", 2000, 32, 0, 0))
    assert b"foreign" in source.read_bytes()
    write_tags(source, target, replace(TAGS, cover=b""))
    written = target.read_bytes()
    assert b"foreign" not in written
    assert b"APETAGEX" not in written
    assert written[-128:-125] != b"TAG"


def test_foreign_atoms_are_gone(m4a: Path, target: Path) -> None:
    assert b"foreign" in m4a.read_bytes()
    write_tags(m4a, target, TAGS)
    assert b"foreign" not in target.read_bytes()


@pytest.mark.parametrize("name", ["mp3", "vbr_mp3", "m4a"])
def test_tagging_twice_is_tagging_once(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    write_tags(request.getfixturevalue(name), once, TAGS)
    write_tags(once, twice, TAGS)
    assert twice.read_bytes() == once.read_bytes()


# The sound


@pytest.mark.parametrize("name", ["mp3", "vbr_mp3", "m4a"])
def test_the_frames_are_untouched(name: str, target: Path, request: pytest.FixtureRequest) -> None:
    source = request.getfixturevalue(name)
    before = source.read_bytes(), source.stat().st_mtime_ns
    write_tags(source, target, TAGS)
    assert frames_digest(target) == frames_digest(source)
    assert (source.read_bytes(), source.stat().st_mtime_ns) == before
    assert replace(probe(target), size=0) == replace(probe(source), size=0)


def test_a_listener_hears_the_same(any_sound: Path, target: Path) -> None:
    write_tags(any_sound, target, TAGS)
    assert heard(target) == heard(any_sound)


def test_a_raw_aac_stream_becomes_an_m4a(adts: Path, target: Path) -> None:
    write_tags(adts, target, TAGS)
    assert probe(target).container == "m4a"


def test_an_m4a_starts_with_its_table_of_contents(m4a: Path, target: Path) -> None:
    assert m4a.read_bytes().index(b"moov") > m4a.read_bytes().index(b"mdat")
    write_tags(m4a, target, TAGS)
    assert target.read_bytes().index(b"moov") < target.read_bytes().index(b"mdat")


def test_a_correction_moves_nothing(any_sound: Path, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    corrected = (Chapter(0, "Corrigé " * 20), *CHAPTERS[1:], Chapter(3.5, "Un chapitre de plus"))
    write_tags(any_sound, before, TAGS)
    write_tags(any_sound, after, replace(TAGS, title=TITLE * 9, cover=b"", chapters=corrected))
    spans = examine(before).spans
    assert examine(after).spans == spans
    assert spans[0][0] == TAG_AREA
    assert before.read_bytes()[TAG_AREA:] == after.read_bytes()[TAG_AREA:]
    assert before.read_bytes() != after.read_bytes()


def test_a_heavy_cover_takes_whole_areas(any_sound: Path, target: Path) -> None:
    cover = picture((1000, 1000), noisy=True)
    assert len(cover) > TAG_AREA
    write_tags(any_sound, target, replace(TAGS, cover=cover))
    start = examine(target).spans[0][0]
    assert start % TAG_AREA == 0
    assert start > len(cover)


def test_same_source_and_tags_same_bytes(mp3: Path, m4a: Path, adts: Path, tmp_path: Path) -> None:
    def write() -> list[bytes]:
        targets = [tmp_path / source.name for source in (mp3, m4a, adts)]
        for source, target in zip((mp3, m4a, adts), targets, strict=True):
            write_tags(source, target, TAGS)
        return [target.read_bytes() for target in targets]

    first = write()
    time.sleep(1.1)  # a date of creation would show
    assert write() == first


# Failures


def test_a_source_that_is_no_sound_leaves_nothing(tmp_path: Path, target: Path) -> None:
    source = tmp_path / "text.mp3"
    source.write_text("Ceci n’est pas un son.")
    with pytest.raises(AudioRefused):
        write_tags(source, target, TAGS)
    assert list(tmp_path.iterdir()) == [source]


def test_a_cover_of_another_kind_is_an_error(mp3: Path, target: Path) -> None:
    with pytest.raises(ValueError, match="JPEG or PNG"):
        write_tags(mp3, target, replace(TAGS, cover=b"GIF89a"))


def test_an_unwritable_copy_leaves_the_old_target(mp3: Path, target: Path) -> None:
    target.write_bytes(b"as it was")
    with pytest.raises(ValueError, match="too wide"):
        write_tags(mp3, target, replace(TAGS, chapters=(Chapter(2**32, "hors du temps"),)))
    assert target.read_bytes() == b"as it was"
    assert list(target.parent.iterdir()) == [target]


ENDLESS = """
import sys
from pathlib import Path
from podcasts.audio import Tags, write_tags
source, target = map(Path, sys.argv[1:])
print("ready", flush=True)
while True:
    for title in ("A", "B"):
        write_tags(source, target, Tags(title=title, show="Une émission"))
"""


@pytest.mark.parametrize("name", ["mp3", "m4a"])
def test_a_killed_writer_leaves_a_whole_file_or_none(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    short = request.getfixturevalue(name)
    source = tmp_path / f"source{short.suffix}"
    ffmpeg("-stream_loop", "500", "-i", short, "-map", "0:a", "-c", "copy", source)
    original = hashlib.sha256(source.read_bytes()).digest()
    whole = set()
    for title in ("A", "B"):
        write_tags(source, tmp_path / "whole", Tags(title=title, show="Une émission"))
        whole.add((tmp_path / "whole").read_bytes())
    moments = random.Random(7)
    absent = 0
    for attempt in range(10):
        target = tmp_path / f"target{attempt}"
        writer = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, source, target], stdout=subprocess.PIPE
        )
        with writer:
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(moments.uniform(0, 0.15))
            writer.send_signal(signal.SIGKILL)
        assert writer.returncode == -signal.SIGKILL
        assert hashlib.sha256(source.read_bytes()).digest() == original
        if target.exists():
            assert target.read_bytes() in whole
        else:
            absent += 1
    litter = [path for path in tmp_path.iterdir() if path.suffix == ".part"]
    assert litter or absent  # some were killed on the way: the test saw what it is about


MEMORY = """
import resource, sys
from pathlib import Path
from podcasts.audio import Tags, frames_digest, write_tags
source, target, small = map(Path, sys.argv[1:])
write_tags(small, target, Tags(title="A", show="B"))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
write_tags(source, target, Tags(title="A", show="B"))
frames_digest(target)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.parametrize(("name", "size"), [("mp3", 200), ("m4a", 80)])
def test_a_long_file_is_never_held_in_memory(
    name: str, size: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    short = request.getfixturevalue(name)
    source = tmp_path / f"source{short.suffix}"
    loops = str(size * MIB // short.stat().st_size)
    ffmpeg("-stream_loop", loops, "-i", short, "-map", "0:a", "-c", "copy", source)
    assert source.stat().st_size > size * 0.9 * MIB
    grown = subprocess.run(
        [sys.executable, "-c", MEMORY, source, tmp_path / "target", short],
        stdout=subprocess.PIPE,
        check=True,
    )
    assert int(grown.stdout) * 1024 < 32 * MIB
