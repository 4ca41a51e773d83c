"""NewsML-G2 2.35 (reference/syndication.md §9), read back by the reader of IPTC."""

import pytest
from hypothesis import given, settings
from lxml import etree
from NewsMLG2 import NewsMLG2Document, qcode_to_uri

from tests.tribunes import items
from tests.tribunes.exports.hostile import hostile_items
from tribunes.exports.newsml import newsml
from tribunes.items import Item

NAMES = {"n": "http://iptc.org/std/nar/2006-10-01/", "h": "http://www.w3.org/1999/xhtml"}
ORDER = {
    "newsItem": ["catalogRef", "rightsInfo", "itemMeta", "contentMeta", "contentSet"],
    "rightsInfo": ["copyrightHolder", "copyrightNotice", "usageTerms", "dataMining"],
    "itemMeta": [
        "itemClass", "provider", "versionCreated", "firstCreated", "embargoed", "pubStatus",
        "edNote", "signal", "link",
    ],
    "personDetails": ["affiliation"],
}  # fmt: skip
"""Children in the order of the schema, as far as we write them."""


def tree(item: Item) -> etree._Element:
    return etree.fromstring(newsml(item))


def texts(item: Item, path: str) -> list[str]:
    return [str(found) for found in tree(item).xpath(path, namespaces=NAMES)]


@pytest.mark.parametrize("name", items.EVERY_KIND)
def test_the_reader_of_iptc_understands_every_kind_of_item(name: str) -> None:
    item = items.EVERY_KIND[name]
    read = NewsMLG2Document(newsml(item)).get_item()
    assert (read.guid, read.version) == (item.id, str(item.version))
    assert (read.standard, read.standardversion, read.conformance) == (
        "NewsML-G2",
        "2.35",
        "power",
    )
    meta = read.itemmeta
    assert qcode_to_uri(meta.itemclass.qcode) == "http://cv.iptc.org/newscodes/ninature/text"
    assert qcode_to_uri(meta.pubstatus.qcode).endswith(f"/pubstatusg2/{item.status}")
    assert str(meta.versioncreated) == item.version_created.isoformat()


@settings(max_examples=50, deadline=None)
@given(hostile_items())
def test_children_stand_in_the_order_of_the_schema_and_texts_are_one_line(item: Item) -> None:
    for element in tree(item).iter(f"{{{NAMES['n']}}}*"):
        assert not set("\t\n\r") & set(element.text or "")
        names = [etree.QName(child).localname for child in element]
        if order := ORDER.get(etree.QName(element).localname):
            assert set(names) <= set(order)
            assert names == sorted(names, key=order.index)


def test_content_is_the_clean_html_as_xhtml() -> None:
    item = items.corrected("high")
    assert texts(item, "//n:inlineXML/@contenttype") == ["application/xhtml+xml"]
    assert texts(item, "//h:html/h:body/h:article/h:h2/text()") == ["Une place pour chacun"]
    assert "Le Lot compte 173 000 habitants." in "".join(texts(item, "//h:article//text()"))
    assert texts(item, "//n:signal/@qcode") == ["sig:correction"]


def test_people_have_institution_biography_and_interests() -> None:
    item = items.usable()
    assert texts(item, "//n:creator/n:name/text()") == ["Jeanne Martin"]
    assert texts(item, "//n:creator//n:affiliation/n:name/text()") == ["Département du Lot"]
    assert texts(item, "//n:creator/n:definition/text()") == ["Jeanne Martin est infirmière."]
    assert texts(item, "//n:contributor/n:name/text()") == ["Nour Delmas"]


def test_rights_and_mining_are_told() -> None:
    item = items.usable()
    assert texts(item, "//n:usageTerms/@href") == [items.TERMS.url]
    assert texts(item, "//n:dataMining/@uri") == ["http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED"]
    assert texts(item, "//n:creditline/text()") == [items.TERMS.credit_line]


def test_an_embargo_and_notes_for_the_desk_are_told() -> None:
    item = items.embargoed()
    assert texts(item, "//n:embargoed/text()") == ["2026-12-01T06:30:00+00:00"]
    notes = texts(item, "//n:edNote/text()")
    assert notes[0].startswith("Sous embargo")
    assert notes[1] == "À reprendre avant le 1er décembre."


def test_a_withdrawn_item_says_so_and_nothing_else() -> None:
    item = items.withdrawn()
    assert texts(item, "//n:headline/text()") == ["[RETIRÉ] Une place pour chacun"]
    assert len(texts(item, "//h:article/*")) == 2
    assert not texts(item, "//n:rightsInfo | //n:creator | //n:description")
