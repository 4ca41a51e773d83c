"""The media domain: the shipped nginx.conf in front of the public bucket."""

import os
import time
from collections.abc import Iterator

import pytest
import requests

from tests.deploy.nginx import Nginx
from tests.services import S3, S3_PORT, reserve_ports

MEDIA = "media.example.fr"
FEED, AUDIO = "/podcasts/essai/feed.xml", "/episodes/essai/audio-1.mp3"
FEED_BYTES = b"<rss>" + b"bonjour " * 10_000 + b"</rss>"
EXPIRED = 2.1
"""Seconds after which `max-age=1` is over; nginx counts whole seconds."""
AUDIO_BYTES = os.urandom(9_000_000)


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Run nginx in front of the object storage."""
    first = reserve_ports(5)
    directory = tmp_path_factory.mktemp("nginx")
    nginx = Nginx(directory, first_port=first, site_port=first + 4, s3_port=S3_PORT)
    with nginx:
        yield nginx


@pytest.fixture
def media(nginx: Nginx, s3: S3) -> Nginx:
    """Give the media domain with a feed that is cached for a second, and an audio for ever."""
    s3.client.put_object(
        Bucket=s3.public,
        Key=FEED[1:],
        Body=FEED_BYTES,
        ContentType="application/rss+xml",
        CacheControl="public, max-age=1",
    )
    s3.client.put_object(
        Bucket=s3.public,
        Key=AUDIO[1:],
        Body=AUDIO_BYTES,
        ContentType="audio/mpeg",
        CacheControl="public, max-age=31536000, immutable",
    )
    return nginx


def test_a_feed_is_served_as_it_is_with_its_headers(media: Nginx) -> None:
    answer = media.request("GET", MEDIA, FEED)
    assert answer.content == FEED_BYTES
    assert answer.headers["Content-Type"] == "application/rss+xml"
    assert answer.headers["Cache-Control"] == "public, max-age=1"
    head = media.request("HEAD", MEDIA, FEED)
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(len(FEED_BYTES)))


def test_a_line_break_names_no_other_bucket(media: Nginx, s3: S3) -> None:
    s3.client.put_object(Bucket=s3.public, Key="a\nb", Body=b"c")
    assert media.request("GET", MEDIA, "/a%0Ab").content == b"c"
    assert media.request("GET", MEDIA, f"/{s3.public}/a%0Ab").status_code == 404


@pytest.mark.parametrize("coding", ["gzip", "identity"])
def test_an_unchanged_feed_costs_a_304_compressed_or_not(media: Nginx, coding: str) -> None:
    answer = media.request("GET", MEDIA, FEED, Accept_Encoding=coding)
    assert answer.content == FEED_BYTES
    assert answer.headers.get("Content-Encoding", "identity") == coding
    etag, date = answer.headers["ETag"], answer.headers["Last-Modified"]
    for wait in (0, EXPIRED):
        time.sleep(wait)
        for validator in ({"If_None_Match": etag}, {"If_Modified_Since": date}):
            again = media.request("GET", MEDIA, FEED, Accept_Encoding=coding, **validator)
            assert (again.status_code, again.content) == (304, b"")


def test_a_new_feed_is_seen_as_soon_as_the_old_one_has_expired(media: Nginx, s3: S3) -> None:
    etag = media.request("GET", MEDIA, FEED).headers["ETag"]
    s3.client.put_object(Bucket=s3.public, Key=FEED[1:], Body=b"<rss/>")
    time.sleep(EXPIRED)
    assert media.request("GET", MEDIA, FEED, If_None_Match=etag).content == b"<rss/>"


def test_audio_seeks(media: Nginx) -> None:
    head = media.request("HEAD", MEDIA, AUDIO)
    assert head.headers["Content-Length"] == str(len(AUDIO_BYTES))
    assert head.headers["Accept-Ranges"] == "bytes"
    assert media.request("GET", MEDIA, AUDIO).content == AUDIO_BYTES
    for asked, expected in {
        "bytes=0-0": AUDIO_BYTES[:1],
        "bytes=4194303-4194304": AUDIO_BYTES[4194303:4194305],
        "bytes=8999990-": AUDIO_BYTES[-10:],
        "bytes=-10": AUDIO_BYTES[-10:],
    }.items():
        part = media.request("GET", MEDIA, AUDIO, Range=asked)
        assert (part.status_code, part.content) == (206, expected), asked
    assert media.request("GET", MEDIA, AUDIO, Range="bytes=9000000-").status_code == 416
    changed = media.request("GET", MEDIA, AUDIO, Range="bytes=0-9", If_Range='"other"')
    assert changed.content == AUDIO_BYTES


def test_what_was_fetched_once_is_served_while_the_bucket_is_away(media: Nginx, s3: S3) -> None:
    media.request("GET", MEDIA, FEED)
    media.request("GET", MEDIA, AUDIO)
    time.sleep(EXPIRED)
    with s3.down():
        feed = media.request("GET", MEDIA, FEED)
        assert (feed.content, feed.headers["X-Cache"]) == (FEED_BYTES, "STALE")
        assert media.request("GET", MEDIA, AUDIO).content == AUDIO_BYTES
        assert media.request("GET", MEDIA, "/episodes/other.mp3").status_code == 502


def test_what_is_withdrawn_from_the_bucket_leaves_the_cache(media: Nginx, s3: S3) -> None:
    picture = {"ContentType": "image/jpeg", "CacheControl": "public, max-age=31536000, immutable"}
    s3.client.put_object(Bucket=s3.public, Key="image-1.jpg", Body=b"image", **picture)
    kept = media.request("GET", MEDIA, "/image-1.jpg")
    assert (kept.content, kept.headers["Cache-Control"]) == (b"image", picture["CacheControl"])
    time.sleep(EXPIRED)
    assert media.request("GET", MEDIA, "/image-1.jpg").headers["X-Cache"] == "REVALIDATED"
    s3.client.delete_object(Bucket=s3.public, Key="image-1.jpg")
    time.sleep(EXPIRED)
    assert media.request("GET", MEDIA, "/image-1.jpg").status_code == 404


def test_players_of_other_sites_may_read(media: Nginx) -> None:
    answer = media.request("GET", MEDIA, FEED, Origin="https://player.example")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Origin" not in answer.headers.get("Vary", "")
    preflight = media.request(
        "OPTIONS", MEDIA, AUDIO, Origin="https://p.example", Access_Control_Request_Headers="range"
    )
    assert preflight.status_code == 204
    assert "Range" in preflight.headers["Access-Control-Allow-Headers"]


def test_nothing_but_objects_by_their_name(media: Nginx, s3: S3) -> None:
    s3.client.put_object(Bucket=s3.private, Key="secret.mp3", Body=b"secret")
    for path in ("/", "/?list-type=2", f"/../{s3.private}/secret.mp3"):
        assert media.request("GET", MEDIA, path).status_code == 404, path
    assert media.request("GET", MEDIA, f"{FEED}?acl").content == FEED_BYTES
    assert media.request("GET", MEDIA, FEED, Authorization="AWS x").content == FEED_BYTES
    for method in ("PUT", "POST", "DELETE"):
        assert media.request(method, MEDIA, FEED).status_code == 405
    assert s3.get(FEED[1:]).content == FEED_BYTES


def test_plain_http_is_sent_to_tls(media: Nginx) -> None:
    answer = requests.get(
        f"http://127.0.0.1:{media.http}{FEED}", headers={"Host": MEDIA}, allow_redirects=False
    )
    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{MEDIA}{FEED}")
