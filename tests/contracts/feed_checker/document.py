"""The check of the XML: can it be read at all, then element by element, then as a whole."""

import re
from collections.abc import Iterator

from lxml import etree

from .problems import Problem, error
from .relations import relations
from .structure import structure
from .vocabulary import NAMESPACES

LIMIT = 5_000_000
_DECLARATION = re.compile(rb"""<\?xml version=["']1\.0["'] encoding=["']utf-8["']""", re.IGNORECASE)


def check(xml: bytes, address: str, *, podcast_guid: str = "") -> list[Problem]:
    """Return every problem of a feed read from `address`, in document order within each stage.

    A document that cannot be read, or whose namespaces are wrong, is judged on that alone: the
    rest would be noise. `podcast_guid` is the one stored for the show; "" leaves it uncompared.
    """
    if problems := list(_bytes(xml)):
        return problems
    try:
        root = parse(xml)
    except etree.XMLSyntaxError as failure:
        return [error("well-formed", "document", str(failure))]
    if problems := list(_frame(root)):
        return problems
    channel = root[0]
    return [*structure(channel, "channel"), *relations(channel, address, podcast_guid)]


def parse(xml: bytes) -> etree._Element:
    """Return the root of a feed, CDATA kept, no entity resolved; raises XMLSyntaxError."""
    parser = etree.XMLParser(
        strip_cdata=False, resolve_entities=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(xml, parser)


def _bytes(xml: bytes) -> Iterator[Problem]:
    if len(xml) > LIMIT:
        yield error("size", "document", f"{len(xml)} bytes, more than {LIMIT}")
    if not _DECLARATION.match(xml):
        yield error("encoding", "document", "the first line does not declare UTF-8")
    try:
        xml.decode("utf-8")
    except UnicodeDecodeError as failure:
        yield error("encoding", "document", str(failure))


def _frame(root: etree._Element) -> Iterator[Problem]:
    if root.getroottree().docinfo.doctype:
        yield error("doctype", "document", "a feed has no document type")
    if root.tag != "rss" or root.get("version") != "2.0" or [e.tag for e in root] != ["channel"]:
        yield error("root", "rss", "expected one rss element, version 2.0, with one channel")
    declared = {pair for element in root.iter() for pair in element.nsmap.items()}
    for prefix, uri in sorted(declared, key=str):
        if NAMESPACES.get(prefix or "") != uri:
            wanted = NAMESPACES.get(prefix or "", "not declared at all")
            yield error("namespace", f"xmlns:{prefix}", f"«{uri}» should be {wanted}")
