"""The real servers that tests use. Loaded by ``-p tests.services`` before the settings are.

Each test process (one a core under xdist) has servers of its own, on ports that no other test
process takes, in a directory that it removes. They start when a test first asks for them.
"""

import atexit
import contextlib
import os
import random
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests
from botocore.config import Config

from cms.settings.env import local
from deploy import ports, seaweedfs

DIRECTORY = Path(tempfile.mkdtemp(prefix="solutions-"))
"""Everything that this process keeps on disk. Short: sockets with a long path cannot be opened."""


_GUARDS: list[socket.socket] = []


def reserve_ports(count: int) -> int:
    """Return the first of consecutive free ports that no other test process is given.

    The ports 10,000 above are free too: SeaweedFS takes them. All are below those that the system
    gives to clients. One port more, held to the end, tells other processes to look elsewhere.
    """
    while True:
        guard = socket.socket()
        first = random.randrange(20_000, 22_700, 6)
        block = range(first, first + count)
        if not ports.taken([*block, *(port + 10_000 for port in block)]):
            with contextlib.suppress(OSError):
                guard.bind(("127.0.0.1", first + 5))
                _GUARDS.append(guard)
                return first
        guard.close()


@atexit.register
def _clean_up() -> None:
    for guard in _GUARDS:
        guard.close()
    shutil.rmtree(DIRECTORY, ignore_errors=True)


S3_PORT = reserve_ports(5)
POSTGRESQL_PORT = reserve_ports(1)

os.environ.update(local(DIRECTORY, S3_PORT - 333))
os.environ["SITE_URL"] = "http://testserver"
if os.environ.get("TEST_DB") == "postgresql":
    os.environ["DATABASE_URL"] = f"postgresql://tests@127.0.0.1:{POSTGRESQL_PORT}/tests"


class S3:
    """The two buckets of a test, empty when it begins."""

    def __init__(self, server: seaweedfs.SeaweedFS) -> None:
        self.server = server
        self.private = os.environ["S3_PRIVATE_BUCKET"]
        self.public = os.environ["S3_PUBLIC_BUCKET"]
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=server.endpoint,
            aws_access_key_id=os.environ["S3_ACCESS_KEY_ID"],
            aws_secret_access_key=os.environ["S3_SECRET_ACCESS_KEY"],
            region_name=os.environ["S3_REGION"],
            config=Config(s3={"addressing_style": "path"}),
        )

    def url(self, key: str) -> str:
        """Return the address of a public object."""
        return f"{os.environ['S3_PUBLIC_URL']}/{key}"

    def get(self, key: str, **headers: str) -> requests.Response:
        """Fetch a public object as any reader does, without a signature."""
        return requests.get(self.url(key), headers=headers, timeout=20)

    def keys(self, bucket: str | None = None) -> list[str]:
        """Return the keys in a bucket, the public one unless told otherwise, in order."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket or self.public)
        return [entry["Key"] for page in pages for entry in page.get("Contents", [])]

    def down(self) -> AbstractContextManager[None]:
        """Keep the server away for the length of a ``with`` block."""
        return self.server.down()

    def empty(self) -> None:
        """Delete every object of both buckets."""
        for bucket in (self.private, self.public):
            keys = [{"Key": key} for key in self.keys(bucket)]
            for start in range(0, len(keys), 1000):
                self.client.delete_objects(
                    Bucket=bucket, Delete={"Objects": keys[start : start + 1000]}
                )


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3]:
    """Run the object storage for the whole session."""
    server = seaweedfs.SeaweedFS(DIRECTORY / "s3", os.environ, DIRECTORY / "s3.log")
    server.start()
    s3 = S3(server)
    yield s3
    s3.client.close()
    server.kill()


@pytest.fixture
def s3(s3_server: S3) -> Iterator[S3]:
    """Give a test the object storage, with empty buckets."""
    yield s3_server
    s3_server.empty()
