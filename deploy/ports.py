"""Loopback ports."""

import errno
import socket
from collections.abc import Iterable


def taken(ports: Iterable[int]) -> list[int]:
    """Return those of the ports on which something listens already."""
    busy = []
    for port in ports:
        with socket.socket() as probe:
            # As servers do: a connection that just ended does not keep the port.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
                busy.append(port)
    return busy
