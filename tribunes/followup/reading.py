"""Reading a page in a process of its own: a few bytes are enough to keep a parser busy for hours.

The child is limited in time and memory, and knows nothing of its parent’s environment. Run as a
module it is the child: a line of JSON, then the page on its standard input.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tribunes.followup.pages import Page, read

SECONDS = 15
"""Of the wall, and of the processor."""
MEMORY = 600 * 2**20
"""Bytes of address space: a page of 5 MB that is nothing but tags takes half of it."""

_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH")


class TooHeavy(Exception):
    """A page asks for more time or memory than it is given."""


def read_apart(*, url: str, body: bytes, headers: Mapping[str, str]) -> Page:
    """Return what a page is; raises TooHeavy."""
    page = {"url": url, "headers": dict(headers)}
    order = json.dumps({"page": page, "seconds": SECONDS, "memory": MEMORY}).encode()
    try:
        child = subprocess.run(
            [sys.executable, "-m", "tribunes.followup.reading"],
            cwd=_ROOT,
            env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
            input=order + b"\n" + body,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise TooHeavy from error
    said = json.loads(child.stdout)
    sets = {name: frozenset(said.pop(name)) for name in ("links", "canonicals", "loaded")}
    return Page(**said, **sets)


def main() -> None:
    """Read the page that comes in, and say what it is."""
    order = json.loads(sys.stdin.buffer.readline())
    resource.setrlimit(resource.RLIMIT_AS, (order["memory"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (order["seconds"],) * 2)
    page = read(body=sys.stdin.buffer.read(), **order["page"])
    json.dump(vars(page), sys.stdout, default=sorted)


if __name__ == "__main__":
    main()
