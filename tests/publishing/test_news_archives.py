"""A collection cut into documents: all of it is there, and what is full does not move."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from publishing import json_feed
from publishing.news import Item
from publishing.news_archives import Document, documents, newest
from publishing.rss import render_atom
from tests.publishing.news import WITHDRAWN_AT, feed, item
from tests.publishing.test_news import links

FH = "{http://purl.org/syndication/history/1.0}"
HUB = "https://hub.exemple.invalid/"


def address(nth: int) -> str:
    return f"https://media.exemple.invalid/tribunes/archive-{nth}.xml"


def collection(count: int) -> list[Item]:
    """Return as many texts, newest first."""
    return [item(nth) for nth in range(count, 0, -1)]


def cut(items: Sequence[Item], size: int, **fields: object) -> tuple[Document, ...]:
    return documents(feed(**fields), items, size, address)


def own(document: Document) -> list[Item]:
    return [each for each in document.items if each not in document.again]


def written(document: Document) -> bytes:
    return render_atom(document.feed, document.items)


def by_address(found: Sequence[Document]) -> dict[str, bytes]:
    return {document.feed.atom_address: written(document) for document in found}


SIZES = st.integers(min_value=1, max_value=5)
COUNTS = st.integers(min_value=0, max_value=23)
quick = settings(max_examples=60, deadline=None)


@quick
@given(COUNTS, SIZES)
def test_every_text_is_in_one_document_and_in_order(count: int, size: int) -> None:
    items = collection(count)
    assert [each for document in cut(items, size) for each in document.items] == items


@quick
@given(COUNTS, SIZES)
def test_archives_are_full_and_the_current_document_is_never_short(count: int, size: int) -> None:
    current, *archives = cut(collection(count), size)
    assert {len(archive.items) for archive in archives} <= {size}
    assert len(current.items) < 2 * size
    assert not archives or len(current.items) >= size


@quick
@given(COUNTS, SIZES)
def test_links_form_a_chain(count: int, size: int) -> None:
    """syndication.md §9: archives carry current, prev-archive and next-archive."""
    current, *archives = cut(collection(count), size)
    addresses = [address(nth) for nth in range(len(archives), 0, -1)]
    assert [archive.feed.atom_address for archive in archives] == addresses
    older, newer = [*addresses, ""], ["", *addresses]
    assert current.feed.prev_archive == older[0]
    assert (current.feed.current, current.feed.next_archive) == ("", "")
    for place, archive in enumerate(archives):
        assert archive.feed.current == feed().atom_address
        assert archive.feed.prev_archive == older[place + 1]
        assert archive.feed.next_archive == newer[place]


@quick
@given(COUNTS, SIZES)
def test_a_new_text_changes_the_current_document_alone(count: int, size: int) -> None:
    """But for the link of the newest archive, once, when the next one is born."""
    later = {"changed": feed().changed + timedelta(days=30)}
    before = cut(collection(count), size)
    after = cut(collection(count + 1), size, **later)
    archives, born = by_address(before[1:]), len(after) > len(before)
    moved = {place for place, data in archives.items() if by_address(after[1:])[place] != data}
    assert moved == ({before[1].feed.atom_address} if born and archives else set())
    for place in moved:
        old, new = (etree.fromstring(by_address(found)[place]) for found in (before, after))
        assert links(new) - links(old) == {("next-archive", after[1].feed.atom_address)}
        for link in new.findall("{*}link[@rel='next-archive']"):
            new.remove(link)
        assert [(e.tag, e.text, e.attrib) for e in old.iter()] == [
            (e.tag, e.text, e.attrib) for e in new.iter()
        ]


@quick
@given(st.integers(min_value=4, max_value=20), SIZES, st.data())
def test_a_changed_text_changes_its_archive_and_comes_again(
    count: int, size: int, data: st.DataObject
) -> None:
    """Readers poll the current document alone: an old text that changed must stand there."""
    items = collection(count)
    place = data.draw(st.integers(min_value=0, max_value=count - 1))
    changed = replace(items[place], updated=items[0].updated + timedelta(days=1), title="Corrigé")
    before = cut(items, size)
    after = cut([*items[:place], changed, *items[place + 1 :]], size)
    assert after[0].items[0] == changed
    homes = [document for document in after if changed in own(document)]
    assert len(homes) == 1
    assert after[0].again == (() if homes[0] is after[0] else (changed,))
    moved = [
        document.feed.atom_address
        for document in after[1:]
        if written(document) != by_address(before)[document.feed.atom_address]
    ]
    assert moved == [home.feed.atom_address for home in homes if home is not after[0]]


def test_an_archived_text_that_changed_long_ago_is_not_repeated() -> None:
    items = collection(9)
    items[8] = replace(items[8], updated=items[7].updated)
    assert cut(items, 2)[0].again == ()


def test_texts_that_came_out_together_are_not_repeated() -> None:
    moment = item().published
    items = [replace(each, published=moment, updated=moment) for each in collection(9)]
    assert cut(items, 2)[0].items == tuple(items[:3])


def test_a_withdrawn_text_stands_in_the_current_document_however_old() -> None:
    """syndication.md §6: emptied entry and tombstone for as long as the text is given."""
    items = collection(9)
    items[8] = replace(items[8], withdrawn=items[8].updated)
    current, *_, oldest = cut(items, 2)
    assert current.again == (items[8],)
    for document in (current, oldest):
        (stone,) = etree.fromstring(written(document)).findall("{*}deleted-entry")
        assert stone.get("ref") == items[8].id


def test_an_archive_says_that_it_is_one() -> None:
    """RFC 5005 §4; nobody is told of changes to an archive."""
    current, archive = cut(collection(4), 2, hub=HUB)
    root = etree.fromstring(written(archive))
    assert root.find(FH + "archive") is not None
    assert root.find(FH + "complete") is None
    assert links(root) == {
        ("self", address(1)),
        ("alternate", feed().link),
        ("current", feed().atom_address),
    }
    assert root.findtext("{*}updated") == "2026-03-02T18:30:00+01:00"
    assert root.findtext("{*}id") == feed().id
    root = etree.fromstring(written(current))
    assert [child for child in root if child.tag.startswith(FH)] == []
    assert links(root) == {
        ("self", feed().atom_address),
        ("alternate", feed().link),
        ("hub", HUB),
        ("prev-archive", address(1)),
    }


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_small_collection_is_complete_and_links_to_itself_alone(count: int) -> None:
    """syndication.md §9; RFC 5005 §2."""
    (current,) = cut(collection(count), 2)
    root = etree.fromstring(written(current))
    assert root.find(FH + "complete") is not None
    assert links(root) == {("self", feed().atom_address), ("alternate", feed().link)}


def test_the_same_values_give_the_same_documents() -> None:
    assert by_address(cut(collection(7), 2)) == by_address(cut(collection(7), 2))


def test_an_archive_without_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        documents(feed(), collection(3), 0, address)


def test_other_formats_hold_the_newest_texts_and_every_withdrawn_one() -> None:
    items = collection(9)
    items[8] = replace(items[8], withdrawn=WITHDRAWN_AT)
    items[1] = replace(items[1], updated=items[0].updated + timedelta(days=1))
    found = newest(items, 3)
    assert found == [items[8], items[1], items[0], items[2]]
    titles = [each["title"] for each in json.loads(json_feed.render(feed(), found))["items"]]
    assert titles == ["[RETIRÉ] Texte 1", "Texte 8", "Texte 9", "Texte 7"]
