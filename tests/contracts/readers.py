"""Bridges to readers of feeds that we did not write: what a program out there understands.

Each function takes a feed and returns what its reader made of it, in the reader's own words; it
raises when the reader refuses the feed. A missing component ends the test that needs it.
"""

import json
import sqlite3
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import feedparser
import podcastparser

from tests.components import NODE_MODULES, node_module, program

_READ_FEED = NODE_MODULES.parent / "read_feed.mjs"


def read_with_feedparser(xml: bytes) -> feedparser.FeedParserDict:
    """Read with feedparser; it keeps only the last of repeated persons and transcripts."""
    result = feedparser.parse(BytesIO(xml))
    if result.bozo:
        raise result.bozo_exception
    return result


def read_with_podcastparser(xml: bytes, address: str) -> dict[str, Any]:
    """Read with gPodder's podcastparser, as fetched from `address`; it ignores podcast: tags."""
    return podcastparser.parse(address, BytesIO(xml))


def read_with_partytime(xml: bytes) -> dict[str, Any]:
    """Read with podcast-partytime; it skips items without guid or enclosure."""
    return _read_with_node("podcast-partytime", xml)


def read_with_feedsmith(xml: bytes) -> dict[str, Any]:
    """Read with feedsmith, which knows the whole podcast namespace."""
    return _read_with_node("feedsmith", xml)["feed"]


def _read_with_node(module: str, xml: bytes) -> dict[str, Any]:
    node_module(module)
    command = [program("node"), str(_READ_FEED), module]
    done = subprocess.run(command, input=xml, capture_output=True, timeout=60, check=False)
    if done.returncode:
        raise ValueError(f"{module}: {done.stderr.decode()}")
    return json.loads(done.stdout)


class Gpo:
    """gPodder's command line, a real podcast client, with everything it keeps under `home`."""

    def __init__(self, home: Path) -> None:
        """Use an empty or earlier `home`; a client is as old as its home."""
        self.home = home
        self._program = program("gpodder")

    def subscribe(self, url: str) -> str:
        """Subscribe to the feed at `url` and return what the client says."""
        return self._run("subscribe", url)

    def update(self) -> str:
        """Ask every feed for news and return what the client says."""
        return self._run("update")

    def download(self) -> str:
        """Download every new episode and return what the client says."""
        return self._run("download")

    def podcasts(self) -> list[dict[str, Any]]:
        """Return what the client stores of each feed (title, url, http_etag…)."""
        return self._rows("SELECT * FROM podcast ORDER BY id")

    def episodes(self) -> list[dict[str, Any]]:
        """Return what the client stores of each episode (guid, url, file_size…), newest first."""
        return self._rows("SELECT * FROM episode ORDER BY published DESC")

    def files(self) -> list[Path]:
        """Return the downloaded audio files, newest episode first."""
        rows = self._rows(
            "SELECT download_folder, download_filename FROM episode"
            " JOIN podcast ON podcast.id = podcast_id"
            " WHERE download_filename IS NOT NULL ORDER BY published DESC"
        )
        return [self.home.joinpath("Downloads", *row.values()) for row in rows]

    def _run(self, *arguments: str) -> str:
        environment = {
            "GPODDER_HOME": str(self.home),
            "HOME": str(self.home),
            "LC_ALL": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
        }
        done = subprocess.run(
            [self._program, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        said = done.stdout + done.stderr
        if done.returncode or "Traceback" in said:
            raise RuntimeError(f"gpo {' '.join(arguments)}: {said}")
        return said

    def _rows(self, query: str) -> list[dict[str, Any]]:
        connection = sqlite3.connect(f"file:{self.home / 'Database'}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(query)]
        finally:
            connection.close()
