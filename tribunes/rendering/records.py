"""Tribunes as values for a reader: what is true now, and nothing the reader may not have.

The number of queries does not depend on the number of tribunes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone
from wagtail.models import Page

from cms.blocks.feed_html import PageLink, Surroundings, feed_html
from cms.blocks.references import references
from cms.models import Licence, Withdrawal
from cms.republication import licences_of
from cms.selectors import unrestricted
from cms.templatetags.french import no_break
from tribunes import addresses
from tribunes.access import Facts, Reader, Standing, decide
from tribunes.facts import facts_of
from tribunes.items import (
    Correction,
    Item,
    Picture,
    Place,
    PubStatus,
    Reply,
    Retraction,
)
from tribunes.models import Record, TribunePage
from tribunes.rendering.people import people_of
from tribunes.rendering.pictures import images_of, news_picture, picture_of
from tribunes.rendering.sounds import sounds_of
from tribunes.rendering.terms import terms_of

_SAID = ("corrections", "territories", "themes", "replies__record")


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What a reader gets of one record: a standing, and an item when something is shown."""

    record: Record
    standing: Standing
    item: Item | None = None


def render(
    records: Sequence[Record], reader: Reader, at: datetime | None = None
) -> dict[int, Rendered]:
    """Return what a reader may have of records at a moment, by primary key."""
    at = at or timezone.now()
    answering = _replies(records)
    facts = facts_of([*records, *answering])
    standings = {pk: decide(facts[pk], reader, at) for pk in facts}
    batch = _Batch(records, standings, reader, at)
    shown = {record.pk for record in answering if standings[record.pk].has_text}
    return {
        record.pk: Rendered(
            record=record,
            standing=standings[record.pk],
            item=batch.item(record, facts[record.pk], shown),
        )
        for record in records
    }


def _replies(records: Sequence[Record]) -> list[Record]:
    """Return the records of the texts that answer these, or that these answer."""
    pages = [record.page_id for record in records if record.page_id]
    known = {record.pk for record in records}
    related = Q(page__replies_to__in=pages) | Q(page__replies__in=pages)
    return list(Record.objects.filter(related).exclude(pk__in=known).distinct())


class _Batch:
    """Everything that the items of one answer are made of, fetched together."""

    def __init__(
        self,
        records: Sequence[Record],
        standings: Mapping[int, Standing],
        reader: Reader,
        at: datetime,
    ) -> None:
        self.standings, self.reader, self.at = standings, reader, at
        wanted = [r.page_id for r in records if r.page_id and standings[r.pk].has_text]
        rows = TribunePage.objects.select_related("replies_to__record")
        self.pages = rows.in_bulk(wanted)
        pages = list(self.pages.values())
        prefetch_related_objects(pages, *TribunePage.people_relations(), *_SAID)
        self.licences: dict[int, Licence] = licences_of(pages)
        named = references(page.body for page in pages)
        self.images = images_of(pages, named, at)
        self.sounds = sounds_of(named.pages) if reader.audio else {}
        linked = unrestricted(Page.objects.live()).filter(pk__in=named.pages)
        self.links = {p.pk: PageLink(title=p.title, url=p.full_url) for p in linked}
        canceled = [r.uuid for r in records if standings[r.pk] == Standing.CANCELED]
        rows = Withdrawal.objects.told().filter(uuid__in=canceled)
        self.withdrawals = {row.uuid: row for row in rows}
        self.focuses = _focuses(records)

    def item(self, record: Record, facts: Facts, shown: set[int]) -> Item | None:
        standing = self.standings[record.pk]
        if standing == Standing.CANCELED:
            return _canceled(record, self.withdrawals[record.uuid])
        if not standing.has_text:
            return None
        page = self.pages[record.page_id]
        pictures, withheld = self._pictures(record, page)
        by_id = {picture.id: picture for picture in pictures}
        licence = self.licences[page.pk]
        embargoed = standing == Standing.WITHHELD
        people = people_of(page)
        return Item(
            id=f"urn:uuid:{record.uuid}",
            version=record.version,
            kind="right-of-reply" if page.kind == page.Kind.REPLY else "tribune",
            language="fr",
            url=page.full_url or "",
            canonical_url=page.canonical_url,
            status=PubStatus.WITHHELD if embargoed else PubStatus.USABLE,
            first_created=timezone.localtime(record.first_created),
            first_published=timezone.localtime(record.first_published),
            version_created=timezone.localtime(record.version_created),
            embargoed_until=timezone.localtime(page.embargoed_until) if embargoed else None,
            headline=no_break(page.title),
            standfirst=no_break(page.chapo),
            html=no_break(self._html(page, by_id)),
            editorial_note=page.editorial_note,
            people=people,
            territories=tuple(Place(name=t.name, code=t.code) for t in page.territories.all()),
            focus=self.focuses.get(record.focus_id, ""),
            subjects=tuple(theme.name for theme in page.themes.all()),
            opening=by_id.get(page.picture_id),
            pictures=pictures,
            withheld_pictures=withheld,
            sounds=tuple(
                s for pk in sorted(references([page.body]).pages) if (s := self.sounds.get(pk))
            ),
            terms=terms_of(page, licence, people),
            corrections=_corrections(record, page),
            replies=tuple(
                _reply(answer)
                for answer in page.replies.all()
                if (row := getattr(answer, "record", None)) and row.pk in self._visible(shown)
            ),
            replies_to=self._answered(page, shown),
        )

    def _visible(self, shown: set[int]) -> set[int]:
        return shown | {pk for pk, standing in self.standings.items() if standing.has_text}

    def _answered(self, page: TribunePage, shown: set[int]) -> Reply | None:
        row = getattr(page.replies_to, "record", None) if page.replies_to else None
        return _reply(page.replies_to) if row and row.pk in self._visible(shown) else None

    def _pictures(self, record: Record, page: TribunePage) -> tuple[tuple[Picture, ...], int]:
        """Return the pictures that travel, and how many do not."""
        named = [page.picture_id, *sorted(references([page.body]).images)]
        wanted = list(dict.fromkeys(pk for pk in named if pk))
        found = [
            picture_of(record, self.images[pk], page, self.reader)
            for pk in wanted
            if pk in self.images and self.reader.may_show(pk, self.images[pk].republication)
        ]
        return tuple(found), len(wanted) - len(found)

    def _html(self, page: TribunePage, pictures: Mapping[int, Picture]) -> str:
        shown = {pk: news_picture(picture) for pk, picture in pictures.items()}
        return feed_html(page.body, Surroundings(pictures=shown, pages=self.links))


def _focuses(records: Iterable[Record]) -> dict[int | None, str]:
    pks = {record.focus_id for record in records if record.focus_id}
    pages = unrestricted(Page.objects.live()).filter(pk__in=pks)
    return dict(pages.values_list("pk", "title"))


def _reply(page: TribunePage) -> Reply:
    uuid = page.record.uuid
    return Reply(id=f"urn:uuid:{uuid}", href=addresses.item(uuid), url=page.full_url or "")


def _corrections(record: Record, page: TribunePage) -> tuple[Correction, ...]:
    """Return the corrections, newest first, each with the version that brought it."""
    brought = {
        (day, text): version for day, _, text, version in record.shown.get("corrections", [])
    }
    rows = sorted(page.corrections.all(), key=lambda row: (row.date, row.pk), reverse=True)
    return tuple(
        Correction(
            version=brought.get((row.date.isoformat(), row.text), record.version),
            date=row.date,
            severity=row.severity,
            text=row.text,
        )
        for row in rows
    )


def _canceled(record: Record, withdrawal: Withdrawal) -> Item:
    return Item(
        id=f"urn:uuid:{record.uuid}",
        version=record.version,
        kind="tribune",
        language="fr",
        url=addresses.absolute(withdrawal.path),
        canonical_url=addresses.absolute(withdrawal.path),
        status=PubStatus.CANCELED,
        first_created=timezone.localtime(record.first_created),
        first_published=timezone.localtime(record.first_published),
        version_created=timezone.localtime(record.version_created),
        headline=f"[RETIRÉ] {withdrawal.title}",
        retraction=Retraction(date=timezone.localtime(withdrawal.at), reason=withdrawal.reason),
    )
