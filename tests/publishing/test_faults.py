"""Servers that stop, workers that are killed, databases that go back in time: it heals by itself.

Each fault is real: the object storage is stopped, processes get SIGKILL, databases are replaced.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import requests
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult
from lxml import etree

from podcasts.models import EpisodePage, ShowPage
from publishing import leases
from publishing.models import Publication
from publishing.services import Outcome, publish
from tests.conftest import Worker
from tests.factories.podcasts import OTHER_SPEECH, AudioFactory, EpisodeFactory, republish
from tests.publishing.agreement import agree, etags
from tests.publishing.relay import Relay
from tests.services import S3

pytestmark = pytest.mark.django_db(transaction=True)

LEASE = timedelta(seconds=1.5)


def stale() -> None:
    """Run the command of the timer; it fails when something is left."""
    call_command("publish", "--stale", verbosity=0)


@pytest.fixture(autouse=True)
def short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less for the dead."""
    monkeypatch.setattr(leases, "LEASE", LEASE)


# The object storage stops


def failures() -> dict[str, tuple[str, bool]]:
    """Return reason, and whether a retry is queued at the time in the row, of what failed."""
    found = {}
    for row in Publication.objects.filter(state=Publication.State.FAILED):
        retry = DBTaskResult.objects.ready() | DBTaskResult.objects.filter(run_after=row.retry_at)
        due = timedelta() < row.retry_at - row.since <= timedelta(seconds=5)
        found[row.key] = row.reason, due and retry.filter(args_kwargs__args=[row.key]).exists()
    return found


UNAVAILABLE = "L’espace de stockage ne répond pas. Un nouvel essai aura lieu automatiquement."


def test_a_store_that_stops_before_publishing(s3: S3, worker: Worker) -> None:
    episode = EpisodeFactory()
    with s3.down():
        worker.drain()
        assert failures() == {
            f"podcasts.episode:{episode.pk}": (UNAVAILABLE, True),
            f"podcasts.show:{episode.show.pk}": (UNAVAILABLE, True),
        }
        with pytest.raises(CommandError, match="Tout n’est pas en ligne"):
            stale()
    assert s3.keys() == []
    stale()
    assert s3.get(episode.show.feed_key).status_code == 200
    agree(s3)


def test_a_store_that_stops_between_media_and_feed(s3: S3, worker: Worker) -> None:
    episode = EpisodeFactory()
    worker.drain()
    republish(episode, audio=AudioFactory(path=OTHER_SPEECH))
    assert publish(f"podcasts.episode:{episode.pk}") is Outcome.CHANGED
    with s3.down():
        worker.drain()
        assert failures() == {f"podcasts.show:{episode.show.pk}": (UNAVAILABLE, True)}
    # Old feed, old sound: nothing was taken away before its time.
    (sound,) = sounds(s3, episode.show)
    assert requests.head(sound, timeout=20).status_code == 200
    stale()
    assert sounds(s3, episode.show) != [sound]
    agree(s3)


def sounds(s3: S3, show: ShowPage) -> list[str]:
    feed = etree.fromstring(s3.get(show.feed_key).content)
    return [enclosure.get("url") for enclosure in feed.iter("enclosure")]


# A worker is killed


@contextmanager
def worker_process(relay: Relay) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker in a process of its own, which speaks to the store through the relay."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.publishing.worker", str(LEASE.total_seconds())],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "S3_ENDPOINT_URL": relay.url,
            "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        },
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("method", "part"), [("PUT", "/audio-"), ("PUT", "/feed.xml"), ("DELETE", "/audio-")]
)
def test_a_worker_killed_at_work(relay: Relay, s3: S3, method: str, part: str) -> None:
    """At its first sound, between media and feed, while it removes the old sound."""
    episode = EpisodeFactory()
    if method == "DELETE":
        stale()
        republish(episode, audio=AudioFactory(path=OTHER_SPEECH))
    reached, dead = threading.Event(), threading.Event()

    def hold_up(seen: str, key: str) -> None:
        if seen == method and part in key:
            reached.set()
            dead.wait(30)
            raise ConnectionError("the worker is dead")

    relay.before = hold_up
    with worker_process(relay) as process:
        assert reached.wait(60)
        process.send_signal(signal.SIGKILL)
        process.wait()
        relay.reset()
        dead.set()
    if part == "/feed.xml":
        assert any("/audio-" in key for key in etags(s3))
        assert not any(part in key for key in etags(s3))
    stale()
    assert len(sounds(s3, episode.show)) == 1
    agree(s3)


# The database goes back in time


class Yesterday:
    """A copy of the whole database, to be put in its place later."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "yesterday"
        name = connection.settings_dict["NAME"]
        connection.close()
        if connection.vendor == "sqlite":
            self._copy(name, self._file)
        else:
            self._administer(f"CREATE DATABASE yesterday TEMPLATE {name}")

    def return_to(self) -> None:
        """Replace the database by its copy."""
        name = connection.settings_dict["NAME"]
        connection.close()
        if connection.vendor == "sqlite":
            self._copy(self._file, name)
        else:
            self._administer(f"DROP DATABASE {name} WITH (FORCE)")
            self._administer(f"ALTER DATABASE yesterday RENAME TO {name}")

    def _copy(self, source: Path, target: Path) -> None:
        """Copy every page as a transaction: a server of an earlier test may still be connected."""
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)

    def _administer(self, statement: str) -> None:
        parameters = {**connection.get_connection_params(), "dbname": "template1"}
        wanted = {key: parameters[key] for key in ("host", "port", "user", "dbname")}
        with psycopg.connect(**wanted, autocommit=True) as administrator:
            administrator.execute(statement)


def test_a_database_restored_to_yesterday(s3: S3, tmp_path: Path) -> None:
    kept = EpisodeFactory()
    show, audio = kept.show, kept.audio
    replaced = EpisodeFactory(parent=show, audio=audio)
    removed = EpisodeFactory(parent=show, audio=audio)
    stale()
    before = sorted(sounds(s3, show))
    yesterday = Yesterday(tmp_path)
    republish(replaced, audio=AudioFactory(path=OTHER_SPEECH))
    republish(kept, title="Un autre titre")
    EpisodePage.objects.get(pk=removed.pk).delete()
    EpisodeFactory(parent=show, audio=audio)
    stale()
    assert sorted(sounds(s3, show)) != before
    agree(s3)

    yesterday.return_to()
    call_command("publish", "--all", verbosity=0)
    assert sorted(sounds(s3, show)) == before
    feed = s3.get(show.feed_key).text
    assert removed.title in feed
    assert "Un autre titre" not in feed
    agree(s3)
