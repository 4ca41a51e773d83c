"""Reference syndication.md §7, SSRF: nobody makes this machine talk to itself or neighbours."""

import gzip
import re
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests.adapters
from django.core.checks import run_checks
from pytest_django import Settings

from tribunes import outside
from tribunes.outside import Unreachable, fetch, post, problem

PRIVATE = [
    "127.0.0.1",
    "127.8.9.10",
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "017700000001",
    "0177.0.0.1",
    "127.1",
    "2852039166",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:a9fe:a9fe]",
    "[::ffff:10.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
    "[fe80::1]",
    "[fec0::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
]
"""Private, link-local, metadata, multicast, reserved; in every spelling the system reads."""


class Server:
    """A server on loopback that says, byte for byte, what a test tells it to."""

    def __init__(self, answer: Callable[[socket.socket], None], host: str = "127.0.0.1") -> None:
        self.requests: list[bytes] = []
        self._answer = answer
        self._listener = socket.create_server((host, 0))
        self.host, self.port = self._listener.getsockname()[:2]
        self.url = f"http://{host}:{self.port}/"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                connection.settimeout(5)
                self.requests.append(_request(connection))
                self._answer(connection)

    def close(self) -> None:
        """Stop listening."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()


def _request(connection: socket.socket) -> bytes:
    """Read one whole request: head and body may come apart."""
    said = b""
    while piece := connection.recv(65_536):
        said += piece
        head, end, body = said.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        if end and len(body) >= int(length[1] if length else 0):
            break
    return said


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    """Start servers that end with the test."""
    servers: list[Server] = []

    def start(answer: Callable[[socket.socket], None] | bytes, host: str = "127.0.0.1") -> Server:
        said = answer if callable(answer) else lambda connection: connection.sendall(answer)
        servers.append(Server(said, host))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def production(settings: Settings) -> None:
    """Allow nothing local."""
    settings.OUTSIDE_MAY_BE_LOCAL = False


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def names(monkeypatch: pytest.MonkeyPatch, **known: list[str]) -> list[str]:
    """Answer for the name service, which no test may ask; each name tells its addresses in turn.

    Returns the list of the names that were asked.
    """
    asked: list[str] = []
    genuine = socket.getaddrinfo

    def resolve(host: str, *args: object, **kwargs: object) -> object:
        addresses = known.get(str(host).replace(".", "_"))
        if addresses is None:
            return genuine(host, *args, **kwargs)
        if kwargs.get("flags") == socket.AI_NUMERICHOST:
            raise socket.gaierror(socket.EAI_NONAME, "a name, not an address")
        asked.append(host)
        return genuine(addresses.pop(0) if len(addresses) > 1 else addresses[0], *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


# Addresses


@pytest.mark.parametrize("host", PRIVATE)
def test_an_address_of_no_public_server_is_refused_before_and_at_the_connection(
    production: None, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    assert "réseau privé" in problem(f"https://{host}/")
    # And by the connection alone, had a form let it pass.
    monkeypatch.setattr(outside, "problem", lambda url: "")
    with pytest.raises(Unreachable, match="réseau privé"):
        post(f"https://{host}/", b"", {})


@pytest.mark.parametrize("host", [host for host in PRIVATE if host[0] != "["])
def test_a_name_that_leads_to_such_an_address_is_refused(
    production: None, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    names(monkeypatch, piege_example_org=[host])
    assert problem("https://piege.example.org/") == ""
    with pytest.raises(Unreachable, match="réseau privé"):
        fetch("https://piege.example.org/")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://exemple.fr/", "https://"),
        ("ftp://exemple.fr/", "https://"),
        ("file:///etc/passwd", "https://"),
        ("gopher://exemple.fr/", "https://"),
        ("exemple.fr/hook", "https://"),
        ("//exemple.fr/hook", "https://"),
        ("", "https://"),
        ("https://", "pas de nom"),
        ("https:///hook", "pas de nom"),
        ("https://moi:secret@exemple.fr/", "identifiant"),
        ("https://exemple.fr@127.0.0.1/", "identifiant"),
        ("https://exemple.fr:8443/", "port"),
        ("https://exemple.fr:22/", "port"),
        ("https://exemple.fr:99999/", "illisible"),
        ("https://[::1/", "illisible"),
        ("https://exemple.fr/a b", "espace"),
        ("https://exemple.fr/\r\nHost: autre", "espace"),
        ("https://exemple.fr\\@127.0.0.1/", "espace"),
        ("https://exemple.fr/\u2028", "espace"),
        ("https://localhost/", "privé"),
        ("https://intranet/", "privé"),
        ("https://base.internal/", "privé"),
        ("https://imprimante.local./", "privé"),
        ("https://127.0.0.1./", "privé"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_in_french(
    production: None, url: str, reason: str
) -> None:
    assert reason in problem(url)
    with pytest.raises(Unreachable, match=reason):
        post(url, b"", {})


@pytest.mark.parametrize(
    "url",
    [
        "https://exemple.fr/hook",
        "https://exemple.fr:443/hook?a=b",
        "https://mairie-éloignée.fr/tribune-été",
        "https://93.184.215.14/hook",
        "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/hook",
    ],
)
def test_an_address_of_a_public_server_may_be_tried(production: None, url: str) -> None:
    assert problem(url) == ""


def test_on_a_developers_machine_loopback_and_http_are_let_in_and_nothing_more() -> None:
    assert problem("http://127.0.0.1:8123/hook") == problem("http://localhost:8123/hook") == ""
    assert "réseau privé" in problem("http://192.168.1.1/")
    assert "réseau privé" in problem("http://169.254.169.254/latest/meta-data/")
    assert "https://" in problem("ftp://127.0.0.1/")


def test_production_refuses_to_deploy_with_local_servers_allowed(settings: Settings) -> None:
    def found() -> list[str]:
        return [str(message.id) for message in run_checks(include_deployment_checks=True)]

    settings.OUTSIDE_MAY_BE_LOCAL = True
    assert "tribunes.E001" in found()
    settings.OUTSIDE_MAY_BE_LOCAL = False
    assert "tribunes.E001" not in found()


# DNS rebinding


def test_the_address_connected_to_is_the_one_checked(
    monkeypatch: pytest.MonkeyPatch, serve: Callable[..., Server]
) -> None:
    honest = serve(http(b"honest"))
    with socket.create_server(("127.0.0.2", honest.port)) as other:
        asked = names(monkeypatch, rebond_example_org=["127.0.0.1", "127.0.0.2"])
        answer = fetch(f"http://rebond.example.org:{honest.port}/")
        assert (answer.body, asked) == (b"honest", ["rebond.example.org"])
        assert b"Host: rebond.example.org" in honest.requests[0]
        other.setblocking(False)
        with pytest.raises(BlockingIOError):
            other.accept()


def test_a_name_public_when_checked_and_loopback_afterwards_gains_nothing(
    production: None, monkeypatch: pytest.MonkeyPatch, serve: Callable[..., Server]
) -> None:
    """The suite lets no socket leave the machine: the guard names the address it was asked for."""
    victim = serve(http(b"secret"))
    asked = names(monkeypatch, rebond_example_org=["93.184.215.14", "127.0.0.1"])
    monkeypatch.setattr(outside, "problem", lambda url: "")  # the port of the victim
    with pytest.raises(BaseException, match=r"93\.184\.215\.14"):
        post(f"https://rebond.example.org:{victim.port}/", b"", {})
    assert asked == ["rebond.example.org"]
    assert victim.requests == []


# Redirects


def test_a_post_never_follows(serve: Callable[..., Server]) -> None:
    target = serve(http(b"target"))
    source = serve(http(b"", "307 Temporary Redirect", Location=target.url))
    answer = post(source.url, b"{}", {})
    assert (answer.status, target.requests) == (307, [])


def test_a_fetch_follows_as_often_as_it_is_told(serve: Callable[..., Server]) -> None:
    last = serve(http(b"page"))
    second = serve(http(b"", "302 Found", Location=f"//127.0.0.1:{last.port}/page"))
    first = serve(http(b"", "301 Moved", Location=second.url))
    answer = fetch(first.url, follow=2)
    assert (answer.status, answer.body, answer.url) == (200, b"page", f"{last.url}page")
    assert fetch(first.url, follow=1).status == 302
    assert fetch(first.url).status == 301


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "http://a:b@c.fr/",
    ],
)
def test_every_redirect_is_checked(serve: Callable[..., Server], target: str) -> None:
    source = serve(http(b"", "302 Found", Location=target))
    with pytest.raises(Unreachable, match=r"privé|https://|identifiant"):
        fetch(source.url, follow=5)


def test_endless_redirects_end(serve: Callable[..., Server]) -> None:
    ring = serve(http(b"", "302 Found", Location="/again"))
    assert fetch(ring.url, follow=5).status == 302
    assert len(ring.requests) == 6


def test_the_body_of_a_redirect_is_not_swallowed(serve: Callable[..., Server]) -> None:
    """A session of requests reads it whole and decompressed before anybody asks."""

    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    answer = post(serve(endless).url, b"", {}, timeout=3)
    assert answer.status == 302
    assert len(answer.body) == outside.ANSWER_BYTES


# Time and memory


def drip(head: bytes, drop: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(30):
            time.sleep(0.05)
            connection.sendall(drop)

    return answer


@pytest.mark.parametrize(
    ("head", "drop"),
    [
        (b"", b""),
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["silence", "status", "header", "headers", "continue", "body", "length", "chunks"],
)
def test_a_server_that_drips_is_cut_off(
    serve: Callable[..., Server], head: bytes, drop: bytes
) -> None:
    server = serve(drip(head, drop))
    start = time.monotonic()
    with pytest.raises(Unreachable, match=r"en 0\.3 s"):
        fetch(server.url, timeout=0.3)
    assert time.monotonic() - start < 1.2  # it would go on for 1.5 s and more


def test_redirects_share_one_deadline(serve: Callable[..., Server]) -> None:
    def slow(connection: socket.socket) -> None:
        time.sleep(0.2)
        connection.sendall(http(b"", "302 Found", Location="/x"))

    with pytest.raises(Unreachable, match=r"en 0\.5 s"):
        fetch(serve(slow).url, follow=20, timeout=0.5)


def test_a_receiver_that_does_not_finish_its_headers_said_nothing(
    serve: Callable[..., Server],
) -> None:
    server = serve(drip(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"))
    with pytest.raises(Unreachable, match=r"en 0\.3 s"):
        post(server.url, b"", {}, timeout=0.3)


def test_a_receiver_that_said_yes_may_drip_afterwards(serve: Callable[..., Server]) -> None:
    server = serve(drip(b"HTTP/1.1 200 OK\r\n\r\n", b"x"))
    answer = post(server.url, b"", {}, timeout=0.3)
    assert (answer.status, answer.complete) == (200, False)


def test_a_huge_page_is_cut(serve: Callable[..., Server]) -> None:
    def endless(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    answer = fetch(serve(endless).url, max_bytes=100_000)
    assert (len(answer.body), answer.complete) == (100_000, False)


def test_a_page_of_exactly_the_limit_is_complete(serve: Callable[..., Server]) -> None:
    answer = fetch(serve(http(b"x" * 1000)).url, max_bytes=1000)
    assert (len(answer.body), answer.complete) == (1000, True)


def test_a_compressed_page_is_read(serve: Callable[..., Server]) -> None:
    text = "Été".encode()
    assert fetch(serve(http(gzip.compress(text), Content_Encoding="gzip")).url).text == "Été"
    assert fetch(serve(http(zlib.compress(text), Content_Encoding="deflate")).url).text == "Été"


def test_a_compressed_page_that_breaks_off_is_not_complete(serve: Callable[..., Server]) -> None:
    half = gzip.compress(b"x" * 1000)[:-9]
    assert not fetch(serve(http(half, Content_Encoding="gzip")).url).complete


def test_a_gzip_bomb_does_not_go_off(serve: Callable[..., Server]) -> None:
    bomb = gzip.compress(bytes(200_000_000), compresslevel=1)
    server = serve(http(bomb, Content_Encoding="gzip"))
    tracemalloc.start()
    answer = fetch(server.url, max_bytes=1_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
    assert (len(answer.body), answer.complete) == (1_000_000, False)


def test_a_compression_nobody_asked_for_is_refused(serve: Callable[..., Server]) -> None:
    with pytest.raises(Unreachable, match="compressée"):
        fetch(serve(http(b"\x1b\x00\x00", Content_Encoding="br")).url)


# What goes out


def test_bytes_go_out_as_they_are_and_nothing_of_this_machine_with_them(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login moi password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server = serve(http(b"ok", Set_Cookie="a=b"))
    body = '{"é":"\\u00e9"}'.encode()
    post(server.url, body, {"Content-Type": "application/json", "webhook-id": "1"})
    post(server.url, body, {})
    for request in server.requests:
        head, _, sent = request.partition(b"\r\n\r\n")
        assert sent == body
        for leak in (b"authorization", b"cookie", b"secret"):
            assert leak not in head.lower()
    assert b"webhook-id: 1" in server.requests[0]
    assert b"User-Agent: SolutionsSolidaires/1.0 (+http://testserver)" in server.requests[0]


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nX-Evil: 1", "\r\n\r\nGET /evil"])
def test_a_header_carries_no_other_header(serve: Callable[..., Server], value: str) -> None:
    server = serve(http(b""))
    with pytest.raises(Unreachable, match="illisibles"):
        post(server.url, b"", {"webhook-id": value})
    assert server.requests == []


def test_a_server_that_is_away_or_talks_nonsense_is_unreachable(
    serve: Callable[..., Server],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/", serve(b"SSH-2.0-OpenSSH\r\n").url, serve(b"").url):
        with pytest.raises(Unreachable, match="injoignable"):
            fetch(url)


def test_a_name_that_does_not_exist_is_named_as_such() -> None:
    with pytest.raises(Unreachable, match="n’existe pas"):
        fetch("http://personne.invalid/")


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for one name."""
    path = tmp_path_factory.mktemp("tls") / "cert.pem"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
        f" -keyout {path} -out {path}.crt -subj /CN=hook.example.org"
        " -addext subjectAltName=DNS:hook.example.org".split(),
        check=True,
        capture_output=True,
    )
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return path


def test_a_certificate_is_verified_for_the_name_though_the_address_is_called(
    serve: Callable[..., Server], certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        for _ in range(3):
            connection, _ = listener.accept()
            with suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
                secure.recv(65_536)
                secure.sendall(http(b"ok"))

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    url = f"https://{{}}:{listener.getsockname()[1]}/"
    names(monkeypatch, hook_example_org=["127.0.0.1"], autre_example_org=["127.0.0.1"])
    with pytest.raises(Unreachable, match="certificat"):
        fetch(url.format("hook.example.org"))  # nobody trusts who signed it
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", f"{certificate}.crt")
    assert fetch(url.format("hook.example.org")).body == b"ok"
    with pytest.raises(Unreachable, match="certificat"):
        fetch(url.format("autre.example.org"))
    thread.join()
    listener.close()
