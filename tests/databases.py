"""Databases of the tests: a migrated template, made once for each set of migrations, and copies.

SQLite by default, PostgreSQL with ``TEST_DB=postgresql``. Templates are kept in ``var/tests``.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import pytest
from django.apps import apps
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker

from tests import postgresql
from tests.services import DIRECTORY

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "var" / "tests"


class Database(Protocol):
    """A kind of database that can be copied."""

    kind: str

    def build(self, template: Path) -> None:
        """Make the migrated template at a path that does not exist."""

    def start(self, template: Path) -> None:
        """Copy the template and make it answer at DATABASE_URL."""

    def restore(self) -> None:
        """Bring the database back to the template; nothing is connected."""

    def stop(self) -> None:
        """End what was started."""


def migrate(url: str) -> None:
    """Run every migration in a process of its own; without them the session makes no sense."""
    result = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0", "--skip-checks"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if result.returncode:
        pytest.exit(f"manage.py migrate failed:\n{result.stderr}", returncode=1)


class SQLite:
    """One file; its copy is the database."""

    kind = "sqlite"
    path = DIRECTORY / "db.sqlite3"

    def build(self, template: Path) -> None:
        """Migrate a new file."""
        migrate(f"sqlite:///{template}")

    def start(self, template: Path) -> None:
        """Copy the file."""
        self._template = template
        self.restore()

    def restore(self) -> None:
        """Copy every page, as a transaction: a server of the last test may still be connected."""
        with (
            closing(sqlite3.connect(self._template)) as template,
            closing(sqlite3.connect(self.path)) as database,
        ):
            template.backup(database)

    def stop(self) -> None:
        """Leave the file to be removed with its directory."""


class PostgreSQL:
    """A cluster of its own, copied with the template inside."""

    kind = "postgresql"

    def __init__(self) -> None:
        self._server = postgresql.Server(DIRECTORY / "postgresql", DIRECTORY / "postgresql.log")

    def build(self, template: Path) -> None:
        """Make a cluster, migrate a database in it, keep the cluster."""
        self._server.create()
        with self._server:
            self._server.execute("CREATE DATABASE template")
            migrate(self._server.url("template"))
        shutil.move(self._server.directory, template)

    def start(self, template: Path) -> None:
        """Copy the cluster, start it, copy the database."""
        self._server.copy(template)
        self._server.start()
        self._server.execute("CREATE DATABASE tests TEMPLATE template")

    def restore(self) -> None:
        """Replace the database by a copy of the template."""
        self._server.execute("DROP DATABASE tests WITH (FORCE)")
        self._server.execute("CREATE DATABASE tests TEMPLATE template")

    def stop(self) -> None:
        """Stop the server."""
        self._server.stop()

    def another(self, name: str) -> str:
        """Return the address of one more migrated database."""
        self._server.execute(f"CREATE DATABASE {name} TEMPLATE template")
        return self._server.url(name)


@cache
def database() -> Database:
    """Return the database that TEST_DB chooses."""
    return PostgreSQL() if os.environ.get("TEST_DB") == PostgreSQL.kind else SQLite()


def only_with(kind: str) -> pytest.MarkDecorator:
    """Mark what brings its own database, and so need not run with each: once is enough."""
    return pytest.mark.skipif(database().kind != kind, reason=f"runs with TEST_DB={kind}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With PostgreSQL, run only what asks for a database: the rest was run with SQLite."""
    if database().kind != PostgreSQL.kind:
        return
    servers = Path(__file__).parent / "deploy"
    idle = [item for item in items if not _asks(item) and servers not in item.path.parents]
    config.hook.pytest_deselected(items=idle)
    items[:] = [item for item in items if item not in set(idle)]


def _asks(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    if fixtures & {"page", "browser"} and "worker_process" not in fixtures:
        return False  # browsers show the same: whole stories alone, with a worker, are played
    asked = fixtures & {"db", "transactional_db", "live_server"}
    return bool(asked) or item.get_closest_marker("django_db") is not None


def migrations_digest() -> str:
    """Return a digest of every file that takes part in the migrations."""
    digest = sha256()
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path, "migrations").rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def template() -> Iterator[Path]:
    """Give the migrated template, built when it is not there; older ones are removed."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    kind = database().kind
    path = TEMPLATES / f"{kind}-{migrations_digest()}"
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            for old in TEMPLATES.glob(f"{kind}-*"):
                shutil.rmtree(old)
            unfinished = TEMPLATES / f"{kind}-unfinished"
            unfinished.mkdir()
            database().build(unfinished / "data")
            unfinished.rename(path)
        yield path / "data"


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replace pytest-django's own: start from the migrated template."""
    with template() as path:
        database().start(path)
    yield
    with django_db_blocker.unblock():
        connection.close()
    database().stop()


# The template comes back whole, below: emptying two hundred tables before that is time lost.
TransactionTestCase._fixture_teardown = lambda self: None


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """After a test that committed, bring back what the migrations had put into the database."""
    result = yield
    marker = item.get_closest_marker("django_db")
    committed = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    if nextitem and (committed or (marker and marker.kwargs.get("transaction"))):
        connection.close()
        database().restore()
    return result
