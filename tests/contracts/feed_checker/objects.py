"""What no XML check sees: the feed and everything it names, asked of the servers."""

from collections.abc import Callable, Generator, Iterator, Mapping
from io import BytesIO
from typing import Protocol
from urllib.parse import urlsplit

import requests
from lxml import etree
from PIL import Image, UnidentifiedImageError

from .document import parse
from .problems import Problem, error, warning
from .transcripts import check_chapters, check_transcript
from .vocabulary import IMAGES, NAMESPACES, TYPES

FEED_TYPE = "application/rss+xml"
_FORMATS = {"jpg": "JPEG", "png": "PNG"}
_ORIGIN = "https://lecteur.example"


class Answer(Protocol):
    """What a server answered; a `requests.Response` is one."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


Get = Callable[[str, str, dict[str, str]], Answer]
Asking = Generator[Problem, None, Answer | None]


def http(method: str, url: str, headers: dict[str, str]) -> Answer:
    """Ask a server over the network, without compression: lengths are those of the object."""
    headers = {"Accept-Encoding": "identity", **headers}
    return requests.request(method, url, headers=headers, timeout=10)


def check_objects(xml: bytes, get: Get = http) -> list[Problem]:
    """Return every problem of what a feed that `check` accepts names, asked through `get`.

    Files (media, artwork, portraits, transcripts, chapters) are all asked for; pages only on the
    hosts of the feed and of the site, since a foreign page may be down without any fault of ours.
    """
    channel = parse(xml)[0]
    problems: list[Problem] = []
    seen = set()
    for path, attribute, inspect in _NAMED:
        for element in channel.iterfind(path, NAMESPACES):
            url = element.get(attribute) if attribute else element.text
            claim = (url, inspect, element.get("type"), element.get("length"))
            if url and claim not in seen:
                seen.add(claim)
                problems += inspect(element, url, get)
    self_link = channel.find("atom:link[@rel='self']", NAMESPACES)
    address = "" if self_link is None else self_link.get("href", "")
    hosts = {urlsplit(address).netloc, urlsplit(channel.findtext("link", "")).netloc}
    pages = dict.fromkeys(
        url
        for path, attribute in _PAGES
        for element in channel.iterfind(path, NAMESPACES)
        if (url := element.get(attribute) if attribute else element.text)
        and urlsplit(url).netloc in hosts
    )
    for url in pages:
        problems += _answer("GET", url, get)
    return [*_feed(xml, address, get), *problems]


def _ask(method: str, url: str, get: Get, status: int, **headers: str) -> Asking:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        answer = get(method, url, sent)
    except OSError as failure:
        yield error("status", url, f"{method} fails: {failure}")
        return None
    if answer.status_code != status:
        rule = {206: "ranges", 304: "validators"}.get(status, "status")
        yield error(rule, url, f"{method} answers {answer.status_code} instead of {status}")
        return None
    return answer


def _answer(method: str, url: str, get: Get, *types: str, **headers: str) -> Asking:
    """Expect 200 and, when `types` are given, one of them as Content-Type."""
    answer = yield from _ask(method, url, get, 200, **headers)
    served = answer.headers.get("Content-Type", "") if answer else ""
    if answer and types and served.partition(";")[0].strip() not in types:
        yield error("content type", url, f"«{served}» instead of {' or '.join(types)}")
    return answer


def _feed(xml: bytes, address: str, get: Get) -> Iterator[Problem]:
    answer = yield from _answer("GET", address, get, FEED_TYPE)
    if not answer:
        return
    charset = answer.headers.get("Content-Type", "").lower().partition("charset=")[2].strip('" ')
    if charset not in ("", "utf-8"):
        yield error("content type", address, f"the feed is served as {charset}")
    if answer.content != xml:
        yield error("feed bytes", address, "serves other bytes than those checked")
    etag = answer.headers.get("ETag", "")
    if not etag.startswith('"'):
        yield error("validators", address, f"ETag «{etag}» is missing or weak")
    else:
        yield from _ask("GET", address, get, 304, If_None_Match=etag)


def _ranges(url: str, length: int, get: Get) -> Iterator[Problem]:
    for asked, served in (
        ("bytes=0-1", f"bytes 0-1/{length}"),
        ("bytes=-2", f"bytes {length - 2}-{length - 1}/{length}"),
    ):
        answer = yield from _ask("GET", url, get, 206, Range=asked)
        if not answer:
            return
        if answer.headers.get("Content-Range") != served or len(answer.content) != 2:
            yield error("ranges", url, f"{asked} answers «{answer.headers.get('Content-Range')}»")


def _media(element: etree._Element, url: str, get: Get) -> Iterator[Problem]:
    answer = yield from _answer("HEAD", url, get, element.get("type", ""))
    if not answer:
        return
    length = answer.headers.get("Content-Length", "")
    if length != element.get("length"):
        yield error("length", url, f"HEAD says «{length}», the feed {element.get('length')}")
    else:
        yield from _ranges(url, int(length), get)


def _artwork(element: etree._Element, url: str, get: Get) -> Iterator[Problem]:
    extension = url.rpartition(".")[2]
    yield from _answer("HEAD", url, get)
    answer = yield from _answer("GET", url, get, *TYPES.get(extension, ()))
    if not answer:
        return
    yield from _ranges(url, len(answer.content), get)
    try:
        with Image.open(BytesIO(answer.content)) as image:
            image.load()
    except (UnidentifiedImageError, OSError, ValueError) as failure:
        yield error("artwork", url, f"is no picture: {failure}")
        return
    if image.format != _FORMATS.get(extension):
        yield error("artwork", url, f"is a {image.format} named .{extension}")
    if image.width != image.height or not 1400 <= image.width <= 3000:
        yield error("artwork", url, f"measures {image.width} × {image.height} pixels")
    if image.mode != "RGB" or "transparency" in image.info:
        yield error("artwork", url, f"is in mode {image.mode}, not plain RGB")
    if any(round(density) != 72 for density in image.info.get("dpi", ())):
        yield warning("density", url, f"has {image.info['dpi']} dpi")


def _portrait(element: etree._Element, url: str, get: Get) -> Iterator[Problem]:
    yield from _answer("HEAD", url, get, *(kind for name in IMAGES for kind in TYPES[name]))


def _shared(element: etree._Element, url: str, get: Get) -> Asking:
    """Ask as a browser on another site would."""
    answer = yield from _answer("GET", url, get, element.get("type", ""), Origin=_ORIGIN)
    if answer and answer.headers.get("Access-Control-Allow-Origin") not in ("*", _ORIGIN):
        yield error("cors", url, "no Access-Control-Allow-Origin for another site")
    return answer


def _duration(element: etree._Element) -> float:
    return float(element.getparent().findtext("itunes:duration", "inf", NAMESPACES))


def _transcript(element: etree._Element, url: str, get: Get) -> Iterator[Problem]:
    if answer := (yield from _shared(element, url, get)):
        media_type = element.get("type", "")
        yield from check_transcript(answer.content, media_type, _duration(element), url)


def _chapters(element: etree._Element, url: str, get: Get) -> Iterator[Problem]:
    if answer := (yield from _shared(element, url, get)):
        yield from check_chapters(answer.content, _duration(element), url)


_NAMED = (
    (".//enclosure", "url", _media),
    ("podcast:trailer", "url", _media),
    (".//itunes:image", "href", _artwork),
    (".//podcast:person", "img", _portrait),
    (".//podcast:transcript", "url", _transcript),
    (".//podcast:chapters", "url", _chapters),
)
_PAGES = (
    (".//link", ""),
    ("atom:link", "href"),
    ("image/url", ""),
    ("itunes:new-feed-url", ""),
    (".//podcast:person", "href"),
    (".//podcast:funding", "url"),
    (".//podcast:license", "url"),
)
