"""Uploading a file of 200 MB."""

import os
import resource
from collections.abc import Iterator
from statistics import median

from benchmarks.bare import client
from benchmarks.measure import WALL, Line, ratio, turns
from publishing.artifacts import Artifact, PrivateObject
from publishing.conf import object_storage
from publishing.storage import get_store
from tests.services import DIRECTORY

MEGABYTES = 200
THROUGHPUT = 0.8
MEMORY = 32  # MB


def run() -> Iterator[Line]:
    """Upload through the store and with bare boto3; the first one shows what memory it takes."""
    path = DIRECTORY / "upload.mp3"
    with path.open("wb") as file:
        for _ in range(MEGABYTES):
            file.write(os.urandom(1_000_000))
    artifact = Artifact(
        role="audio",
        key="benchmarks/ours.mp3",
        content_type="audio/mpeg",
        body=PrivateObject(fingerprint="benchmark", locate=str),
    )
    store, bare, bucket = get_store(), client(), object_storage().public_bucket
    before = _peak()
    store.put_file(artifact, path)
    grown = _peak() - before
    yield Line(
        what="memory at its peak",
        found=f"+ {grown:.0f} MB",
        promise=f"≤ {MEMORY} MB",
        kept=grown <= MEMORY,
    )
    ours, theirs = turns(
        2,
        lambda: store.put_file(artifact, path),
        lambda: bare.upload_file(str(path), bucket, "benchmarks/bare.mp3"),
    )
    found = 1 / ratio(ours, theirs, WALL)
    speeds = [f"{MEGABYTES / median(map(WALL, taken)):.0f} MB/s" for taken in (ours, theirs)]
    yield Line(
        what="throughput",
        found=speeds[0],
        against=f"{found:.2f} × bare upload_file ({speeds[1]})",
        promise=f"≥ {THROUGHPUT} ×",
        kept=found >= THROUGHPUT,
    )
    store.delete(["benchmarks/ours.mp3", "benchmarks/bare.mp3"])
    path.unlink()


def _peak() -> float:
    """Return the most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
