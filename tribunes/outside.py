"""The one door to servers of other people: webhooks go out by it, declared pages come in.

Whoever names an address here must not make this machine talk to itself or to its neighbours
(SSRF). Every name is resolved once, the address found is checked and is the very one connected to
(requests-hardened), so a name that changes its mind gains nothing. No proxy, no cookie, no
password file of the machine is used; a server is never trusted with our time nor our memory.

The adapter is used without a session of requests: a session reads the whole body of a redirect,
decompressed, before anybody can refuse it.
"""

import ipaddress
import socket
import threading
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import requests
from django.conf import settings
from requests_hardened.ip_filter import InvalidIPAddress, filter_host
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.util import Url, parse_url

TIMEOUT = 20.0
"""Seconds for a whole exchange, redirects included (Standard Webhooks asks for 15 to 30). The
resolution of names comes on top, with the patience of the system's resolver."""
ANSWER_BYTES = 4096
"""How much is read of the answer to a POST."""
MAX_BYTES = 2_000_000
"""How much is read of a page unless told otherwise."""

_PIECE = 16_384
_REDIRECTS = {301, 302, 303, 307, 308}
_METADATA = {ipaddress.ip_address("168.63.129.16")}  # Azure’s, which looks public
_LOCAL_NAMES = ("localhost", "local", "internal", "lan", "home.arpa")

_PRIVATE = "Cette adresse mène à un réseau privé\u00a0: nous ne l’appelons pas."


class Unreachable(Exception):
    """Nothing was obtained; the text says why, in French."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a server answered, whatever its status."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    complete: bool

    @property
    def text(self) -> str:
        """The body as text; what cannot be read as UTF-8 is replaced."""
        return self.body.decode("utf-8", "replace")


def post(url: str, body: bytes, headers: Mapping[str, str], timeout: float = TIMEOUT) -> Answer:
    """Send bytes as they are and return the answer; a redirect is an answer like another.

    Only the first :data:`ANSWER_BYTES` are read, and no more of them than arrive in time: the
    status has been said by then. Raises Unreachable.
    """
    with _Deadline(timeout) as deadline, _opened("POST", url, deadline, headers, body) as response:
        try:
            said, complete = _read(response, ANSWER_BYTES, deadline)
        except (HTTPError, OSError, zlib.error):
            said, complete = b"", False
        return _answer(response, said, complete)


def fetch(
    url: str, max_bytes: int = MAX_BYTES, follow: int = 0, timeout: float = TIMEOUT
) -> Answer:
    """Return what stands at an address, after at most ``follow`` redirects, each one checked.

    A page longer than ``max_bytes`` is cut there and ``complete`` is False; one redirect too many
    is returned as the answer that it is. Raises Unreachable.
    """
    headers = {"Accept": "text/html, application/xhtml+xml, */*;q=0.5"}
    with _Deadline(timeout) as deadline:
        while True:
            with _opened("GET", url, deadline, headers) as response:
                target = response.headers.get("Location")
                if not (follow and target and response.status_code in _REDIRECTS):
                    return _answer(response, *_read(response, max_bytes, deadline))
            url = urljoin(url, target)
            follow -= 1


def problem(url: str) -> str:
    """Return why an address is never called, in French, or "" when it may be tried.

    Nothing is asked of the network: where a name leads is judged when it is called.
    """
    try:
        parts = parse_url(url)
    except LocationParseError:
        return "Cette adresse est illisible\u00a0: recopiez-la depuis votre navigateur."
    if not url.isprintable() or any(character in url for character in " \\"):
        return "Une adresse ne contient ni espace, ni barre oblique inversée."
    local = settings.OUTSIDE_MAY_BE_LOCAL
    if parts.scheme != "https" and not (local and parts.scheme == "http"):
        return "L’adresse doit commencer par https://."
    if parts.auth:
        return "L’adresse ne doit contenir ni identifiant ni mot de passe."
    if not parts.host:
        return "L’adresse n’a pas de nom de serveur."
    if parts.port not in (None, 443) and not local:
        return "L’adresse ne doit pas préciser de port\u00a0: seul le port 443 est appelé."
    return _problem_of_host(parts)


def _problem_of_host(parts: Url) -> str:
    host = (parts.host or "").strip("[]").rstrip(".")
    try:
        # Decimal, octal and hexadecimal forms included, as the connection would read them.
        socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except (socket.gaierror, UnicodeError):
        if settings.OUTSIDE_MAY_BE_LOCAL and host == "localhost":
            return ""
        if "." not in host or host.endswith(tuple(f".{name}" for name in _LOCAL_NAMES)):
            return "Ce nom de serveur n’existe que dans un réseau privé."
        return ""
    try:
        _check_address(host)
    except InvalidIPAddress:
        return _PRIVATE
    return ""


def _check_address(address: str) -> None:
    """Refuse an address of no public server; raises InvalidIPAddress.

    The library leaves reserved IPv6 ranges and one metadata server out of its own list.
    """
    found = filter_host(address, 443, allow_loopback=settings.OUTSIDE_MAY_BE_LOCAL)
    ip = ipaddress.ip_address(found.strip("[]"))
    if ip.is_loopback:
        return
    if ip.is_reserved or getattr(ip, "is_site_local", False) or ip in _METADATA:
        raise InvalidIPAddress(ip)


class _Deadline:
    """Cuts the connections it watches when time is up, however busy the server keeps us.

    The timeout of a socket starts again with every byte, and http.client reads status lines,
    headers and « 100 Continue » for ever.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.passed = False
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._timer.cancel()
        self._timer.join()
        for watched in self._sockets:
            watched.close()

    def watch(self, connection: socket.socket) -> None:
        """Keep a handle of a connection; TLS takes the first one over."""
        self._sockets.append(connection.dup())
        if self.passed:
            self._cut()

    def check(self) -> None:
        """Raise TimeoutError once time is up: to a reader, a connection cut looks finished."""
        if self.passed:
            raise TimeoutError

    def _cut(self) -> None:
        self.passed = True
        for watched in self._sockets:
            try:
                watched.shutdown(socket.SHUT_RDWR)
            except OSError:  # the server was quicker
                continue


class _Adapter(IPFilterAdapter):
    """Adds to the library’s filter the addresses it misses, and the deadline."""

    def __init__(self, *, secure: bool, deadline: _Deadline) -> None:
        super().__init__(secure, allow_loopback=settings.OUTSIDE_MAY_BE_LOCAL)
        self._deadline = deadline

    def build_connection_pool_key_attributes(self, *args: Any, **kwargs: Any) -> Any:
        host, pool = super().build_connection_pool_key_attributes(*args, **kwargs)
        _check_address(host["host"].strip("[]"))
        return host, pool

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> Any:
        pool = super().get_connection_with_tls_context(*args, **kwargs)
        deadline, usual = self._deadline, pool.ConnectionCls

        class Watched(usual):  # type: ignore[misc, valid-type]
            def _new_conn(self) -> socket.socket:
                connection: socket.socket = super()._new_conn()
                deadline.watch(connection)
                return connection

        pool.ConnectionCls = Watched
        return pool


@contextmanager
def _opened(
    method: str,
    url: str,
    deadline: _Deadline,
    headers: Mapping[str, str],
    body: bytes | None = None,
) -> Iterator[requests.Response]:
    """Give an answer whose body is still to be read; whatever goes wrong raises Unreachable."""
    if reason := problem(url):
        raise Unreachable(reason)
    ours = {
        "User-Agent": f"SolutionsSolidaires/1.0 (+{settings.SITE_URL})",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    try:
        request = requests.Request(method, url, headers={**headers, **ours}, data=body).prepare()
        secure = url.lower().startswith("https:")
        with closing(_Adapter(secure=secure, deadline=deadline)) as adapter:
            response = adapter.send(request, stream=True, timeout=deadline.seconds)
            with closing(response):
                deadline.check()
                yield response
    except (HTTPError, OSError, ValueError, zlib.error) as error:
        raise Unreachable(_explain(error, deadline)) from error


def _read(response: requests.Response, max_bytes: int, deadline: _Deadline) -> tuple[bytes, bool]:
    """Return at most that many bytes of a body, decompressed, and whether that is all of it."""
    body = b""
    for piece in response.raw.stream(_PIECE, decode_content=False):
        body += piece
        if len(body) > max_bytes:
            break
    deadline.check()
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        decoder = zlib.decompressobj(wbits=47)  # gzip or zlib
        body = decoder.decompress(body, max_bytes + 1)
        return body[:max_bytes], decoder.eof and len(body) <= max_bytes
    return body[:max_bytes], len(body) <= max_bytes


def _answer(response: requests.Response, body: bytes, complete: bool) -> Answer:
    return Answer(
        status=response.status_code,
        url=response.url,
        headers=response.headers,
        body=body,
        complete=complete,
    )


def _explain(error: Exception, deadline: _Deadline) -> str:
    if isinstance(error, InvalidIPAddress):
        return _PRIVATE
    if deadline.passed or isinstance(error, requests.Timeout):
        return f"Le serveur n’a pas fini de répondre en {deadline.seconds:g} s."
    if isinstance(error, requests.exceptions.SSLError):
        return "Le certificat de ce serveur n’est pas valable pour ce nom."
    if isinstance(error.__cause__, socket.gaierror):
        return "Ce nom de serveur n’existe pas."
    if isinstance(error, zlib.error):
        return "La réponse de ce serveur est compressée d’une façon illisible."
    if isinstance(error, ValueError):
        return "Cette adresse ou ces en-têtes sont illisibles."
    return "Le serveur est injoignable ou a coupé la connexion."
