"""The one door to S3, against a real server."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from publishing.artifacts import IMMUTABLE, SHORT_CACHE, Artifact, Bytes, PrivateObject
from publishing.exceptions import (
    ObjectMissing,
    StorageRefused,
    StorageUnavailable,
    VerificationFailed,
)
from publishing.storage import MULTIPART_BYTES, get_store
from tests.publishing.relay import Relay
from tests.publishing.toys import produced, text
from tests.services import S3


def test_headers_are_what_the_artifact_says(s3: S3) -> None:
    artifact = Artifact(
        role="audio",
        key="episodes/1/audio.mp3",
        content_type="audio/mpeg",
        filename="emission-1.mp3",
        body=Bytes(data=b"son"),
    )
    stored = get_store().put_bytes(artifact, b"son")
    answer = s3.get(artifact.key)
    assert answer.content == b"son"
    assert answer.headers["Content-Type"] == "audio/mpeg"
    assert answer.headers["Cache-Control"] == IMMUTABLE
    assert answer.headers["Content-Disposition"] == 'inline; filename="emission-1.mp3"'
    assert stored.digest == artifact.digest
    assert stored.size == 3
    assert answer.headers["ETag"].strip('"') == stored.etag


def test_an_object_overwritten_takes_the_new_headers(s3: S3) -> None:
    get_store().put_bytes(text("a.txt", filename="a.txt"), b"un")
    get_store().put_bytes(text("a.txt", cache_control=SHORT_CACHE), b"deux")
    answer = s3.get("a.txt")
    assert answer.content == b"deux"
    assert answer.headers["Cache-Control"] == SHORT_CACHE
    assert "Content-Disposition" not in answer.headers


def test_a_large_file_goes_up_in_parts_and_arrives_whole(
    relay: Relay, s3: S3, tmp_path: Path
) -> None:
    path = tmp_path / "body"
    path.write_bytes(b"0123456789abcdef" * (MULTIPART_BYTES // 16) + b"the rest")
    artifact = produced("large.bin", lambda path: None)
    stored = get_store().put_file(artifact, path)
    assert relay.puts().count("large.bin") == 2  # two parts
    assert stored.size == MULTIPART_BYTES + len(b"the rest")
    answer = s3.get("large.bin")
    assert answer.content == path.read_bytes()
    assert answer.headers["Content-Type"] == "text/plain"
    assert answer.headers["Cache-Control"] == IMMUTABLE
    # What the list says is what HEAD says: nothing is uploaded again for nothing.
    assert get_store().list_public()["large.bin"].etag == stored.etag


@pytest.mark.parametrize("size", [5, MULTIPART_BYTES + 5])
def test_a_private_object_is_copied_by_the_server_with_our_headers(
    relay: Relay, s3: S3, size: int
) -> None:
    data = b"0123456789" * (size // 10) + b"01234"[: size % 10]
    s3.client.put_object(
        Bucket=s3.private,
        Key="images/portrait.jpg",
        Body=data,
        ContentType="application/octet-stream",
        CacheControl="no-store",
        Metadata={"origin": "camera"},
    )
    artifact = Artifact(
        role="portrait",
        key="people/1/portrait.jpg",
        content_type="image/jpeg",
        body=PrivateObject(fingerprint="1", locate=lambda: "images/portrait.jpg"),
    )
    stored = get_store().copy_from_private(artifact, "images/portrait.jpg")
    answer = s3.get(artifact.key)
    assert answer.content == data
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == IMMUTABLE
    assert stored.digest == artifact.digest
    assert "GET" not in {method for method, _ in relay.seen}  # nothing came by here
    assert get_store().list_public()[artifact.key].etag == stored.etag


def test_an_original_that_is_not_there_is_named(s3: S3, tmp_path: Path) -> None:
    with pytest.raises(ObjectMissing, match=r"images/gone\.jpg"):
        get_store().copy_from_private(text("a.jpg"), "images/gone.jpg")
    with pytest.raises(ObjectMissing, match=r"audio/gone\.mp3"):
        get_store().download_private("audio/gone.mp3", tmp_path / "body")
    with pytest.raises(ObjectMissing, match=r"gone\.txt"):
        get_store().head("gone.txt")
    assert s3.keys() == []


def test_an_object_that_vanishes_after_it_was_sent_is_noticed(relay: Relay, s3: S3) -> None:
    def lose(method: str, key: str) -> None:
        if method == "PUT":
            s3.client.delete_object(Bucket=s3.public, Key=key)

    relay.after = lose
    with pytest.raises(VerificationFailed, match="not there"):
        get_store().put_bytes(text("a.txt"), b"entier")


def test_bytes_that_the_store_lost_are_noticed(relay: Relay, s3: S3) -> None:
    artifact = text("a.txt")

    def truncate(method: str, key: str) -> None:
        if method == "PUT":
            s3.client.put_object(
                Bucket=s3.public, Key=key, Body=b"ent", Metadata={"digest": artifact.digest}
            )

    relay.after = truncate
    with pytest.raises(VerificationFailed, match=r"sent 6 bytes .* HEAD answers 3 bytes"):
        get_store().put_bytes(artifact, b"entier")


def test_bytes_that_somebody_else_wrote_in_between_are_noticed(relay: Relay, s3: S3) -> None:
    def overwrite(method: str, key: str) -> None:
        if method == "PUT":
            s3.client.put_object(Bucket=s3.public, Key=key, Body=b"autres")

    relay.after = overwrite
    with pytest.raises(VerificationFailed, match="without digest"):
        get_store().put_bytes(text("a.txt"), b"entier")


def test_a_store_that_does_not_answer_is_unavailable(settings: Settings) -> None:
    settings.OBJECT_STORAGE = {**settings.OBJECT_STORAGE, "ENDPOINT_URL": "http://127.0.0.1:1"}
    with pytest.raises(StorageUnavailable, match=r"put a\.txt"):
        get_store().put_bytes(text("a.txt"), b"1")


@pytest.mark.parametrize(
    "change", [{"SECRET_ACCESS_KEY": "wrong"}, {"PUBLIC_BUCKET": "no bucket!"}]
)
def test_a_store_that_refuses_says_so_whatever_is_asked(
    s3: S3, settings: Settings, tmp_path: Path, change: dict[str, str]
) -> None:
    settings.OBJECT_STORAGE = {**settings.OBJECT_STORAGE, **change}
    store = get_store()
    path = tmp_path / "body"
    path.write_bytes(b"1" * (MULTIPART_BYTES + 1))
    for ask in (
        lambda: store.ping(),
        lambda: store.put_bytes(text("a.txt"), b"1"),
        lambda: store.put_file(text("a.txt"), path),
        lambda: store.list_public(),
        lambda: store.delete(["a.txt"]),
    ):
        with pytest.raises(StorageRefused) as refusal:
            ask()
        assert not isinstance(refusal.value, ObjectMissing)


def test_removing_twice_is_no_error(s3: S3) -> None:
    get_store().put_bytes(text("a.txt"), b"1")
    get_store().delete(["a.txt"])
    get_store().delete(["a.txt"])
    assert s3.keys() == []


def test_the_list_is_complete_beyond_one_page(relay: Relay, s3: S3) -> None:
    store = get_store()
    store._client.meta.events.register(
        "before-parameter-build.s3.ListObjectsV2", small_pages
    )  # a page holds 1,000 otherwise
    try:
        for number in range(5):
            store.put_bytes(text(f"notes/{number}.txt"), b"1")
        assert sorted(store.list_public()) == [f"notes/{number}.txt" for number in range(5)]
    finally:
        store._client.meta.events.unregister("before-parameter-build.s3.ListObjectsV2", small_pages)
    assert [method for method, _ in relay.seen].count("GET") == 3


def small_pages(params: dict[str, Any], **kwargs: object) -> None:
    params["MaxKeys"] = 2


def test_parts_left_by_a_dead_worker_are_freed_after_a_day(s3: S3) -> None:
    upload = s3.client.create_multipart_upload(Bucket=s3.public, Key="left.mp3")
    s3.client.upload_part(
        Bucket=s3.public, Key="left.mp3", UploadId=upload["UploadId"], PartNumber=1, Body=b"1"
    )
    assert get_store().abort_abandoned_uploads(timedelta(days=1)) == 0
    assert get_store().abort_abandoned_uploads(timedelta(seconds=-5)) == 1
    assert s3.client.list_multipart_uploads(Bucket=s3.public).get("Uploads", []) == []


def test_a_large_original_is_downloaded_whole(s3: S3, tmp_path: Path) -> None:
    data = b"0123456789abcdef" * (MULTIPART_BYTES // 8)
    s3.client.put_object(Bucket=s3.private, Key="audio/a.mp3", Body=data)
    get_store().download_private("audio/a.mp3", tmp_path / "original")
    assert (tmp_path / "original").read_bytes() == data


def test_an_original_that_never_arrives_whole_is_an_outage(
    relay: Relay, s3: S3, tmp_path: Path
) -> None:
    s3.client.put_object(Bucket=s3.private, Key="audio/a.mp3", Body=b"0123456789" * 1000)
    relay.cut = 5000
    with pytest.raises(StorageUnavailable, match=r"download audio/a\.mp3"):
        get_store().download_private("audio/a.mp3", tmp_path / "original")
    assert not (tmp_path / "original").exists()
