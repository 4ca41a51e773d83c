"""A small local web server that does what it is told, right or wrong.

It answers GET and HEAD with ranges, ETag and 304 as an object store does; a test may make any
resource lie, and count what clients asked for.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@cache
def _digest(body: bytes) -> str:
    return f'"{sha256(body).hexdigest()}"'


@dataclass(kw_only=True)
class Resource:
    """What stands at one path: bytes, type, and whether the server treats it properly."""

    body: bytes
    content_type: str
    status: int = 200
    ranges: bool = True
    headers: dict[str, str] = field(default_factory=dict)

    def etag(self) -> str:
        """Return the strong validator of the bytes, unless a header replaces it."""
        return self.headers.get("ETag", _digest(self.body))


@dataclass
class Site:
    """A running server: its base address, its resources by path, and the requests so far."""

    base: str
    resources: dict[str, Resource] = field(default_factory=dict)
    requests: list[tuple[str, str, int]] = field(default_factory=list)
    """Method, path and status, in order."""


class _Handler(BaseHTTPRequestHandler):
    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the body."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer as GET would, without the body."""
        self._answer()

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean: requests are counted instead."""

    def _answer(self) -> None:
        missing = Resource(body=b"", content_type="text/plain", status=404)
        resource = self.site.resources.get(self.path, missing)
        status, body = resource.status, resource.body
        headers = {"Content-Type": resource.content_type, "ETag": resource.etag()}
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if status == 200 and self.headers.get("If-None-Match") == resource.etag():
            status, body = 304, b""
        elif status == 200 and asked and resource.ranges:
            first, last = asked.groups()
            start = int(first) if first else len(body) - int(last)
            stop = min(int(last) + 1, len(body)) if first and last else len(body)
            headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(body)}"
            status, body = 206, body[start:stop]
        self.site.requests.append((self.command, self.path, status))
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Length": str(len(body)),
            **resource.headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)


@contextmanager
def serving() -> Iterator[Site]:
    """Run a server on a free loopback port for the length of a `with` block."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.site = Site(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield handler.site
        finally:
            server.shutdown()
            thread.join()
