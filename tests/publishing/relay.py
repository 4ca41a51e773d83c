"""A relay between the product and the object storage, through which a test meddles.

It passes every request on, byte for byte, to the real server; a test may look at each request,
hold it up, or do harm to the bucket once the server has answered.
"""

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

_SKIPPED = {"connection", "transfer-encoding", "expect", "keep-alive"}


class Relay:
    """An HTTP server on loopback; ``before`` and ``after`` see each method and object key."""

    def __init__(self, upstream: str) -> None:
        address = urlsplit(upstream)
        self.upstream = address.hostname, address.port
        self.reset()
        relay = self

        class Handler(_Handler):
            pass

        Handler.relay = relay
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def reset(self) -> None:
        """Forget what was seen and do nothing but pass on."""
        self.seen: list[tuple[str, str]] = []
        self.before: Callable[[str, str], None] = lambda method, key: None
        self.after: Callable[[str, str], None] = lambda method, key: None
        self.cut: int | None = None
        """After how many bytes of a body the line breaks."""

    def puts(self) -> list[str]:
        """Return the keys that were written, in order; one entry a write."""
        return [key for method, key in self.seen if method == "PUT"]

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    relay: Relay

    def _pass_on(self) -> None:
        # Path-style addresses: /bucket/key
        key = unquote(urlsplit(self.path).path).removeprefix("/").partition("/")[2]
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.relay.seen.append((self.command, key))
        try:
            self.relay.before(self.command, key)
            answer, data = self._ask(body)
            self.relay.after(self.command, key)
        except ConnectionError:  # a test cut the line: there is no answer
            self.close_connection = True
            return
        self.send_response_only(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _SKIPPED | {"content-length"}:
                self.send_header(name, value)
        length = answer.getheader("Content-Length") if self.command == "HEAD" else str(len(data))
        self.send_header("Content-Length", length or "0")
        self.end_headers()
        self.wfile.write(data[: self.relay.cut])
        if self.relay.cut is not None and len(data) > self.relay.cut:
            self.close_connection = True

    def _ask(self, body: bytes) -> tuple[http.client.HTTPResponse, bytes]:
        """Put the same question to the real server."""
        upstream = http.client.HTTPConnection(*self.relay.upstream, timeout=30)
        try:
            upstream.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                if name.lower() not in _SKIPPED:
                    upstream.putheader(name, value)
            upstream.endheaders(body)
            answer = upstream.getresponse()
            return answer, answer.read()
        finally:
            upstream.close()

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _pass_on  # noqa: N815  names of the library

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""
