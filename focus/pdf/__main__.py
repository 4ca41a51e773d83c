"""The child's end of the leash: tie oneself, do one job, answer in lines of JSON."""

import json
import math
import os
import resource
import signal
import sys
import traceback
from importlib import import_module
from typing import Any

_LARGEST_FILE = 2**30  # bytes that the job may write into one file
_GRACE = 5  # seconds: when the parent is gone, nobody else ends the job


def tie(seconds: float, memory: int) -> None:
    """Limit this process and those it will start: processor time, memory, files, no core dump."""
    time = math.ceil(seconds)
    for what, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, _LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (time, time + _GRACE))
    signal.alarm(time + _GRACE)


def main(order: dict[str, Any]) -> None:
    """Do the job that is ordered, and answer on what was the standard output."""
    tie(order["seconds"], order["memory"])
    # What a library prints must not mix with the answers.
    with os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1) as answers:
        os.dup2(2, 1)

        def say(**answer: object) -> None:
            answers.write(json.dumps(answer) + "\n")

        def on_progress(fraction: float, label: str) -> None:
            say(progress=(fraction, label))

        module, name = order["job"].split(":")
        try:
            job = getattr(import_module(module), name)
            options = {"on_progress": on_progress} if order["reports"] else {}
            result = job(*order["arguments"], **options)
            say(result=result)
        except Exception as error:
            traceback.print_exc()
            say(error=type(error).__name__)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
