"""What no single element shows: order, uniqueness, and elements that must agree."""

import re
from collections.abc import Callable, Iterator

from lxml import etree

from .notes import MARKUP
from .problems import Problem, error, warning
from .structure import name, place
from .vocabulary import CATEGORIES, LICENCES, NAMESPACES, ROLES, TYPES

_NUMBERED = re.compile(
    r"\b(?:[ée]pisode|saison|season|[ée]p\.?)\s*(?:n[°o]\s*)?\d|\bS\d+\s*E\d+|^(?:n°|#)?\s*\d{1,3}\s*[-–—:.]\s",
    re.IGNORECASE,
)


def relations(channel: etree._Element, address: str, guid: str) -> Iterator[Problem]:
    """Check the channel, then each item, then what concerns both."""
    yield from _order(channel)
    yield from _self_link(channel, address)
    yield from _image(channel)
    yield from _categories(channel)
    if guid and _text(channel, "podcast:guid") != guid:
        yield error("stored guid", "channel/podcast:guid", f"is not the stored {guid}")
    for frequency in _all(channel, "podcast:updateFrequency"):
        if "COUNT=" in frequency.get("rrule", "") and "dtstart" not in frequency.attrib:
            yield error("rrule", f"{place(frequency)}@dtstart", "is missing beside COUNT")
    items = _all(channel, "item")
    yield from _unique(_all(channel, "item/guid"), lambda element: element.text)
    yield from _unique(_all(channel, "item/enclosure"), lambda element: element.get("url"))
    serial = _text(channel, "itunes:type") == "serial"
    for item in items:
        yield from _item(item, serial=serial)
    for parent in (channel, *items):
        yield from _persons(parent)
        yield from _licence(parent)
        yield from _txt(parent)
        yield from _types(parent)


def _all(parent: etree._Element, path: str) -> list[etree._Element]:
    return parent.findall(path, NAMESPACES)


def _text(parent: etree._Element, path: str) -> str:
    return parent.findtext(path, "", NAMESPACES)


def _order(channel: etree._Element) -> Iterator[Problem]:
    names = [name(child) for child in channel]
    if "item" in names and set(names[names.index("item") :]) != {"item"}:
        yield error("order", "channel", "metadata after the first item")


def _self_link(channel: etree._Element, address: str) -> Iterator[Problem]:
    links = [link for link in _all(channel, "atom:link") if link.get("rel") == "self"]
    if len(links) != 1:
        yield error("self link", "channel/atom:link", f"{len(links)} links rel=self, expected one")
    for link in links:
        if link.get("type") != "application/rss+xml":
            yield error("self link", f"{place(link)}@type", "is not application/rss+xml")
        if link.get("href") != address:
            yield error("self link", f"{place(link)}@href", f"is not {address}")


def _image(channel: etree._Element) -> Iterator[Problem]:
    for image in _all(channel, "image"):
        for part in ("title", "link"):
            if _text(image, part) != _text(channel, part):
                yield error("image", f"{place(image)}/{part}", "differs from the channel's")


def _categories(channel: etree._Element) -> Iterator[Problem]:
    for category in _all(channel, "itunes:category"):
        known = CATEGORIES.get(category.get("text", ""))
        if known is None:
            yield error("category", place(category), f"«{category.get('text')}» is not Apple's")
            continue
        for child in _all(category, "itunes:category"):
            if child.get("text") not in known:
                yield error("category", place(child), f"«{child.get('text')}» is not Apple's")


def _unique(
    elements: list[etree._Element], key: Callable[[etree._Element], str | None]
) -> Iterator[Problem]:
    seen: set[str | None] = set()
    for element in elements:
        if key(element) in seen:
            yield error("unique", place(element), f"«{key(element)}» was seen before")
        seen.add(key(element))


def _item(item: etree._Element, *, serial: bool) -> Iterator[Problem]:
    here = place(item)
    names = [name(child) for child in item]
    if "content:encoded" in names and "description" in names[names.index("content:encoded") :]:
        yield error("order", f"{here}/content:encoded", "stands before the description")
    if "author" in names and "dc:creator" in names:
        yield error("author", f"{here}/author", "stands beside dc:creator")
    full = _text(item, "itunes:episodeType") in ("", "full")
    if serial and full and not _text(item, "itunes:episode"):
        yield error("serial", f"{here}/itunes:episode", "is missing in a serial show")
    if _NUMBERED.search(_text(item, "title")):
        yield error("title number", f"{here}/title", "holds a season or episode number")
    for number in ("season", "episode"):
        pair = {_text(item, f"{prefix}:{number}") for prefix in ("itunes", "podcast")} - {""}
        if len(pair) > 1:
            yield error("numbers", f"{here}/podcast:{number}", "differs from the itunes number")
    for guid in _all(item, "guid"):
        claims = guid.get("isPermaLink", "true") == "true"
        if claims and not re.match(r"https?://", guid.text or ""):
            yield error("permalink", place(guid), "passes for a URL: isPermaLink=false is missing")
    for html in _all(item, "description") + _all(item, "content:encoded"):
        if MARKUP.search(html.text or "") and b"<![CDATA[" not in etree.tostring(html):
            yield error("cdata", place(html), "HTML outside a CDATA section")
    yield from _soundbites(item)


def _soundbites(item: etree._Element) -> Iterator[Problem]:
    for soundbite in _all(item, "podcast:soundbite"):
        try:
            start = float(soundbite.get("startTime", ""))
            length = float(soundbite.get("duration", ""))
            end = float(_text(item, "itunes:duration"))
        except ValueError:
            continue  # a value that is no number is reported by the table
        if start + length > end:
            yield error("soundbite", place(soundbite), f"ends after the episode ({end:g} s)")
        elif not 15 <= length <= 120:
            yield warning("soundbite", place(soundbite), f"{length:g} s; 15 to 120 are advised")


def _persons(parent: etree._Element) -> Iterator[Problem]:
    persons = _all(parent, "podcast:person")
    roles = [person.get("role", "host").lower() for person in persons]
    for person, role in zip(persons, roles, strict=True):
        group = person.get("group", "cast").lower()
        if role not in ROLES.get(group, ()):
            yield error("role", place(person), f"{group}/{role} is not in the taxonomy")
    if persons and parent.tag == "item" and not any(role.endswith("host") for role in roles):
        yield warning("host", f"{place(parent)}/podcast:person", "names no host")


def _licence(parent: etree._Element) -> Iterator[Problem]:
    for licence in _all(parent, "podcast:license"):
        slug = licence.text or ""
        if slug.lower() in LICENCES and slug != slug.lower():
            yield error("licence", place(licence), f"«{slug}» is not in lower case")
        elif slug not in LICENCES and "url" not in licence.attrib:
            yield error("licence", place(licence), f"«{slug}» is of our own and has no url")


def _txt(parent: etree._Element) -> Iterator[Problem]:
    for txt in _all(parent, "podcast:txt"):
        if txt.get("purpose") == "ai-content" and txt.text not in ("true", "false"):
            yield error("ai-content", place(txt), f"«{txt.text}» is not true or false")


def _types(parent: etree._Element) -> Iterator[Problem]:
    for path in ("enclosure", "podcast:trailer", "podcast:transcript", "podcast:chapters"):
        for element in _all(parent, path):
            extension = element.get("url", "").rpartition(".")[2]
            announced = element.get("type", "")
            known = any(announced in types for types in TYPES.values())
            if known and announced not in TYPES.get(extension, {announced}):
                message = f"{announced} for {element.get('url')}"
                yield error("type", f"{place(element)}@type", message)
