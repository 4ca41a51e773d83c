"""The checker asks the servers for all that a feed names, and finds what no XML check sees."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from .feed_checker import check, check_objects
from .feed_checker.problems import RULES
from .feed_checker.transcripts import check_transcript
from .good_site import CHAPTERS, FEED, SRT, VTT, picture, publish_good_feed
from .server import Resource, Site, serving
from .test_feed_checker import ALL

AUDIO = "/audio-9f8e7d6c5b4a3921.mp3"
ART = "/artwork-1f3a5c7e9b2d4f60.jpg"
PNG = "/artwork-7f91a3b5c7d9e0f2.png"
JSON = "/chapters-5e7092b4d6f81a3c.json"
Change = Callable[[Resource], None]


def changed(**attributes: Any) -> Change:
    """Replace attributes of a resource."""
    return lambda resource: resource.__dict__.update(attributes)


def chapters(**fields: Any) -> Change:
    """Replace fields of the chapters file."""
    return changed(body=json.dumps({**CHAPTERS, **fields}).encode())


def timed(text: str, old: str, new: str) -> Change:
    """Break a transcript in one place."""
    assert old in text
    return changed(body=text.replace(old, new, 1).encode())


FAULTS = [
    ("status", "/bande-annonce/", changed(status=404)),
    ("status", "/portrait-5a7c9e1b3d5f7081.jpg", changed(status=403)),
    ("status", AUDIO, changed(status=404)),
    ("content type", AUDIO, changed(content_type="application/octet-stream")),
    ("content type", ART, changed(content_type="image/png")),
    ("content type", ".vtt", changed(content_type="text/plain")),
    ("content type", JSON, changed(content_type="application/json")),
    ("content type", FEED, changed(content_type="text/xml")),
    ("content type", FEED, changed(content_type="application/rss+xml; charset=latin-1")),
    ("length", AUDIO, changed(body=b"x" * 1000)),
    ("ranges", AUDIO, changed(ranges=False)),
    ("ranges", AUDIO, changed(headers={"Content-Range": "bytes 0-1/*"})),
    ("ranges", ART, changed(ranges=False)),
    ("artwork", ART, changed(body=picture(1399, 1399))),
    ("artwork", ART, changed(body=picture(3001, 3001))),
    ("artwork", ART, changed(body=picture(1400, 1500))),
    ("artwork", ART, changed(body=picture(mode="CMYK"))),
    ("artwork", ART, changed(body=picture(mode="L"))),
    ("artwork", ART, changed(body=picture(kind="PNG"))),
    ("artwork", ART, changed(body=picture()[:3000])),
    ("artwork", ART, changed(body=b"pas une image")),
    ("artwork", PNG, changed(body=picture(mode="RGBA", kind="PNG"))),
    ("artwork", PNG, changed(body=picture(mode="P", kind="PNG"))),
    ("density", ART, changed(body=picture(dpi=300))),
    ("cors", ".vtt", changed(headers={})),
    ("cors", JSON, changed(headers={"Access-Control-Allow-Origin": "https://autre.example"})),
    ("transcript", ".vtt", changed(body=b"")),
    ("transcript", ".vtt", changed(body=b"\xff")),
    ("transcript", ".vtt", timed(VTT, "WEBVTT", "VTT")),
    ("transcript", ".vtt", timed(VTT, "-->", "->")),
    ("transcript", ".vtt", timed(VTT, "00:00:09.000", "00:15:10.000")),
    ("transcript", ".vtt", timed(VTT, "00:00.000", "00:04.600")),
    ("transcript", ".vtt", timed(VTT, "1\n00:00.000 --> 00:04", "1\n00:05.000 --> 00:06")),
    ("transcript", ".vtt", timed(VTT, "voisins", "voisins" * 9)),
    ("transcript", ".srt", timed(SRT, "2\n", "3\n")),
    ("transcript", ".srt", timed(SRT, "04,500 -->", "04.500 -->")),
    ("transcript", ".srt", timed(SRT, "Nour Delmas\u00a0: ", "Nour Delmas\n: ")),
    ("transcript", ".srt", timed(SRT, "voisins", "voisins du quartier")),
    ("transcript", ".srt", timed(SRT, "Jeanne Astier\u00a0: Entre voisins.\n", "")),
    ("chapters", JSON, changed(body=b"[]")),
    ("chapters", JSON, chapters(version="1.0")),
    ("chapters", JSON, chapters(chapters=[])),
    ("chapters", JSON, chapters(chapters=[{"startTime": 0}])),
    ("chapters", JSON, chapters(chapters=[{"startTime": "début", "title": "Ouverture"}])),
    ("chapters", JSON, chapters(chapters=CHAPTERS["chapters"][::-1])),
    ("chapters", JSON, chapters(chapters=[{"startTime": 906, "title": "Après"}])),
    ("chapters", JSON, chapters(chapters=[{"startTime": 0, "title": "I", "url": "/voisins/"}])),
    ("validators", FEED, changed(headers={"ETag": 'W/"faible"'})),
    ("validators", FEED, changed(headers={"ETag": ""})),
]


@pytest.fixture
def site() -> Iterator[Site]:
    """Run an empty server."""
    with serving() as site:
        yield site


def test_all_that_the_good_feed_names_is_right(site: Site) -> None:
    xml = publish_good_feed(site)
    assert check(xml, site.base + FEED) == []
    assert check_objects(xml) == []
    asked = {path for _, path, _ in site.requests}
    assert asked == set(site.resources)


@pytest.mark.parametrize(
    ("rule", "where", "change"), FAULTS, ids=[f"{rule} {where}" for rule, where, _ in FAULTS]
)
def test_each_fault_of_a_server_is_found_alone(
    site: Site, rule: str, where: str, change: Change
) -> None:
    xml = publish_good_feed(site)
    (path,) = {path for path in site.resources if path.endswith(where)}
    change(site.resources[path])
    problems = check_objects(xml)
    assert {(problem.rule, problem.where) for problem in problems} == {(rule, site.base + path)}


def test_the_address_serves_the_feed_that_was_checked(site: Site) -> None:
    xml = publish_good_feed(site)
    (problem,) = check_objects(xml.replace(b"une experte", b"un expert"))
    assert problem.rule == "feed bytes"


def test_the_trailer_must_agree_with_the_file_as_the_episode_does(site: Site) -> None:
    xml = publish_good_feed(site).replace(b'+0200" length="480653"', b'+0200" length="480654"')
    site.resources[FEED].body = xml
    (problem,) = check_objects(xml)
    assert problem.rule == "length"


def test_a_server_that_does_not_answer_is_a_problem_not_a_crash(site: Site) -> None:
    xml = publish_good_feed(site)
    gone = xml.replace(site.base.encode(), b"http://127.0.0.1:9")
    assert {problem.rule for problem in check_objects(gone)} == {"status"}


@pytest.mark.parametrize(
    ("media_type", "good", "bad"),
    [
        ("text/plain", "Bonjour", " "),
        ("text/html", "<p>Bonjour</p>", ""),
        (
            "application/json",
            '{"version": "1.0.0", "segments": [{"startTime": 0, "endTime": 2, "body": "Bonjour"}]}',
            '{"version": "1.0.0", "segments": []}',
        ),
        (
            "application/json",
            '{"version": "1.0.0", "segments": [{"startTime": 1, "endTime": 2, "body": "Oui"}]}',
            '{"version": "2.0.0", "segments": [{"startTime": 1, "endTime": 2, "body": "Oui"}]}',
        ),
    ],
)
def test_other_formats_of_transcripts(media_type: str, good: str, bad: str) -> None:
    assert list(check_transcript(good.encode(), media_type, 10, "ici")) == []
    (problem,) = check_transcript(bad.encode(), media_type, 10, "ici")
    assert problem.rule == "transcript"


def test_every_rule_has_a_fault() -> None:
    tested_apart = {"stored guid", "feed bytes"}
    assert {rule for rule, *_ in (*ALL, *FAULTS)} | tested_apart == set(RULES)
