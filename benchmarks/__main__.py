"""`make bench`: the speed of what matters, as ratios to what it is built on.

Exit codes: 0 every promise is kept; 1 one is not.
"""

import logging
import sys
import time
from importlib import import_module

from benchmarks import site
from benchmarks.measure import Line

# The first one measures memory: what was held before would hide it.
BENCHMARKS = ("upload", "sound", "feed", "rebuild", "publication", "pages", "partners", "preflight")
MARKS = {True: "kept", False: "BROKEN", None: ""}


def show(line: Line) -> None:
    """Print one result."""
    print(
        f"  {line.what:34} {line.found:>16}   {line.against:44} {line.promise:18}"
        f" {MARKS[line.kept]}".rstrip(),
        flush=True,
    )


def main() -> int:
    """Run every benchmark, or those named on the command line."""
    start = time.monotonic()
    broken = 0
    with site.running():
        logging.disable(logging.WARNING)
        for name in sys.argv[1:] or BENCHMARKS:
            benchmark = import_module(f"benchmarks.{name}")
            print(f"\n{benchmark.__doc__.splitlines()[0]}", flush=True)
            for line in benchmark.run():
                show(line)
                broken += line.kept is False
    print(f"\n{broken} broken promises, {time.monotonic() - start:.0f} s.")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
