"""A tribune for news agencies in XML: IPTC NewsML-G2 2.35 (https://iptc.org/standards/newsml-g2/).

Children of the elements stand in the order that its schema wants. Schemes of codes are those of
the catalogue of IPTC; what it does not know is written in words.
"""

import re
from collections.abc import Iterator

from lxml import etree

from publishing.plain_text import tree_of
from publishing.text import xml_safe
from tribunes.exports import words
from tribunes.exports.html import fragment
from tribunes.items import Credit, Item, PubStatus

MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"
_NAR = "http://iptc.org/std/nar/2006-10-01/"
_XHTML = "http://www.w3.org/1999/xhtml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
_DEPARTEMENT = "http://id.insee.fr/geo/departement/"
_MINING = {
    "reserved": "http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED",
    "allowed": "http://ns.useplus.org/ldf/vocab/DMI-ALLOWED",
}
_STATUSES = {
    PubStatus.USABLE: "stat:usable",
    PubStatus.WITHHELD: "stat:withheld",
    PubStatus.CANCELED: "stat:canceled",
}


def newsml(item: Item) -> bytes:
    """Return the item as a ``newsItem`` whose content is the clean HTML of the whole, as XHTML."""
    root = etree.Element(f"{{{_NAR}}}newsItem", nsmap={None: _NAR})
    attributes = {
        "guid": item.id,
        "version": str(item.version),
        "standard": "NewsML-G2",
        "standardversion": "2.35",
        "conformance": "power",
        _LANG: item.language,
    }
    root.attrib.update(attributes)
    _add(root, "catalogRef", href=_CATALOG)
    _rights(root, item)
    _item_meta(root, item)
    _content_meta(root, item)
    content = _add(_add(root, "contentSet"), "inlineXML", contenttype="application/xhtml+xml")
    content.append(_xhtml(item))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _rights(root: etree._Element, item: Item) -> None:
    if item.terms is None:
        return
    rights = _add(root, "rightsInfo")
    if item.authors:
        holders = ", ".join(author.name for author in item.authors)
        _named(rights, "copyrightHolder", holders, literal="authors")
    _add(rights, "copyrightNotice", item.terms.credit_line)
    _add(rights, "usageTerms", item.terms.usage, href=item.terms.url)
    _add(rights, "dataMining", uri=_MINING[item.terms.tdm])


def _item_meta(root: etree._Element, item: Item) -> None:
    meta = _add(root, "itemMeta")
    _add(meta, "itemClass", qcode="ninat:text")
    _named(meta, "provider", "Solutions solidaires", literal="solutions-solidaires")
    _add(meta, "versionCreated", item.version_created.isoformat())
    _add(meta, "firstCreated", item.first_created.isoformat())
    if item.embargoed_until:
        _add(meta, "embargoed", item.embargoed_until.isoformat())
    _add(meta, "pubStatus", qcode=_STATUSES[item.status])
    for note in _notes(item):
        _add(meta, "edNote", note)
    if item.corrections:
        _add(meta, "signal", qcode="sig:correction")
    _add(meta, "link", rel="irel:seeAlso", href=item.canonical_url)


def _notes(item: Item) -> Iterator[str]:
    notes = (words.withdrawal(item), words.embargo(item), item.editorial_note)
    yield from filter(None, notes)
    yield from map(words.correction, item.corrections)


def _content_meta(root: etree._Element, item: Item) -> None:
    meta = _add(root, "contentMeta")
    _add(meta, "contentCreated", item.first_published.isoformat())
    for author in item.authors:
        _person(meta, "creator", author)
    for signatory in item.signatories:
        _person(meta, "contributor", signatory)
    _add(meta, "language", tag=item.language)
    for place in item.territories:
        _named(meta, "subject", place.name, type="cpnat:geoArea", uri=_DEPARTEMENT + place.code)
    for subject in item.subjects:
        _named(meta, "subject", subject, type="cpnat:abstract", literal=subject)
    _add(meta, "headline", item.headline)
    _add_some(meta, "by", words.byline(item))
    if item.terms:
        _add(meta, "creditline", item.terms.credit_line)
    _add_some(meta, "description", item.standfirst)


def _person(meta: etree._Element, tag: str, person: Credit) -> None:
    element = _named(meta, tag, person.name, uri=person.id)
    _add_some(element, "definition", person.biography)
    _add_some(element, "note", words.interests(person))
    if not person.institution:
        return
    details = _add(element, "personDetails")
    _named(details, "affiliation", person.institution, literal=person.institution)


def _xhtml(item: Item) -> etree._Element:
    """Return the clean HTML with the names of XHTML."""
    (article,) = tree_of(fragment(item))
    for node in article.iter():
        node.tag = f"{{{_XHTML}}}{node.tag}"
    html = etree.Element(f"{{{_XHTML}}}html", nsmap={None: _XHTML})
    head = etree.SubElement(html, f"{{{_XHTML}}}head")
    etree.SubElement(head, f"{{{_XHTML}}}title").text = xml_safe(item.headline)
    etree.SubElement(html, f"{{{_XHTML}}}body").append(article)
    return html


def _named(parent: etree._Element, tag: str, name: str, /, **attributes: str) -> etree._Element:
    element = _add(parent, tag, **attributes)
    _add(element, "name", name)
    return element


def _add_some(parent: etree._Element, tag: str, text: str) -> None:
    if text:
        _add(parent, tag, text)


def _add(parent: etree._Element, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_NAR}}}{tag}")
    element.text = _one_line(text) or None
    element.attrib.update({name: _one_line(value) for name, value in attributes.items()})
    return element


def _one_line(text: str) -> str:
    """Return a normalised string of XML Schema: most elements take nothing else."""
    return re.sub("[\t\n\r]", " ", xml_safe(text))
