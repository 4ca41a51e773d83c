"""What one object and one wish may be, and what makes two of them the same."""

from pathlib import Path
from typing import Any

import pytest

from publishing.artifacts import (
    IMMUTABLE,
    SHORT_CACHE,
    Artifact,
    Bytes,
    Desired,
    PrivateObject,
    Produced,
    sha256_hex,
)


def text(
    key: str = "notes/one.txt", role: str = "text", data: bytes = b"un", **fields: Any
) -> Artifact:
    body = Bytes(data=data)
    return Artifact(
        **{"role": role, "key": key, "content_type": "text/plain", "body": body} | fields
    )


@pytest.mark.parametrize(
    "key",
    [
        "feed.xml",
        "podcasts/mon-emission/feed.xml",
        "episodes/6f9619ff-8b86-d011-b42d-00cf4fc964ff/audio-0a1b2c.mp3",
        "a/" * 126 + "abc",  # 255 characters
    ],
)
def test_a_readable_ascii_key_is_accepted(key: str) -> None:
    assert text(key).key == key


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/feed.xml",
        "podcasts//feed.xml",
        "podcasts/",
        "../private/original.mp3",
        "podcasts/../../etc",
        "podcasts/.hidden",
        "épisode.mp3",
        "deux mots.mp3",
        "line\nbreak.mp3",
        "nul\0.mp3",
        "query?x=1",
        "frag#ment",
        "per%20cent",
        "a&b.mp3",
        "quote'.mp3",
        'quote".mp3',
        "back\\slash",
        "½.mp3",
        "٣.mp3",  # an Arabic digit is a digit, but not an ASCII one
        "a/" * 126 + "abcd",  # 256 characters
    ],
)
def test_a_key_that_some_client_cannot_fetch_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="object key not publishable"):
        text(key)


def test_no_file_name_no_content_disposition() -> None:
    assert text().content_disposition == ""


def test_a_file_name_is_proposed_to_whoever_saves_the_object() -> None:
    assert text(filename="mon-emission 3.mp3").content_disposition == (
        'inline; filename="mon-emission 3.mp3"'
    )


@pytest.mark.parametrize(
    "filename", ['a".mp3', "a\\.mp3", "a\r\nX-Evil: 1", "été.mp3", "nul\0.mp3", "tab\t.mp3"]
)
def test_a_file_name_that_breaks_the_header_is_refused(filename: str) -> None:
    with pytest.raises(ValueError, match="file name not publishable"):
        text(filename=filename)


def test_the_digest_follows_content_and_headers_and_nothing_else() -> None:
    one = text()
    assert one.digest == text(key="elsewhere.txt", facts={"duration": 1}, announce=True).digest
    others = [
        text(data=b"deux"),
        text(cache_control=SHORT_CACHE),
        text(filename="one.txt"),
        text(content_type="text/html"),
    ]
    assert len({one.digest, *(other.digest for other in others)}) == len(others) + 1


def test_parts_are_delimited_so_that_no_two_lists_are_confused() -> None:
    assert sha256_hex("ab", "c") != sha256_hex("a", "bc")
    assert sha256_hex("ab") != sha256_hex("ab", "")
    assert sha256_hex("é") == sha256_hex("é".encode())


def test_content_that_costs_work_is_compared_without_doing_it() -> None:
    def write(path: Path) -> None:
        raise AssertionError("not now")

    produced = Artifact(
        role="audio",
        key="a.mp3",
        content_type="audio/mpeg",
        body=Produced(fingerprint="f", write=write),
    )
    copied = Artifact(
        role="audio",
        key="a.mp3",
        content_type="audio/mpeg",
        body=PrivateObject(fingerprint="f", locate=lambda: "x"),
    )
    assert produced.digest == copied.digest
    assert produced.cache_control == IMMUTABLE


def test_two_objects_for_one_role_or_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="given twice"):
        Desired(artifacts=(text(), text(key="two.txt")))
    with pytest.raises(ValueError, match="given twice"):
        Desired(artifacts=(text(), text(role="other")))


def test_the_digest_of_a_wish_ignores_the_order_and_is_empty_when_nothing_is_wished() -> None:
    one, two = text(), text(key="two.txt", role="two")
    assert Desired(artifacts=(one, two)).digest == Desired(artifacts=(two, one)).digest
    assert Desired(artifacts=(one,)).digest != Desired(artifacts=(one, two)).digest
    assert Desired(title="Retiré").digest == ""
