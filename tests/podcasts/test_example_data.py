"""The example show: what its TOML says is what its files are."""

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from cms import transcripts
from cms.models import Licence, Organisation, Territory
from podcasts import artwork, chapters, roles
from podcasts.audio import AudioFacts, probe
from podcasts.categories import CATEGORIES
from podcasts.decoding import measure

DATA = Path(__file__).parents[2] / "podcasts" / "example_data"
CONTENT = tomllib.loads((DATA / "show.toml").read_text(encoding="utf-8"))
SCRIPT = tomllib.loads((DATA / "script.toml").read_text(encoding="utf-8"))
SHOW = CONTENT["show"]
FULL = [episode for episode in CONTENT["episodes"] if episode["episode_type"] == "full"]
NOT_PROSE = {"id", "slug", "feed_slug", "url", "file", "website", "funding_url", "owner_email"}
NOT_PROSE |= {"audio", "transcript", "artwork", "portrait", "category", "notes"}
NOTES_TAGS = {"p", "ul", "li", "b", "i", "a"}  # what podcast apps keep

each_episode = pytest.mark.parametrize("episode", CONTENT["episodes"], ids=lambda one: one["slug"])
each_full = pytest.mark.parametrize("episode", FULL, ids=lambda one: one["slug"])
each_image = pytest.mark.parametrize("image", CONTENT["images"], ids=lambda one: one["file"])

Table = dict[str, Any]


def facts(episode: Table) -> AudioFacts:
    return probe(DATA / episode["audio"])


def cues(episode: Table) -> list[transcripts.Cue]:
    return transcripts.parse((DATA / episode["transcript"]).read_bytes())


def full_name(person: str) -> str:
    one = next(one for one in CONTENT["persons"] if one["id"] == person)
    return f"{one['first_name']} {one['last_name']}"


def texts(value: object, key: str = "") -> Iterator[str]:
    """Every French text of the content, notes without their tags."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, key)
    elif isinstance(value, str) and key == "notes":
        yield re.sub(r"<[^>]*>", "", value)
    elif isinstance(value, str) and key not in NOT_PROSE:
        yield value


def test_there_is_a_trailer_and_three_episodes_in_the_order_of_their_dates() -> None:
    kinds = [episode["episode_type"] for episode in CONTENT["episodes"]]
    assert kinds == ["trailer", "full", "full", "full"]
    assert [episode.get("number") for episode in CONTENT["episodes"]] == [None, 1, 2, 3]
    dates = [episode["publication_date"] for episode in CONTENT["episodes"]]
    assert all(later - sooner >= timedelta(days=14) for sooner, later in pairwise(dates))
    assert {date.year for date in dates} == {2026}


@each_episode
def test_a_date_bears_the_offset_of_paris(episode: Table) -> None:
    date = episode["publication_date"]
    assert date.utcoffset() == date.astimezone(ZoneInfo("Europe/Paris")).utcoffset()


def test_every_file_is_named_by_the_content_and_every_name_has_its_file() -> None:
    named = {image["file"] for image in CONTENT["images"]}
    named |= {episode[part] for episode in CONTENT["episodes"] for part in ("audio", "transcript")}
    folders = ("audio", "images", "transcripts")
    present = {str(p.relative_to(DATA)) for folder in folders for p in (DATA / folder).iterdir()}
    assert present == named
    drawn = {drawing.stem for drawing in (DATA / "drawings").glob("*.svg")}
    assert drawn == {Path(image["file"]).stem for image in CONTENT["images"]}


def test_every_picture_is_used_and_every_use_has_its_picture() -> None:
    used = {SHOW["artwork"], *(person["portrait"] for person in CONTENT["persons"])}
    used |= {episode["artwork"] for episode in CONTENT["episodes"] if "artwork" in episode}
    assert used == {image["file"] for image in CONTENT["images"]}


def test_every_reference_has_its_target() -> None:
    persons = {person["id"] for person in CONTENT["persons"]}
    organisations = {organisation["id"] for organisation in CONTENT["organisations"]}
    themes = {theme["slug"] for theme in CONTENT["themes"]}
    heard = {one["person"] for episode in CONTENT["episodes"] for one in episode["participants"]}
    assert heard == persons
    assert set(SHOW["hosts"]) <= persons
    used = {person["organisation"] for person in CONTENT["persons"]} | {SHOW["partner"]}
    assert used == organisations
    assert {theme for episode in CONTENT["episodes"] for theme in episode["themes"]} == themes
    assert set(SCRIPT["voices"]) == persons
    assert {season["number"] for season in SHOW["seasons"]} >= {e["season"] for e in FULL}


@pytest.mark.django_db
def test_codes_are_those_of_the_site() -> None:
    licences = {one["licence"] for one in (SHOW, *CONTENT["episodes"], *CONTENT["images"])}
    assert licences <= set(Licence.objects.values_list("code", flat=True))
    territories = {code for episode in CONTENT["episodes"] for code in episode["territories"]}
    assert territories <= set(Territory.objects.values_list("code", flat=True))
    kinds = {organisation["kind"] for organisation in CONTENT["organisations"]}
    assert kinds <= set(Organisation.Kind.values)


def test_the_category_is_one_of_apple_s() -> None:
    parent, child = SHOW["category"].split("/")
    assert child in CATEGORIES[parent][1]


def test_everything_says_that_it_is_an_example() -> None:
    assert "Exemple fictif" in SHOW["description"]
    for person in CONTENT["persons"]:
        start = "Personnage fictif, créé pour le site d’exemple."
        assert person["biography"].startswith(start), person["id"]
    for episode in CONTENT["episodes"]:
        assert "Exemple fictif" in episode["notes"], episode["slug"]
        said = " ".join(cue.text for cue in cues(episode))
        assert re.search("fictif|fictives", said), episode["slug"]


def test_the_french_is_typeset() -> None:
    for text in texts(CONTENT):
        assert "'" not in text, text
        assert '"' not in text, text
        assert not re.search(r"(?<!\u202f)[;!?](?!\w)", text), f"fine no-break space: {text}"
        assert not re.search(r"(?<!\u00a0):(?!//)", text), f"no-break space: {text}"
        assert not re.search(r"«(?!\u202f)|(?<!\u202f)»", text), f"quotes: {text}"
        assert text == text.strip(), text


@each_full
def test_an_episode_asks_a_question_without_a_number(episode: Table) -> None:
    assert episode["title"].endswith("\u202f?")
    assert not re.search(r"\d", episode["title"])


@each_full
def test_an_episode_has_a_host_and_the_three_voices_and_lets_them_speak(episode: Table) -> None:
    cast = [one["role"] for one in episode["participants"]]
    assert roles.missing(cast) == []
    names = {full_name(one["person"]) for one in episode["participants"]}
    assert {cue.speaker for cue in cues(episode)} == names


@each_episode
def test_summary_and_notes_are_what_apps_can_show(episode: Table) -> None:
    assert 150 <= len(episode["summary"]) <= 300
    assert len(episode["notes"].encode()) <= 4000
    assert set(re.findall(r"</?(\w+)", episode["notes"])) <= NOTES_TAGS


@each_episode
def test_the_sound_is_what_apple_asks_for(episode: Table) -> None:
    sound = facts(episode)
    assert sound.sample_rate == 44_100
    assert 96_000 <= sound.bitrate <= 128_000
    assert sound.duration_is_exact
    assert Path(episode["audio"]).suffix == f".{sound.container}"
    decoded = measure(DATA / episode["audio"], sound)
    assert decoded.errors == 0
    assert decoded.duration == pytest.approx(sound.duration, abs=0.1)
    assert decoded.loudness == pytest.approx(-16, abs=1)


def test_the_sounds_are_short_and_of_both_kinds() -> None:
    sounds = [facts(episode) for episode in CONTENT["episodes"]]
    assert sum(sound.size for sound in sounds) <= 2_000_000
    assert {sound.codec for sound in sounds} == {"mp3", "aac"}
    assert all(40 <= facts(episode).duration <= 55 for episode in FULL)
    assert 10 <= facts(CONTENT["episodes"][0]).duration <= 20


@each_full
def test_chapters_start_where_somebody_starts_to_speak(episode: Table) -> None:
    listed = [chapters.Chapter(**chapter) for chapter in episode["chapters"]]
    assert 4 <= len(listed) <= 5
    assert chapters.problems(listed, facts(episode).duration) == []
    assert chapters.advice(listed) == []
    starts = {cue.start for cue in cues(episode)}
    assert {chapter.start for chapter in listed[1:]} <= starts


@each_episode
def test_cues_follow_one_another_inside_the_sound(episode: Table) -> None:
    said = cues(episode)
    assert all(before.end <= after.start for before, after in pairwise(said))
    assert said[0].start > 0
    assert said[-1].end < facts(episode).duration
    assert all(len(cue.text) <= 2 * transcripts.SRT_LINE for cue in said)


@each_episode
def test_the_transcript_is_the_script(episode: Table) -> None:
    spoken = next(one for one in SCRIPT["episodes"] if one["slug"] == episode["slug"])
    said = [(turn.speaker, turn.text) for turn in transcripts.turns(cues(episode))]
    written: list[tuple[str, str]] = []
    for line in spoken["lines"]:
        name = full_name(line["who"])
        if written and written[-1][0] == name:
            written[-1] = name, f"{written[-1][1]} {line['text']}"
        else:
            written.append((name, line["text"]))
    assert said == written


@each_full
def test_the_soundbite_starts_with_a_sentence_and_ends_inside_the_sound(episode: Table) -> None:
    start, duration = episode["soundbite_start"], episode["soundbite_duration"]
    assert 15 <= duration <= 120
    assert start + duration <= facts(episode).duration
    assert min(abs(cue.start - start) for cue in cues(episode)) < 0.01
    assert len(episode["soundbite_title"]) <= 128


@pytest.mark.parametrize("name", [SHOW["artwork"], *(e["artwork"] for e in FULL if "artwork" in e)])
def test_a_cover_is_within_apple_s_limits_and_light(name: str) -> None:
    with (DATA / name).open("rb") as file:
        assert artwork.check(file) == []
        assert Image.open(file).size == (artwork.SIDE_MAX, artwork.SIDE_MAX)
    assert (DATA / name).stat().st_size <= 450_000


def test_portraits_are_small_squares() -> None:
    for person in CONTENT["persons"]:
        path = DATA / person["portrait"]
        with Image.open(path) as picture:
            assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (600, 600))
        assert path.stat().st_size <= 40_000


@each_image
def test_a_picture_comes_with_its_alternative_and_its_rights(image: Table) -> None:
    assert 20 <= len(image["description"]) <= 255
    assert image["credit"]
    assert image["rights_holder"]
    assert image["republication"] == "yes"
