"""Everything that the good feed names, made in memory and put on a local server."""

import json
import re
from functools import cache
from io import BytesIO
from random import Random

from PIL import Image

from .faults import GOOD
from .server import Resource, Site

FEED = "/podcasts/une-question-de-solidarite/feed.xml"
_CORS = {"Access-Control-Allow-Origin": "*"}

VTT = """\
WEBVTT

NOTE Exemple écrit pour les essais.

1
00:00.000 --> 00:04.500 align:start
<v Nour Delmas>Comment bien vieillir chez soi\u202f?

00:04.500 --> 00:00:09.000
<v Jeanne Astier>En ouvrant la porte aux voisins.
"""
SRT = """\
1
00:00:00,000 --> 00:00:04,500
Nour Delmas\u00a0: Comment bien
vieillir chez soi\u202f?

2
00:00:04,500 --> 00:00:09,000
Jeanne Astier\u00a0: Entre voisins.
"""
CHAPTERS = {
    "version": "1.2.0",
    "chapters": [
        {"startTime": 0, "title": "Ouverture", "toc": True},
        {"startTime": 62.5, "title": "Les voisins", "url": "https://solutions.example/voisins/"},
        {"startTime": 300, "endTime": 905.5, "title": "Et ensuite\u202f?"},
    ],
}


@cache
def picture(
    width: int = 1400, height: int = 1400, mode: str = "RGB", kind: str = "JPEG", dpi: int = 72
) -> bytes:
    """Return a plain picture of that size in pixels, colour mode, format and density."""
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, kind, dpi=(dpi, dpi))
    return out.getvalue()


@cache
def noise(length: int) -> bytes:
    """Return that many bytes, always the same, as different as those of an audio file."""
    return Random(length).randbytes(length)


def page() -> Resource:
    """Return a page of the site."""
    return Resource(body=b"<!doctype html><title>Page</title>", content_type="text/html")


def publish_good_feed(site: Site) -> bytes:
    """Put the good feed on `site`, with its addresses there, and all it names; return the XML."""
    feed = GOOD.replace("https://media.solutions.example", site.base)
    feed = feed.replace("https://solutions.example", site.base)
    made = {
        "jpg": lambda: Resource(body=picture(), content_type="image/jpeg"),
        "png": lambda: Resource(body=picture(kind="PNG"), content_type="image/png"),
        "vtt": lambda: Resource(body=VTT.encode(), content_type="text/vtt", headers={**_CORS}),
        "srt": lambda: Resource(
            body=SRT.encode(), content_type="application/x-subrip", headers={**_CORS}
        ),
        "json": lambda: Resource(
            body=json.dumps(CHAPTERS).encode(),
            content_type="application/json+chapters",
            headers={**_CORS},
        ),
    }
    for path in re.findall(rf'{site.base}(/[^"<]*)', feed):
        site.resources[path] = made.get(path.rpartition(".")[2], page)()
    media = rf'<enclosure url="{site.base}([^"]*)" length="(\d+)" type="([^"]*)"'
    for path, length, content_type in re.findall(media, feed):
        site.resources[path] = Resource(body=noise(int(length)), content_type=content_type)
    xml = feed.encode()
    site.resources[FEED] = Resource(body=xml, content_type="application/rss+xml; charset=utf-8")
    return xml
