"""A partner’s site: a real HTTP server on loopback, whose pages a test decides."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]


class Site:
    """What the site answers by path, and what it was asked: path and User-Agent."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []

    def url(self, path: str = "/") -> str:
        """Return the address of a page."""
        return f"{self.address}{path}"

    def show(self, source: str | bytes, path: str = "/", status: int = 200, **headers: str) -> str:
        """Put a page online; return its address."""
        body = source if isinstance(source, bytes) else source.encode()
        said = {"Content-Type": "text/html; charset=utf-8"}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = (status, said, body)
        return self.url(path)


@contextmanager
def serving() -> Iterator[Site]:
    """Run a site for the length of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, self.headers["User-Agent"]))
            status, headers, body = site.pages.get(self.path, (404, {}, b"?"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
