"""Nothing that was started stays behind, however it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from deploy.processes import Process

FAMILY = "sleep 300 & sleep 300 & wait"
STUBBORN = "trap '' TERM; echo deaf; while true; do sleep 0.1; done"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Return where a process writes."""
    return tmp_path / "log" / "process.log"


def family(pid: int) -> list[psutil.Process]:
    """Wait for the two children of :data:`FAMILY`; return all three."""
    parent = psutil.Process(pid)
    end = time.monotonic() + 5
    while len(children := parent.children()) < 2:
        assert time.monotonic() < end
        time.sleep(0.01)
    return [parent, *children]


def gone(processes: list[psutil.Process], within: float) -> bool:
    """Tell whether all the processes end within some seconds; nobody need bury them."""
    end = time.monotonic() + within
    while any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def test_the_whole_group_is_stopped(log: Path) -> None:
    process = Process(["sh", "-c", FAMILY], log=log)
    processes = family(process.pid)
    process.stop()
    assert gone(processes, 1)
    assert process.exit_code() == -signal.SIGTERM
    process.stop()


def test_children_of_a_process_that_died_are_stopped_too(log: Path) -> None:
    process = Process(["sh", "-c", FAMILY], log=log)
    processes = family(process.pid)
    os.kill(process.pid, signal.SIGKILL)
    process.stop()
    assert gone(processes, 1)


def test_a_process_that_does_not_listen_is_killed(log: Path) -> None:
    process = Process(["sh", "-c", STUBBORN], log=log)
    while process.tail() != "deaf":
        time.sleep(0.01)
    process.stop(patience=0.3)
    assert process.exit_code() == -signal.SIGKILL


def test_the_log_keeps_the_last_words(log: Path) -> None:
    process = Process(["sh", "-c", "seq 1 100; echo adieu >&2; exit 3"], log=log)
    while process.exit_code() is None:
        time.sleep(0.01)
    process.stop()
    assert process.exit_code() == 3
    assert process.tail(lines=2) == "100\nadieu"


@pytest.fixture
def supervisor(log: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a Python of its own that starts a family, prints its pid and waits."""
    code = (
        "import sys, time; from pathlib import Path; from deploy.processes import Process\n"
        "print(Process(['sh', '-c', sys.argv[2]], log=Path(sys.argv[1])).pid, flush=True)\n"
        "time.sleep(300)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(log), FAMILY], stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_nothing_survives_a_supervisor_killed_with_sigkill(
    supervisor: subprocess.Popen[str],
) -> None:
    assert supervisor.stdout
    processes = family(int(supervisor.stdout.readline()))
    supervisor.kill()
    assert gone(processes, 5)
