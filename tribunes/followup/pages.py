"""A page of a partner’s as facts: what it shows, links to, loads, and tells search engines.

Pure. What cannot be seen counts for nothing: comments, scripts, templates, hidden elements.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from publishing.text import xml_safe
from tribunes.followup.similarity import words

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["' ]{0,3}([\w-]{1,40})""", re.IGNORECASE)
_UNSEEN = ("script", "style", "template", "noscript", "head")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_GIVEN_UP = {etree.ErrorTypes.ERR_NO_MEMORY, etree.ErrorTypes.ERR_RESOURCE_LIMIT}
_SHOWS = {"image_src", "preload"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
}  # fmt: skip
_LOADS = re.compile(r"(^|-)(src|srcset|poster|background|bg|original|image)(-|$)|(^|-)style$")
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)""", re.IGNORECASE)
_LINK_HEADER = re.compile(r'<([^<>]{1,2000})>\s*;[^,<]{0,200}?rel\s*=\s*"?([\w\s-]{1,100})"?')


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page is to a reader and to a search engine. Addresses are as :func:`same` writes."""

    text: str
    """The words that a reader sees, in order, as ``similarity.words`` writes them."""
    links: frozenset[str]
    """Where the links that can be seen and followed lead."""
    canonicals: frozenset[str]
    """Canonical addresses that search engines are told."""
    is_indexed: bool
    """Whether search engines may index the page."""
    loaded: frozenset[str]
    """Absolute addresses of the pictures and sounds that the page shows by loading them."""
    source: str
    """Every value of its attributes, its styles and scripts: where names of files show."""

    @cached_property
    def words(self) -> list[str]:
        """The words of the text."""
        return self.text.split()


def read(*, url: str, body: bytes, headers: Mapping[str, str]) -> Page:
    """Return what a page is; whatever it is made of, it is read as well as can be.

    Time and memory are not bounded: see ``tribunes.followup.reading``. Raises MemoryError.
    """
    said = {name.lower(): value for name, value in headers.items()}
    tree = _tree(body, said.get("content-type", ""))
    base = _join(url, tree.xpath("string((//base/@href)[1])").strip())
    return Page(
        text=" ".join(words(_visible_text(tree))),
        links=frozenset(same(_join(base, href)) for href in _links(tree)),
        canonicals=frozenset(
            same(_join(base, href)) for href in _canonicals(tree, said.get("link", "")) if href
        ),
        is_indexed=not _orders(tree, said.get("x-robots-tag", "")) & {"noindex", "none"},
        loaded=frozenset(_join(base, address) for address in _loads(tree)),
        source=unquote("\n".join(_values(tree))),
    )


def _links(tree: lxml_html.HtmlElement) -> Iterator[str]:
    for node in tree.iter("a"):
        if node.get("href") and not _is_hidden(node) and _has_label(node):
            yield node.get("href").strip()


def _canonicals(tree: lxml_html.HtmlElement, header: str) -> Iterator[str]:
    for node in tree.xpath("//head//link[@rel]"):
        if "canonical" in node.get("rel").lower().split():
            yield node.get("href", "").strip()
    for address, rel in _LINK_HEADER.findall(header):
        if "canonical" in rel.lower().split():
            yield address


def _orders(tree: lxml_html.HtmlElement, header: str) -> set[str]:
    """Return what all search engines are told to do with the page."""
    metas = (
        node.get("content", "")
        for node in tree.xpath("//meta[@name]")
        if node.get("name").strip().lower() == "robots"
    )
    return {order.strip().lower() for order in ",".join((*metas, header)).split(",")}


def _values(tree: lxml_html.HtmlElement) -> Iterator[str]:
    for node in tree.iter():
        yield from node.attrib.values()
        if node.tag in ("script", "style"):
            yield node.text or ""


def _loads(tree: lxml_html.HtmlElement) -> Iterator[str]:
    for node in tree.iter():
        if node.tag in ("iframe", "script"):
            continue
        for name, value in node.attrib.items():
            if _LOADS.search(name) or (node.tag == "image" and name.endswith("href")):
                yield from _addresses(name, value)
        if node.tag == "meta" and "image" in (node.get("property") or node.get("name") or ""):
            yield node.get("content", "").strip()
        elif node.tag == "link" and _SHOWS & set(node.get("rel", "").lower().split()):
            yield node.get("href", "").strip()
        elif node.tag == "style":
            yield from _CSS_URL.findall(node.text or "")


def same(url: str) -> str:
    """Return an address without what makes no difference: scheme, fragment, final slash."""
    try:
        parts = urlsplit(urldefrag(url).url)
    except ValueError:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return unquote(f"{parts.netloc.lower()}{parts.path.rstrip('/')}{query}")


def _tree(body: bytes, content_type: str) -> lxml_html.HtmlElement:
    source = xml_safe(_decoded(body, content_type)).encode()
    # Deep pages too: by itself libxml2 leaves out what is below its 256th element.
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        tree = lxml_html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        tree = lxml_html.document_fromstring("<html></html>")
    if any(error.type in _GIVEN_UP for error in parser.error_log):
        raise MemoryError  # it would look like a page where nothing is left
    return tree


def _decoded(body: bytes, content_type: str) -> str:
    named = re.search(r"charset=[\"']?([\w-]+)", content_type, re.IGNORECASE)
    declared = _CHARSET.search(body[:4096])
    charset = named[1] if named else declared[1].decode() if declared else "utf-8"
    try:
        return body.decode(charset, "replace")
    except (LookupError, UnicodeError):  # no such charset, or none for texts
        return body.decode("utf-8", "replace")


def _visible_text(tree: lxml_html.HtmlElement) -> str:
    """Return the text; blocks part words, inline elements do not. Without recursion."""
    parts: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        unseen = node.tag in _UNSEEN or _hides(node)
        space = "" if node.tag in _INLINE else " "
        if event == "start":
            hidden += unseen
            parts.append("" if hidden else f"{space}{node.text or ''}")
        else:
            hidden -= unseen
            parts.append("" if hidden else f"{space}{node.tail or ''}")
    return "".join(parts)


def _hides(node: lxml_html.HtmlElement) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style", "")))


def _is_hidden(node: lxml_html.HtmlElement) -> bool:
    return any(each.tag in _UNSEEN or _hides(each) for each in (node, *node.iterancestors()))


def _has_label(node: lxml_html.HtmlElement) -> bool:
    return bool("".join(node.itertext()).strip()) or any(
        image.get("alt", "").strip() for image in node.iter("img")
    )


def _addresses(name: str, value: str) -> Iterator[str]:
    if "style" in name:
        yield from _CSS_URL.findall(value)
    elif "srcset" in name:
        yield from (part.split()[0] for part in value.split(",") if part.strip())
    else:
        yield value.strip()


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address
