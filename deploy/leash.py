"""Ends what a process started, when that process dies without having done so itself.

Runs as a process of its own. Standard input carries a process group a line, ``+123`` when it is
started and ``-123`` when it has ended; its end of file means that the owner is gone, however it
went: groups that are left get SIGTERM, and SIGKILL five seconds later.
"""

import os
import signal
import sys
import time

PATIENCE = 5.0
"""Seconds between SIGTERM and SIGKILL."""


def alive(group: int, number: int = 0) -> bool:
    """Send a signal to a process group (0 only asks) and tell whether anything received it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def main() -> None:
    """Follow the list of groups until the owner is gone, then end what remains."""
    groups: set[int] = set()
    for line in sys.stdin:
        (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    end = time.monotonic() + PATIENCE
    left = [group for group in groups if alive(group, signal.SIGTERM)]
    while left and time.monotonic() < end:
        time.sleep(0.1)
        left = [group for group in left if alive(group)]
    for group in left:
        alive(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
