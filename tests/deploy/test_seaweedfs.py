"""The local object storage: two buckets, signatures checked, data kept."""

import os
from pathlib import Path

import pytest
import requests
from botocore.exceptions import ClientError

from deploy import ports
from deploy.seaweedfs import SeaweedFS, SeaweedFSError
from deploy.seaweedfs import ports as ports_of
from tests.services import S3, reserve_ports

ANYWHERE = {"Origin": "https://player.example"}


def test_readers_fetch_what_is_public_and_nothing_else(s3: S3) -> None:
    for bucket in (s3.private, s3.public):
        s3.client.put_object(Bucket=bucket, Key="a/é.txt", Body=b"bonjour")
    assert s3.get("a/é.txt").content == b"bonjour"
    assert requests.get(f"{s3.server.endpoint}/{s3.private}/a/é.txt").status_code == 403
    assert requests.get(f"{s3.server.endpoint}/{s3.public}/?list-type=2").status_code == 403
    assert requests.put(s3.url("b"), data=b"x").status_code == 403
    assert requests.delete(s3.url("a/é.txt")).status_code == 403
    assert s3.keys() == ["a/é.txt"]


def test_a_wrong_secret_is_refused(s3: S3, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "S3_SECRET_ACCESS_KEY", "wrong")
    intruder = S3(s3.server)
    with pytest.raises(ClientError, match="SignatureDoesNotMatch"):
        intruder.keys()
    intruder.client.close()


def test_players_of_other_sites_may_read_transcripts_and_chapters(s3: S3) -> None:
    s3.client.put_object(Bucket=s3.public, Key="chapters.json", Body=b"{}")
    allowed = s3.get("chapters.json", **ANYWHERE).headers["Access-Control-Allow-Origin"]
    assert allowed in {"*", ANYWHERE["Origin"]}


def test_buckets_are_empty_at_the_start_of_a_test(s3: S3) -> None:
    assert s3.keys(s3.public) == s3.keys(s3.private) == []


def test_an_outage_loses_nothing(s3: S3) -> None:
    s3.client.put_object(Bucket=s3.public, Key="a", Body=b"kept")
    with s3.down(), pytest.raises(requests.ConnectionError):
        s3.get("a")
    assert s3.get("a").content == b"kept"


def test_a_server_that_cannot_start_says_why(tmp_path: Path, s3: S3) -> None:
    second = SeaweedFS(tmp_path / "data", os.environ, tmp_path / "log")
    with pytest.raises(SeaweedFSError, match="address already in use"):
        second.start()
    assert s3.keys() == []


def test_a_stopped_server_leaves_no_port_and_no_socket(tmp_path: Path) -> None:
    first = reserve_ports(5)
    environment = {**os.environ, "S3_ENDPOINT_URL": f"http://127.0.0.1:{first}"}
    with SeaweedFS(tmp_path / "data", environment, tmp_path / "log"):
        assert first in ports.taken(ports_of(first))
    assert ports.taken(ports_of(first)) == []
    left = [path for path in Path("/tmp").glob("seaweedfs-*.sock") if str(first)[:4] in path.name]
    assert left == []
