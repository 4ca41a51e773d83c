"""What a feed reads of its episodes: plain rows, one query for each kind.

Instances of models would cost a long feed more time than its XML.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from wagtail.blocks import StreamValue

from cms.models import Person
from podcasts.models import EpisodeLink, EpisodePage, EpisodeParticipant, ShowPage
from podcasts.querysets import EPISODE_LABEL, open_episodes
from publishing.models import PublishedObject


class EpisodeRow(NamedTuple):
    """An episode, without its transcript."""

    pk: int
    slug: str
    guid: str
    title: str
    summary: str
    notes: StreamValue
    number: int | None
    season: int | None
    episode_type: str
    explicit: str
    publication_date: datetime | None
    first_published_at: datetime | None
    last_published_at: datetime | None
    soundbite_start: float | None
    soundbite_duration: float | None
    soundbite_title: str
    licence__code: str | None
    licence__url: str | None

    published_on = EpisodePage.published_on


class VoiceRow(NamedTuple):
    """Somebody heard in an episode."""

    role: str
    uuid: UUID
    first_name: str
    last_name: str
    website: str

    full_name = Person.full_name


class LinkRow(NamedTuple):
    """Something to read after listening."""

    title: str
    url: str


class ObjectRow(NamedTuple):
    """An object in the bucket; ``size`` in bytes."""

    key: str
    size: int
    content_type: str
    facts: dict[str, Any]


def episodes_of(show: ShowPage) -> list[EpisodeRow]:
    """Return the episodes of a show that anybody may hear."""
    return [EpisodeRow(*row) for row in open_episodes(show).values_list(*EpisodeRow._fields)]


def voices_of(pks: Collection[int]) -> dict[int, list[VoiceRow]]:
    """Return who is heard, in order, by episode."""
    found: dict[int, list[VoiceRow]] = {pk: [] for pk in pks}
    role, *person = VoiceRow._fields
    columns = ("episode", role, *(f"person__{name}" for name in person))
    rows = EpisodeParticipant.objects.filter(episode__in=pks).order_by("sort_order")
    for pk, *row in rows.values_list(*columns):
        found[pk].append(VoiceRow(*row))
    return found


def links_of(pks: Collection[int]) -> dict[int, list[LinkRow]]:
    """Return where to go further, in order, by episode."""
    found: dict[int, list[LinkRow]] = {pk: [] for pk in pks}
    rows = EpisodeLink.objects.filter(episode__in=pks).order_by("sort_order")
    for pk, *row in rows.values_list("episode", *LinkRow._fields):
        found[pk].append(LinkRow(*row))
    return found


def objects_of(pks: Collection[int]) -> dict[int, dict[str, ObjectRow]]:
    """Return what is in the bucket by episode and role, but for the smaller covers of pages."""
    found: dict[int, dict[str, ObjectRow]] = {pk: {} for pk in pks}
    keys = {f"{EPISODE_LABEL}:{pk}": pk for pk in pks}
    rows = PublishedObject.objects.live().filter(publication__key__in=keys)
    rows = rows.exclude(role__startswith="artwork-")
    for key, role, *row in rows.values_list("publication__key", "role", *ObjectRow._fields):
        found[keys[key]][role] = ObjectRow(*row)
    return found
