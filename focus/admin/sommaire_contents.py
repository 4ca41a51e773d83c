"""What pages hold as they were last saved: their draft, or the page itself when it has none."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db.models import Model, prefetch_related_objects
from wagtail.models import Page, Revision

Contents = Mapping[str, Any]
"""Fields as a revision stores them, keys for what they refer to; ``body`` as a list of blocks."""

_LINES = ("authors", "signatories", "parts")


def contents_of(pages: Iterable[Page]) -> dict[int, Contents]:
    """Return what the editor would open of each specific page, by primary key.

    The number of queries depends on the types of pages, never on their number: drafts are read
    as they are stored, without rebuilding the pages.
    """
    pages = sorted(pages, key=_type_name)
    drafts = _drafts([page.latest_revision_id for page in pages if page.has_unpublished_changes])
    rows = [page for page in pages if page.pk not in drafts]
    for _, group in groupby(rows, key=_type_name):
        same_type = list(group)
        present = [name for name in _LINES if hasattr(type(same_type[0]), name)]
        prefetch_related_objects(same_type, *present)
    return {
        # A field that is newer than the draft is as the page has it.
        page.pk: {**_fields(page), **drafts[page.pk]} if page.pk in drafts else _stored(page)
        for page in pages
    }


def _type_name(page: Page) -> str:
    return page._meta.label


def _drafts(revisions: Sequence[int | None]) -> dict[int, Contents]:
    stored = Revision.objects.filter(pk__in=revisions).values_list("object_id", "content")
    return {
        int(pk): {**content, "body": json.loads(content.get("body") or "[]")}
        for pk, content in stored
    }


def _stored(page: Page) -> Contents:
    lines = {name: getattr(page, name).all() for name in _LINES if hasattr(page, name)}
    body = getattr(page, "body", None)
    return {
        **_fields(page),
        **{name: list(map(_fields, rows)) for name, rows in lines.items()},
        "body": body.get_prep_value() if body else [],
    }


def _fields(row: Model) -> dict[str, Any]:
    return {field.name: field.value_from_object(row) for field in row._meta.concrete_fields}


def pictures_in(contents: Contents) -> Iterator[int]:
    """Return the keys of the pictures that readers of a text see, in order."""
    if opening := contents.get("picture"):
        yield opening
    for block in contents["body"]:
        match block:
            case {"type": "image", "value": {"image": int(image)}}:
                yield image
            case {"type": "gallery", "value": {"images": images}}:
                yield from (item["value"]["image"] for item in images if item["value"]["image"])
