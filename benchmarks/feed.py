"""A feed of 1,000 rich episodes: 4 voices with portraits, chapters, transcripts, 2 kB of notes."""

from collections import Counter
from collections.abc import Iterator
from statistics import median

from lxml import etree

from benchmarks import plain_feedgen
from benchmarks.content import show_with
from benchmarks.measure import CPU, WALL, Line, compared, middle, queries, turns
from podcasts import feeds
from podcasts.artifacts import build_show
from podcasts.models import ShowPage
from publishing import rss

EPISODES = 1000
FEW = 3
SECONDS = 0.5
QUERIES = 10
XML_RATIO = 1.5
OTHERWISE = "{http://www.itunes.com/dtds/podcast-1.0.dtd}explicit"
"""The one element that feedgen cannot write as Apple wants it: it knows yes and no only."""


def run() -> Iterator[Line]:
    """Measure the build, its queries, then the XML alone against feedgen alone."""
    show, few = show_with(EPISODES), show_with(FEW)
    (built,) = turns(7, lambda: build_show(show.pk))
    yield Line(
        what=f"built from the database, {len(_feed(show)) / 1e6:.1f} MB",
        found=f"{middle(built, CPU)} of CPU",
        against=f"{middle(built, WALL)} on the wall",
        promise=f"≤ {SECONDS:g} s",
        kept=median(map(CPU, built)) <= SECONDS,
    )
    turns(2, lambda: build_show(few.pk))  # its covers are made once
    asked = [queries(lambda pk=pk: build_show(pk)) for pk in (few.pk, show.pk)]
    yield Line(
        what="queries",
        found=str(asked[1]),
        against=f"{asked[0]} for {FEW} episodes",
        promise=f"the same, ≤ {QUERIES}",
        kept=asked[0] == asked[1] <= QUERIES,
    )
    described = feeds.describe(ShowPage.objects.get(pk=show.pk), "artwork.jpg", [], {})
    assert _content(rss.render(*described)) == _content(plain_feedgen.render(*described))
    ours, theirs = turns(
        9, lambda: rss.render(*described), lambda: plain_feedgen.render(*described)
    )
    yield compared("its XML", ours, "feedgen alone", theirs, CPU, most=XML_RATIO)


def _feed(show: ShowPage) -> bytes:
    return build_show(show.pk).artifacts[-1].body.data


def _content(xml: bytes) -> Counter:
    """Return what a feed says: place, name, attributes and text of elements, in any order."""
    tree = etree.fromstring(xml).getroottree()
    return Counter(
        (
            tree.getpath(element.getparent()),
            element.tag,
            (element.text or "").strip(),
            *sorted(element.attrib.items()),
        )
        for element in tree.getroot().iterdescendants()
        if element.tag != OTHERWISE
    )
