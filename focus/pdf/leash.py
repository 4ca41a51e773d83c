"""The leash: what opens an uploaded file runs in a child process that cannot harm its parent.

The child is limited in time, in memory and in what it writes; it knows no secret of its parent's
environment, has a scratch folder of its own, and is killed with its own children whatever happens.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

MEMORY = 450 * 2**20
"""Bytes of address space that a job may take, unless it is told otherwise."""

_ROOT = Path(__file__).resolve().parents[2]
_LONGEST_LINE = 32 * 2**20  # bytes: a longer answer is not one
_LAST_WORDS = 4000  # bytes of the child's log that are kept
_OUT_OF_TIME = {-signal.SIGXCPU, -signal.SIGALRM}
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH")

Progress = Callable[[float, str], None]
"""Hears how far a job is: a fraction from 0 to 1, and what it is doing, in French."""


class PdfFailed(Exception):
    """A file could not be worked on; ``str()`` is a French sentence, the notes are the cause."""


class PdfTooHeavy(PdfFailed):
    """The file asks for more time or memory than it is given."""


def run(
    job: Callable[..., Any],
    *arguments: object,
    seconds: float,
    memory: int = MEMORY,
    on_progress: Progress | None = None,
) -> Any:
    """Call a function of a module in a child process and return what it returns.

    Arguments and result cross as JSON (a path becomes a string). With ``on_progress`` the job is
    given a function of the same name to call. ``seconds`` is counted on the wall and, for each
    process, in processor time; ``memory`` is in bytes for each process.

    Raises PdfTooHeavy beyond a limit and PdfFailed for any other end without a result.
    """
    order = {
        "job": f"{job.__module__}:{job.__name__}",
        "arguments": arguments,
        "reports": on_progress is not None,
        "seconds": seconds,
        "memory": memory,
    }
    with tempfile.TemporaryDirectory(prefix="pdf-") as scratch, tempfile.TemporaryFile() as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "focus.pdf", json.dumps(order, default=str)],
            cwd=_ROOT,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
            | {"TMPDIR": scratch, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
        lines = cast("IO[bytes]", child.stdout)
        expired = threading.Event()

        def expire() -> None:
            expired.set()
            _kill(child)

        watch = threading.Timer(seconds, expire)
        watch.start()
        try:
            answer = _listen(lines, on_progress)
            if not answer:  # it has something to say by its exit code
                os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        finally:
            watch.cancel()
            watch.join()
            _kill(child)  # before its number is given back, so that no other process is hit
            child.wait()
            lines.close()
        if "result" in answer:
            return answer["result"]
        log.seek(-min(log.seek(0, os.SEEK_END), _LAST_WORDS), os.SEEK_END)
        raise _failure(
            answer,
            expired.is_set(),
            child.returncode,
            seconds,
            memory,
            log.read().decode("utf-8", "replace"),
        )


def _kill(child: subprocess.Popen[bytes]) -> None:
    """Kill the child and all that it started; it must not have been waited for yet."""
    os.killpg(child.pid, signal.SIGKILL)


def _listen(lines: IO[bytes], on_progress: Progress | None) -> dict[str, Any]:
    """Pass progress on until the answer comes; an empty one when the child ends without."""
    while line := lines.readline(_LONGEST_LINE):
        try:
            said = json.loads(line)
        except ValueError:
            return {}
        if not isinstance(said, dict):
            return {}
        if "progress" not in said:
            return said
        if on_progress:
            on_progress(*said["progress"])
    return {}


def _failure(
    answer: dict[str, Any], expired: bool, code: int, seconds: float, memory: int, log: str
) -> PdfFailed:
    """Tell why there is no result."""
    failure: PdfFailed
    if expired or code in _OUT_OF_TIME:
        limit = f"{seconds:.3g}".replace(".", ",")
        failure = PdfTooHeavy(f"Ce fichier demande plus de {limit} s de travail.")
    elif answer.get("error") == "MemoryError" or (code == -signal.SIGKILL and not answer):
        failure = PdfTooHeavy(f"Ce fichier demande plus de {memory / 2**20:.0f} Mo de mémoire.")
    else:
        failure = PdfFailed("La lecture de ce fichier s’est interrompue : il est sans doute abîmé.")
    failure.add_note(f"exit code {code}, {answer.get('error', 'no answer')}\n{log}")
    return failure
