"""Element by element: known, in its place, as often as allowed, with the values it takes."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from .elements import ELEMENTS, Element, expected, row
from .problems import Problem, error
from .values import Rule
from .vocabulary import NAMESPACES

_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_NAMES = {key.rpartition("/")[2] for key in ELEMENTS}
_CONTROL = re.compile("[\x7f-\x9f]")


def name(element: etree._Element) -> str:
    """Return the element's name with the usual prefix."""
    qualified = etree.QName(element)
    prefix = _PREFIXES.get(qualified.namespace or "", "")
    return f"{prefix}:{qualified.localname}" if prefix else qualified.localname


def place(element: etree._Element) -> str:
    """Return the path of an element, from the channel on; numbers where there are several."""
    parent = element.getparent()
    if parent is None or element.tag == "channel":
        return name(element)
    twins = list(parent.iterchildren(element.tag))
    number = f"[{twins.index(element) + 1}]" if len(twins) > 1 else ""
    return f"{place(parent)}/{name(element)}{number}"


def structure(element: etree._Element, here: str) -> Iterator[Problem]:
    """Check the children of `element`, whose path is `here`, against the table, and theirs."""
    parent = name(element)
    children = [(name(child), child) for child in element]
    found, seen = Counter(child_name for child_name, _ in children), Counter[str]()
    for child_name, count in expected(parent).items():
        if found[child_name] < count.least:
            yield Problem(count.level, "absent", f"{here}/{child_name}", "is missing")
        if found[child_name] > count.most:
            yield error("repeated", f"{here}/{child_name}", f"stands {found[child_name]} times")
    if any((child.tail or "").strip() for child in element):
        yield error("stray text", here, "text between elements")
    for child_name, child in children:
        seen[child_name] += 1
        there = f"{here}/{child_name}"
        if found[child_name] > 1:
            there += f"[{seen[child_name]}]"
        table_row = row(parent, child_name)
        if child_name not in _NAMES:
            yield error("unknown", there, "no such element in the table")
        elif table_row is None or parent not in table_row.within:
            yield error("misplaced", there, f"does not belong in {parent}")
        else:
            yield from _content(child, table_row, there)
            yield from structure(child, there)


def _content(element: etree._Element, table_row: Element, here: str) -> Iterator[Problem]:
    text = element.text or ""
    if table_row.text:
        yield from _value(here, text, table_row.text)
    elif text.strip():
        yield error("stray text", here, f"holds text: «{text.strip()}»")
    for attribute in table_row.needs.keys() - element.attrib.keys():
        yield error("value", f"{here}@{attribute}", "is missing")
    rules = {**table_row.needs, **table_row.may}
    for attribute, value in element.attrib.items():
        if attribute in rules:
            yield from _value(f"{here}@{attribute}", value, rules[attribute])
        else:
            yield error("attribute", f"{here}@{attribute}", "no such attribute")


def _value(here: str, value: str, rule: Rule) -> Iterator[Problem]:
    if value != value.strip():
        yield error("spaces", here, f"«{value}» has outer spaces")
    elif _CONTROL.search(value):
        yield error("control", here, "holds control characters")
    elif message := rule(value):
        yield error("value", here, message)
