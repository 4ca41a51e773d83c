"""Servers as child processes: each in its own group, with a log, none of which survives us."""

import atexit
import contextlib
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO

from deploy import leash


@cache
def _leash() -> IO[str]:
    process = subprocess.Popen(
        [sys.executable, "-I", leash.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    atexit.register(process.communicate)  # closes the pipe, then waits for the end of the rest
    assert process.stdin  # noqa: S101  a pipe was asked for
    return process.stdin


def _tell_leash(line: str) -> None:
    print(line, file=_leash(), flush=True)


class Process:
    """A running server. Its output goes to ``log``, which starts empty."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: str | None = None,
    ) -> None:
        """Start the command.

        Raises OSError when that is not possible.
        """
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        _leash()
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                user=user,
                start_new_session=True,
            )
        self.pid = self._process.pid
        _tell_leash(f"+{self.pid}")

    def exit_code(self) -> int | None:
        """Return how the process ended (negative: by that signal), or None while it runs."""
        return self._process.poll()

    def tail(self, lines: int = 15) -> str:
        """Return the last lines of the log."""
        text = self.log.read_bytes()[-20_000:].decode(errors="replace")
        return "\n".join(text.splitlines()[-lines:])

    def signal(self, number: int) -> None:
        """Send a signal to the process and to everything it started."""
        leash.alive(self.pid, number)

    def stop(self, patience: float = 10) -> None:
        """Ask the whole group to end; after ``patience`` seconds, or when its leader is gone, kill.

        May be called twice.
        """
        if self.exit_code() is None and patience:
            self.signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        self.signal(signal.SIGKILL)
        self._process.wait()
        _tell_leash(f"-{self.pid}")
