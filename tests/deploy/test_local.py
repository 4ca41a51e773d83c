"""`make run`, run: it announces itself when all answers, and leaves nothing behind."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
import requests

from deploy import ports
from deploy.product import ROOT
from deploy.seaweedfs import ports as storage_ports
from tests.databases import only_with
from tests.services import reserve_ports

pytestmark = [pytest.mark.e2e, only_with("sqlite")]


class Run:
    """A `make run` of its own: a directory, a port, and the process while it lives."""

    def __init__(self, var: Path, port: int, output: Path) -> None:
        self.var, self.port, self._output = var, port, output
        self.start()

    def start(self) -> None:
        """Start it without waiting."""
        self._started = time.time()
        with self._output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local"],
                cwd=ROOT,
                env={**os.environ, "VAR_DIR": str(self.var), "PORT": str(self.port)},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def announced(self, within: float = 120) -> dict:
        """Wait for ``run.json`` and return it."""
        end = time.monotonic() + within
        while not self._is_announced():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.05)
        return json.loads((self.var / "run.json").read_text())

    def _is_announced(self) -> bool:
        written = self.var / "run.json"
        return written.exists() and written.stat().st_mtime > self._started

    def said(self) -> str:
        """Return what has been printed so far."""
        return self._output.read_text()

    def ended(self, within: float = 30) -> int:
        """Wait for the end and return the exit code."""
        return self.process.wait(within)

    def processes(self) -> list[psutil.Process]:
        """Return every process that belongs to this run, however it came to be."""
        return [
            p for p in psutil.process_iter() if environment_of(p).get("VAR_DIR") == str(self.var)
        ]

    def nothing_is_left(self, within: float = 0) -> bool:
        """Tell whether, after some seconds at most, no process and no port remains."""
        end = time.monotonic() + within
        while left := self.processes():
            if time.monotonic() > end:
                raise AssertionError([p.cmdline() for p in left])
            time.sleep(0.05)
        return not ports.taken([self.port, *storage_ports(self.port + 333)])


def environment_of(process: psutil.Process) -> dict[str, str]:
    """Return the environment of a process, empty when it is dead."""
    try:
        return {} if process.status() == psutil.STATUS_ZOMBIE else process.environ()
    except psutil.Error:
        return {}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """Start the product for the first time; tests stop and start it in turn."""
    directory = tmp_path_factory.mktemp("run")
    run = Run(directory / "var é", reserve_ports(5) - 333, directory / "output")
    yield run
    run.process.kill()
    run.ended()
    assert run.nothing_is_left(within=15)


@pytest.fixture
def running(run: Run) -> Run:
    """Give the running product, started again if a test has stopped it."""
    if run.process.poll() is not None:
        run.start()
    run.announced()
    return run


def test_what_it_announces_is_true(running: Run) -> None:
    announced = running.announced()
    assert set(announced) == {"site", "admin", "s3", "feeds", "logins", "notes"}
    assert requests.get(announced["site"]).status_code == 200
    assert "<html" in requests.get(announced["admin"]).text
    assert announced["feeds"]["podcasts"]
    for address in announced["feeds"]["podcasts"]:
        assert address.startswith(announced["s3"]["public"])
        assert requests.get(address).content.startswith(b"<?xml")
    for login in announced["logins"]:
        assert set(login) == {"role", "username", "password"}
        assert login["password"] in running.said()
    token = announced["notes"]["Jeton du bac à sable de l’API"]
    assert running.said().count(token) == 1
    answer = requests.get(
        f"{announced['site']}api/v1/changes", headers={"Authorization": f"Bearer {token}"}
    )
    assert {entry["state"] for entry in answer.json()["items"]} == {"updated", "deleted"}


def test_the_example_logins_open_the_admin(running: Run) -> None:
    announced = running.announced()
    for login in announced["logins"]:
        with requests.Session() as browser:
            form = browser.get(f"{announced['admin']}login/")
            answer = browser.post(
                form.url,
                {
                    "username": login["username"],
                    "password": login["password"],
                    "csrfmiddlewaretoken": browser.cookies["csrftoken"],
                },
                headers={"Referer": form.url},
            )
            assert answer.url == announced["admin"], login


def test_people_see_the_product_and_not_the_workshop(running: Run) -> None:
    answer = requests.get(f"{running.announced()['site']}nulle-part/")
    assert answer.status_code == 404
    assert "DEBUG" not in answer.text


def test_a_second_copy_is_refused_and_the_first_goes_on(running: Run, tmp_path: Path) -> None:
    for var, reason in ((running.var, "tourne déjà"), (tmp_path / "var", str(running.port))):
        second = Run(var, running.port, tmp_path / "output")
        assert second.ended() == 2
        assert reason in second.said()
    assert requests.get(running.announced()["site"]).status_code == 200


def test_ctrl_c_leaves_nothing_and_a_second_start_is_quick_and_keeps_the_data(
    running: Run,
) -> None:
    published = requests.get(running.announced()["feeds"]["podcasts"][0]).content
    with closing(sqlite3.connect(running.var / "db.sqlite3")) as database, database:
        database.execute("UPDATE cms_user SET first_name = 'Ada' WHERE username = 'admin'")
    running.process.send_signal(signal.SIGINT)
    assert running.ended() == 0
    assert "Arrêt (SIGINT)…" in running.said()
    assert not (running.var / "run.json").exists()
    assert running.nothing_is_left()
    started = time.monotonic()
    running.start()
    feed = running.announced()["feeds"]["podcasts"][0]
    assert time.monotonic() - started < 30
    assert requests.get(feed).content == published
    with closing(sqlite3.connect(running.var / "db.sqlite3")) as database:
        query = "SELECT first_name FROM cms_user WHERE username = 'admin'"
        assert database.execute(query).fetchone() == ("Ada",)


def worker(process: psutil.Process) -> bool:
    """Tell whether a process is the one of the task queue."""
    return "db_worker" in process.cmdline()


def test_a_part_that_dies_stops_the_rest_with_its_last_words(running: Run) -> None:
    (running.var / "log" / "tâches.log").write_text("la fin est proche\n")
    next(filter(worker, running.processes())).kill()
    assert running.ended() == 4
    assert "« tâches » s’est arrêté (code -9)" in running.said()
    assert "la fin est proche" in running.said()
    assert running.nothing_is_left()


def test_nothing_survives_the_death_of_the_supervisor(running: Run) -> None:
    running.process.kill()
    running.ended()
    assert running.nothing_is_left(within=15)


def test_it_stops_on_sigterm_too(running: Run) -> None:
    running.process.terminate()
    assert running.ended() == 0
    assert running.nothing_is_left()


def test_make_run_is_this_very_command() -> None:
    printed = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--assume-old=.venv/installed", "run"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout == "exec .venv/bin/python -m deploy.local\n"


def test_make_alone_lists_what_can_be_done() -> None:
    command = ["make", "--no-print-directory"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert [line.split("\t")[0] for line in printed.stdout.splitlines()] == [
        f"make {target}" for target in ("help", "run", "test", "lint", "bench")
    ]
