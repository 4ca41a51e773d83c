"""What a copy is compared with: the text in all its versions, its terms, what may not travel."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from cms.blocks.feed_html import Surroundings, feed_html
from cms.blocks.references import references
from cms.models import Image
from publishing.plain_text import text_of
from tribunes.access import Standing
from tribunes.followup.readers import keeper
from tribunes.followup.similarity import Runs, text_runs
from tribunes.items import Item
from tribunes.models import Partner, Record, TribunePage
from tribunes.rendering import render

_VERSIONS = 20
"""How many versions are compared, the newest first."""
_NAME_LENGTH = 6
"""Shorter file names (``photo``) say nothing."""
_SUFFIX = re.compile(r"_[A-Za-z0-9]{7}$")  # Django’s, when a name was taken


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A picture that may not travel: how it is known again."""

    name: str
    """Its file name without ending, or "" when that says nothing."""
    published: str
    """How the names begin that our site gives it."""
    credit: str


@dataclass(frozen=True, kw_only=True)
class Original:
    """A tribune as the copies of one partner should be."""

    standing: Standing
    version: int
    item: Item | None
    expired_on: date | None
    """Last day of the licence, when it is over."""
    texts: Mapping[int, Runs]
    """The versions whose text is known, by number."""
    withheld: tuple[Withheld, ...]
    hosts: frozenset[str]
    """Our own servers, with their ports."""


def original_of(record: Record, partner: Partner) -> Original:
    """Return what the copies of a partner should be now."""
    rendered = render([record], keeper(partner))[record.pk]
    states = _states(record)
    page = record.page
    return Original(
        standing=rendered.standing,
        version=record.version,
        item=rendered.item,
        expired_on=page.licence_expires_on if page else None,
        texts={number: _runs(state) for number, state in states.items()},
        withheld=_withheld(states.values(), rendered.item),
        hosts=frozenset(
            urlsplit(url).netloc.lower()
            for url in (settings.SITE_URL, settings.OBJECT_STORAGE["PUBLIC_URL"])
        ),
    )


def _states(record: Record) -> dict[int, TribunePage]:
    """Return the page as it was in its versions; what is online counts as the newest."""
    rows = record.versions.exclude(revision=None).select_related("revision__content_type")
    states: dict[int, Any] = {}
    seen: set[int] = set()
    for row in rows.order_by("-number")[:_VERSIONS]:
        if row.revision_id not in seen:
            seen.add(row.revision_id)
            states[row.number] = row.revision.as_object()
    if record.page and record.page.live:
        states[record.version] = record.page
    return states


def _runs(state: TribunePage) -> Runs:
    return text_runs(text_of(feed_html(state.body, Surroundings(pictures={}, pages={}))))


def _withheld(states: Iterable[TribunePage], item: Item | None) -> tuple[Withheld, ...]:
    if item is None:
        return ()
    named = {pk for page in states for pk in (page.picture_id, *references([page.body]).images)}
    travels = {picture.id for picture in item.pictures}
    credits_ = {picture.credit for picture in item.pictures}
    images = Image.objects.filter(pk__in=named - travels - {None}).order_by("pk")
    return tuple(
        Withheld(
            name=_name(image.file.name),
            published=f"image-{image.pk}-",
            credit="" if image.credit in credits_ else image.credit,
        )
        for image in images
    )


def _name(path: str) -> str:
    stem = _SUFFIX.sub("", PurePath(path).stem)
    return stem if len(stem) >= _NAME_LENGTH else ""
