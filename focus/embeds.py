"""Videos that others host: where the player is that tracks least, and where to watch without it.

Addresses are read, never fetched. Documented forms of the players:
https://developers.google.com/youtube/player_parameters,
https://developers.dailymotion.com/docs/add-runtime-player-parameters-web,
https://help.vimeo.com/hc/en-us/articles/12426260232977, https://docs.joinpeertube.org/api/embed-player.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

_YOUTUBE = re.compile(r"/(?:live|embed|shorts|v)/([\w-]{11})/?", re.ASCII)
_DAILYMOTION = re.compile(r"/(?:(?:embed/)?video/)?([a-zA-Z0-9]{6,20})(?:_[^/]*)?/?", re.ASCII)
_DAILYMOTION_PLAYER = re.compile(r"/player/([a-zA-Z0-9]{3,20})\.html", re.ASCII)
_VIMEO = re.compile(r"/(?:video/)?(\d{5,12})(?:/([0-9a-f]{6,20}))?/?", re.ASCII)
_VIMEO_EVENT = re.compile(r"/event/(\d{3,12})(?:/.*)?", re.ASCII)
_PEERTUBE = re.compile(
    r"/(?:w|videos/watch|videos/embed)/"
    r"([1-9A-HJ-NP-Za-km-z]{22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/?",
    re.ASCII,
)


@dataclass(frozen=True, kw_only=True)
class Video:
    """A video at one moment: ``watch`` is its page, ``player`` goes into a frame.

    ``player`` is empty where there is none that we know. ``sets_cookies`` as far as the host says.
    """

    host: str
    watch: str
    player: str = ""
    sets_cookies: bool = False


def video(url: str, start: float = 0) -> Video | None:
    """Read the address of a video, to be played from ``start`` (seconds).

    None unless it is an https address.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if parts.scheme != "https" or not host:
        return None
    read = _KNOWN.get(host, _peertube)
    return read(parts, int(start)) or Video(host=host, watch=parts.geturl())


def _youtube(parts: SplitResult, start: int) -> Video | None:
    """Play without cookies until the reader plays; YouTube keeps its own from then on."""
    if parts.hostname == "youtu.be":
        name = parts.path.strip("/")
    elif match := _YOUTUBE.fullmatch(parts.path):
        name = match[1]
    else:
        name = parse_qs(parts.query).get("v", [""])[0]
    if not re.fullmatch(r"[\w-]{11}", name, re.ASCII):
        return None
    return Video(
        host="YouTube",
        watch=_with("https://www.youtube.com/watch", v=name, t=start and f"{start}s"),
        player=_with(
            f"https://www.youtube-nocookie.com/embed/{name}", autoplay=1, rel="0", start=start
        ),
        sets_cookies=True,
    )


def _dailymotion(parts: SplitResult, start: int) -> Video | None:
    """Embed only through a player of one's own, as Dailymotion demands since September 2026.

    https://developers.dailymotion.com/changelog/api-player-id-required-in-embed-urls
    """
    owned = _DAILYMOTION_PLAYER.fullmatch(parts.path)
    if owned:
        name = parse_qs(parts.query).get("video", [""])[0]
    else:
        match = _DAILYMOTION.fullmatch(parts.path)
        name = match[1] if match else ""
    if not re.fullmatch(r"[a-zA-Z0-9]+", name, re.ASCII):
        return None
    player = f"https://geo.dailymotion.com/player/{owned[1]}.html" if owned else ""
    return Video(
        host="Dailymotion",
        watch=_with(f"https://www.dailymotion.com/video/{name}", start=start),
        player=player and _with(player, video=name, startTime=start),
        sets_cookies=True,
    )


def _vimeo(parts: SplitResult, start: int) -> Video | None:
    """Ask Vimeo not to track (``dnt``); a live event has a player of its own."""
    moment = f"#t={start}s" if start else ""
    if event := _VIMEO_EVENT.fullmatch(parts.path):
        page = f"https://vimeo.com/event/{event[1]}"
        return Video(host="Vimeo", watch=page, player=f"{page}/embed?dnt=1", sets_cookies=True)
    match = _VIMEO.fullmatch(parts.path)
    if match is None:
        return None
    key = match[2] or parse_qs(parts.query).get("h", [""])[0]
    player = _with(f"https://player.vimeo.com/video/{match[1]}", h=key, dnt=1, autoplay=1)
    watch = f"https://vimeo.com/{match[1]}" + (f"/{key}" if key else "")
    return Video(host="Vimeo", watch=watch + moment, player=player + moment, sets_cookies=True)


def _peertube(parts: SplitResult, start: int) -> Video | None:
    """Know PeerTube, which anybody may host, by the form of its addresses."""
    match = _PEERTUBE.fullmatch(parts.path)
    if match is None:
        return None
    origin = f"https://{parts.netloc.rpartition('@')[2]}"
    return Video(
        host=parts.hostname or "",
        watch=_with(f"{origin}/w/{match[1]}", start=start and f"{start}s"),
        player=_with(
            f"{origin}/videos/embed/{match[1]}", start=start and f"{start}s", autoplay=1, p2p="0"
        ),
    )


def _with(address: str, **query: int | str) -> str:
    """Add what is not empty, nor the number 0, to an address."""
    given = {name: value for name, value in query.items() if value}
    return f"{address}?{urlencode(given)}" if given else address


_KNOWN: dict[str, Callable[[SplitResult, int], Video | None]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube,
    "dailymotion.com": _dailymotion,
    "geo.dailymotion.com": _dailymotion,
    "dai.ly": _dailymotion,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
}
