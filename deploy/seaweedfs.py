"""SeaweedFS on loopback: the object storage of one machine, and of the tests.

One process holds the master, volume, filer and S3 servers (`weed mini`). Signatures are checked;
readers who do not sign may fetch objects of the public bucket, from any web origin, and neither
list nor write.
"""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

import requests
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from deploy.ports import taken
from deploy.processes import Process

START_SECONDS = 45
"""How long the first write may take; usually a second, now and then twenty."""


class SeaweedFSError(Exception):
    """The server did not start; the message holds the end of its log."""


def ports(first: int) -> list[int]:
    """Return every port that a server whose S3 port is ``first`` listens on.

    S3, master, volume, filer and admin, and the gRPC twin of each, 10,000 above.
    """
    web = list(range(first, first + 5))
    return web + [port + 10_000 for port in web]


class SeaweedFS:
    """The server described by the ``S3_*`` variables of an environment, kept in one directory.

    A context manager: started on entering, stopped on leaving.
    """

    def __init__(self, directory: Path, environment: Mapping[str, str], log: Path) -> None:
        """Prepare the server; nothing is started."""
        self.endpoint = environment["S3_ENDPOINT_URL"]
        self._directory, self._log, self._environment = directory, log, environment
        self._port = urlsplit(self.endpoint).port or 80
        self._buckets = environment["S3_PUBLIC_BUCKET"], environment["S3_PRIVATE_BUCKET"]
        self._process: Process | None = None

    def start(self) -> Process:
        """Start the server and return its process once it has accepted a write.

        Raises SeaweedFSError.
        """
        # It would quietly take other ports, and another server would answer in its place.
        if busy := taken(ports(self._port)):
            raise SeaweedFSError(f"port {busy[0]}: address already in use")
        self._directory.mkdir(parents=True, exist_ok=True)
        self._process = Process(
            self._command(),
            log=self._log,
            cwd=self._directory,
            env={**os.environ, "GOMEMLIMIT": "300MiB"},
        )
        end = time.monotonic() + START_SECONDS
        while not self._accepts_writes():
            if self._process.exit_code() is not None or time.monotonic() > end:
                self.kill()
                raise SeaweedFSError(self._process.tail())
            time.sleep(0.05)
        return self._process

    def stop(self) -> None:
        """Stop the server in order; takes about three seconds."""
        self._end(patience=10)

    def kill(self) -> None:
        """Stop the server at once; acknowledged writes are kept."""
        self._end(patience=0)

    @contextmanager
    def down(self) -> Iterator[None]:
        """Keep the server away for the length of a ``with`` block."""
        self.kill()
        try:
            yield
        finally:
            self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _end(self, patience: float) -> None:
        if self._process:
            self._process.stop(patience)
        # Sockets whose place cannot be chosen, and which a killed server leaves behind.
        for port in ports(self._port):
            for socket in Path("/tmp").glob(f"seaweedfs-*-grpc-{port}.sock"):  # noqa: S108
                socket.unlink(missing_ok=True)

    def _command(self) -> list[str]:
        """Return the command line; every default that opens more than loopback is overridden."""
        public, private = self._buckets
        key = {
            "accessKey": self._environment["S3_ACCESS_KEY_ID"],
            "secretKey": self._environment["S3_SECRET_ACCESS_KEY"],
        }
        identities = [
            {"name": "site", "credentials": [key], "actions": ["Admin"]},
            {"name": "anonymous", "actions": [f"Read:{public}"]},
        ]
        access = self._directory / "access.json"
        access.write_text(json.dumps({"identities": identities}))
        access.chmod(0o600)
        s3, master, volume, filer, admin = range(self._port, self._port + 5)
        weed = shutil.which("weed", path=Path(sys.executable).parent) or "weed"
        return [
            weed,
            "-logtostderr",
            "mini",
            "-dir=.",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
            f"-s3.port={s3}",
            f"-master.port={master}",
            f"-volume.port={volume}",
            f"-filer.port={filer}",
            f"-admin.port={admin}",
            f"-s3.config={access.name}",
            "-s3.allowedOrigins=*",
            "-s3.localSocket=s3.sock",
            "-filer.localSocket=filer.sock",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-webdav=false",
            "-admin.ui=false",
            "-master.telemetry=false",
            f"-bucket={private},{public}",
        ]

    def _accepts_writes(self) -> bool:
        """Try: the port opens, and says it is well, before buckets exist and writes succeed."""
        public, private = self._buckets
        try:
            self._send("HEAD", public)
            self._send("HEAD", private)
            self._send("PUT", f"{private}/ready", b"1")
            self._send("DELETE", f"{private}/ready")
        except requests.RequestException:
            return False
        return True

    def _send(self, method: str, path: str, body: bytes = b"") -> None:
        """Send a signed request; raises RequestException when it does not succeed."""
        credentials = Credentials(
            self._environment["S3_ACCESS_KEY_ID"], self._environment["S3_SECRET_ACCESS_KEY"]
        )
        address = f"{self.endpoint}/{path}"
        request = AWSRequest(method, address, data=body)
        S3SigV4Auth(credentials, "s3", self._environment["S3_REGION"]).add_auth(request)
        signed = dict(request.headers)
        requests.request(
            method, address, data=body, headers=signed, timeout=START_SECONDS
        ).raise_for_status()
