"""The parts of the product as processes of one machine."""

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Self

import requests

from cms.settings.env import local
from deploy.preconditions import FREE_BYTES_TO_GO_ON, Problem, room_on_disk
from deploy.processes import Process
from deploy.seaweedfs import SeaweedFS, SeaweedFSError

ROOT = Path(__file__).resolve().parents[1]
ANSWER_SECONDS = 60
"""How long an address may take to answer after a start."""


class Product:
    """Storage, worker and web server, with their logs, in one directory.

    A context manager: what was started is stopped on leaving. Whatever waits also watches: a part
    that dies, or a full disk, raises Problem.
    """

    def __init__(self, var: Path, port: int) -> None:
        self._var, self._port = var, port
        self.env = {
            **os.environ,
            **local(var, port),
            "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
            "VAR_DIR": str(var),
            "TMPDIR": str(var / "tmp"),
            "PYTHONUNBUFFERED": "1",
        }
        shutil.rmtree(var / "tmp", ignore_errors=True)
        (var / "tmp").mkdir()
        self._storage = SeaweedFS(var / "seaweedfs", self.env, self._log("stockage"))
        self._parts: dict[str, Process] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for process in reversed(self._parts.values()):
            process.stop()
        self._storage.stop()

    def start_storage(self) -> None:
        """Start the object storage and wait until it accepts writes."""
        try:
            self._parts["stockage"] = self._storage.start()
        except SeaweedFSError as error:
            raise Problem(f"Le stockage ne démarre pas :\n{error}", 4) from error

    def start_worker(self) -> None:
        """Start the worker of the task queue."""
        self._parts["tâches"] = self._python(
            "tâches", "manage.py", "db_worker", "--interval", "0.3"
        )

    def start_web(self) -> None:
        """Start the web server; under DEBUG, the one that reloads when the code changes."""
        if self.env.get("DEBUG", "").lower() in {"", "0", "false"}:
            server = ["-m", "gunicorn", "cms.wsgi", f"--bind=127.0.0.1:{self._port}"]
            server += ["--threads=8", "--no-control-socket"]
        else:
            server = ["manage.py", "runserver", str(self._port)]
        self._parts["site"] = self._python("site", *server)

    def run(self, *command: str) -> Problem | None:
        """Run a command of `manage.py` to its end; return its failure, if it failed."""
        name = command[0]
        process = self._python(name, "manage.py", *command)
        try:
            while process.exit_code() is None:
                self.watch()
                time.sleep(0.05)
        finally:
            process.stop()
        return self._failure(name, process) if process.exit_code() else None

    def must_run(self, *command: str) -> None:
        """Run a command of `manage.py` to its end; its failure is a Problem."""
        if problem := self.run(*command):
            raise problem

    def wait_for(self, address: str) -> None:
        """Wait until an address answers 200; after a minute, raise Problem."""
        end = time.monotonic() + ANSWER_SECONDS
        answer: object = None
        while time.monotonic() < end:
            self.watch()
            try:
                answer = requests.get(address, timeout=5).status_code
            except requests.RequestException as error:
                answer = error
            if answer == 200:
                return
            time.sleep(0.1)
        raise Problem(
            f"{address} ne répond pas comme prévu ({answer}). Journaux : {self._var / 'log'}", 4
        )

    def watch(self) -> None:
        """Raise Problem when the disk is full or a part has died."""
        room_on_disk(self._var, FREE_BYTES_TO_GO_ON)
        for name, process in self._parts.items():
            if process.exit_code() is not None:
                raise self._failure(name, process)

    def _log(self, name: str) -> Path:
        return self._var / "log" / f"{name}.log"

    def _python(self, name: str, *arguments: str) -> Process:
        return Process([sys.executable, *arguments], log=self._log(name), env=self.env, cwd=ROOT)

    def _failure(self, name: str, process: Process) -> Problem:
        room_on_disk(self._var, FREE_BYTES_TO_GO_ON)  # the likeliest cause, said better
        return Problem(
            f"« {name} » s’est arrêté (code {process.exit_code()})."
            f" Dernières lignes de {process.log} :\n{process.tail()}",
            4,
        )
