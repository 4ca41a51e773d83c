"""A page of a partner’s as facts: what it shows, links to, loads, and tells search engines.

Pure. What cannot be seen counts for nothing: comments, scripts, templates, hidden elements.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree
from lxml import html as lxml_html

from publishing.text import xml_safe
from tribunes.followup.similarity import words

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset=["' ]{0,3}([\w-]{1,40})""", re.IGNORECASE)
_UNSEEN = ("script", "style", "template", "noscript", "head")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
    "wbr",
}  # fmt: skip
_LOADS = re.compile(r"(^|-)(src|srcset|poster|background|bg|original|image)(-|$)|(^|-)style$")
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)""", re.IGNORECASE)
_LINK_HEADER = re.compile(r'<([^<>]{1,2000})>\s*;[^,<]{0,200}?rel\s*=\s*"?([\w\s-]{1,100})"?')


class Page:
    """What was found at an address: ``body`` in bytes, ``headers`` of the answer."""

    def __init__(self, *, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Read the page; whatever it is made of, it is read as browsers would, as well as can."""
        self.headers = {name.lower(): value for name, value in headers.items()}
        self._tree = _tree(body, self.headers.get("content-type", ""))
        base = self._tree.xpath("string((//base/@href)[1])").strip()
        self.url = _join(url, base)

    @cached_property
    def words(self) -> list[str]:
        """The words that a reader sees, in order."""
        return words(_visible_text(self._tree))

    @cached_property
    def text(self) -> str:
        """The same, parted by spaces."""
        return " ".join(self.words)

    @cached_property
    def links(self) -> set[str]:
        """Where the links that can be seen and followed lead, see :func:`same`."""
        return {
            same(_join(self.url, node.get("href", "").strip()))
            for node in self._tree.iter("a")
            if node.get("href") and not _is_hidden(node) and _has_label(node)
        }

    @cached_property
    def canonicals(self) -> set[str]:
        """Canonical addresses that search engines are told, see :func:`same`."""
        in_head = (
            node.get("href", "").strip()
            for node in self._tree.xpath("//head//link[@rel]")
            if "canonical" in node.get("rel", "").lower().split()
        )
        in_header = (
            address
            for address, rel in _LINK_HEADER.findall(self.headers.get("link", ""))
            if "canonical" in rel.lower().split()
        )
        return {same(_join(self.url, href)) for href in (*in_head, *in_header) if href}

    @cached_property
    def is_indexed(self) -> bool:
        """Whether search engines may index the page."""
        metas = (
            node.get("content", "")
            for node in self._tree.xpath("//meta[@name]")
            if node.get("name", "").strip().lower() == "robots"
        )
        orders = ",".join((*metas, self.headers.get("x-robots-tag", "")))
        return not {order.strip().lower() for order in orders.split(",")} & {"noindex", "none"}

    @cached_property
    def loaded(self) -> set[str]:
        """Absolute addresses of the pictures and sounds that the page shows by loading them."""
        return {_join(self.url, address) for address in self._loads()}

    @cached_property
    def source(self) -> str:
        """Every address and value of the page, percent signs resolved: where file names show."""
        values = (value for node in self._tree.iter() for value in node.attrib.values())
        scripts = (node.text or "" for node in self._tree.iter("script", "style"))
        return unquote("\n".join((*values, *scripts)))

    def _loads(self) -> Iterator[str]:
        for node in self._tree.iter():
            if node.tag in ("iframe", "script"):
                continue
            for name, value in node.attrib.items():
                if _LOADS.search(name) or (node.tag == "image" and name.endswith("href")):
                    yield from _addresses(name, value)
            if node.tag == "meta" and "image" in (node.get("property") or node.get("name") or ""):
                yield (node.get("content") or "").strip()
            elif node.tag == "link" and {"image_src", "preload"} & set(
                node.get("rel", "").lower().split()
            ):
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
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):  # nothing in it
        return lxml_html.document_fromstring("<html></html>")


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
