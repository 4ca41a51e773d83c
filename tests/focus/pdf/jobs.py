"""Jobs that go wrong, to be run on the leash."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path


def echo(*words: object) -> list[object]:
    """Return what it is given."""
    return list(words)


def environment() -> list[str]:
    """Return the names of the environment."""
    return sorted(os.environ)


def chatter(on_progress: Callable[[float, str], None]) -> str:
    """Print what is no answer, and report."""
    sys.stdout.write("{}\n")
    sys.stdout.flush()
    os.write(1, b"noise\n")
    on_progress(0.5, "à moitié")
    return "fini"


def sleep_with_a_child(path: str) -> None:
    """Start a process, write its number, and sleep."""
    Path(path).write_text(str(subprocess.Popen(["sleep", "60"]).pid))
    time.sleep(60)


def leave_a_child(path: str) -> str:
    """Start a process that outlives the job."""
    Path(path).write_text(str(subprocess.Popen(["sleep", "60"]).pid))
    return "fini"


def spin() -> None:
    """Compute for ever."""
    while True:
        pass


def swallow() -> int:
    """Ask for a gigabyte."""
    return len(bytes(2**30))


def fill_the_disk(path: str) -> None:
    """Write more than may be."""
    with Path(path).open("wb") as file:
        file.truncate(2**31)


def fail() -> None:
    """Raise."""
    raise ValueError("la cause")


def crash() -> None:
    """Die as C programs die."""
    os.abort()


def leave() -> None:
    """End without an answer."""
    os._exit(0)


def babble() -> None:
    """Answer with what is no JSON, on the channel of the answers."""
    for channel in range(3, 20):
        try:
            os.write(channel, b"bonjour\n")
        except OSError:
            continue
    sys.exit(0)
