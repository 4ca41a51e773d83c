"""The feed of one partner: the same formats as the public one, full text by right. No XML here.

It carries no text under embargo, whatever the partner undertook: readers of feeds keep no secrets.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from django.conf import settings
from django.utils import timezone

from cms.days import start_of
from cms.models.withdrawal import MEMORY
from cms.templatetags.french import day
from publishing import news
from tribunes import addresses
from tribunes.access import Reader, Standing, decide
from tribunes.facts import facts_of, reader_of
from tribunes.feeds.terms import news_terms
from tribunes.items import Credit, Item, Picture, Reply
from tribunes.journal.reading import last_modified
from tribunes.models import Partner, Record
from tribunes.rendering import Rendered, render
from tribunes.rendering.pictures import news_picture

NEWEST = 200
"""Tribunes in the feed of a partner, beside those withdrawn within a year."""


@dataclass(frozen=True, kw_only=True)
class Feeds:
    """Where the feeds of a secret address are, and the pictures they show."""

    root: str
    """Absolute, with a slash at its end."""

    def document(self, name: str) -> str:
        """Return the address of one of the three formats."""
        return f"{self.root}{name}"

    def picture(self, uuid: str, pk: int) -> str:
        """Return the address of a picture: readers of feeds cannot send the header of a token."""
        return f"{self.root}images/{uuid}/{pk}"


def describe(partner: Partner, feeds: Feeds) -> tuple[news.Feed, list[news.Item], list[Rendered]]:
    """Describe what a partner may have now, and what was handed over; constant queries."""
    # Before the texts: a change that comes in between makes the next answer newer, not older.
    told = last_modified(_reader(partner))
    given = [found for found in shown(partner) if found.item]
    items = [_item(found.item, feeds) for found in given]
    moments = [*([told] if told else ()), *(item.updated for item in items)]
    return _feed(partner, feeds, moments), items, given


def shown(partner: Partner) -> list[Rendered]:
    """Return what the feed holds, newest first."""
    reader, now = _reader(partner), timezone.now()
    records = _chosen(reader, now)
    rendered = render(records, reader, now)
    # Decided again while rendering: an hour may have come in between.
    return [found for found in map(rendered.get, (r.pk for r in records)) if _fits(found)]


def _reader(partner: Partner) -> Reader:
    # Nothing under embargo, not even by the name of a text that answers it.
    return replace(reader_of(partner), embargoed=False)


def _fits(found: Rendered | None) -> bool:
    return found is not None and found.standing in (Standing.USABLE, Standing.CANCELED)


def _chosen(reader: Reader, now: datetime) -> list[Record]:
    records = list(
        Record.objects.filter(released_at__isnull=False).order_by("-first_published", "pk")
    )
    facts = facts_of(records)
    standings = {record.pk: decide(facts[record.pk], reader, now) for record in records}
    usable = [r for r in records if standings[r.pk] == Standing.USABLE][:NEWEST]
    gone = [
        r
        for r in records
        if standings[r.pk] == Standing.CANCELED and facts[r.pk].withdrawn_at >= now - MEMORY
    ]
    return [*usable, *gone]


def _feed(partner: Partner, feeds: Feeds, moments: Iterable[datetime]) -> news.Feed:
    return news.Feed(
        rss_address=feeds.document("rss.xml"),
        atom_address=feeds.document("atom.xml"),
        json_address=feeds.document("feed.json"),
        id=f"urn:uuid:{partner.uuid}",
        title=f"Tribunes pour {partner} – {settings.WAGTAIL_SITE_NAME}",
        subtitle="Les tribunes que votre contrat vous permet de reprendre.",
        link=addresses.absolute("/partenaires/"),
        language=settings.LANGUAGE_CODE,
        author=settings.WAGTAIL_SITE_NAME,
        changed=max(moments, default=start_of(partner.contract_from)),
    )


def _item(item: Item, feeds: Feeds) -> news.Item:
    if item.retraction:
        return news.Item(
            id=item.id,
            title=item.headline.removeprefix(f"{news.WITHDRAWN_MARK} "),
            link=item.url,
            published=item.first_published,
            updated=item.retraction.date,
            version=item.version,
            withdrawn=item.retraction.date,
            withdrawal_reason=item.retraction.reason,
        )
    terms = item.terms
    html = item.html
    for picture in item.pictures:
        html = html.replace(
            f'src="{picture.href}"', f'src="{feeds.picture(item.uuid, picture.id)}"'
        )
    return news.Item(
        id=item.id,
        title=item.headline,
        link=item.url,
        published=item.first_published,
        updated=item.version_created,
        version=item.version,
        authors=tuple(map(_author, item.authors)),
        summary=item.standfirst,
        content=html + _signatories(item.signatories),
        corrections=tuple(
            news.Correction(
                words=f"Correction du {day(row.date)}\u00a0: {row.text}",
                severity=row.severity,
                version=row.version,
                day=row.date,
            )
            for row in item.corrections
        ),
        categories=(
            *item.subjects,
            *(f"{place.name} ({place.code})" for place in item.territories),
        ),
        licence=news.Licence(code=terms.code, url=terms.url, name=terms.name),
        picture=_picture(item.opening, item.uuid, feeds) if item.opening else None,
        canonical=item.canonical_url if item.canonical_url != item.url else "",
        terms=news_terms(terms),
        withheld_pictures=item.withheld_pictures,
        replies=tuple(map(_reply, item.replies)),
        replies_to=_reply(item.replies_to) if item.replies_to else None,
    )


def _author(person: Credit) -> news.Author:
    return news.Author(name=person.name, role=person.title, organisation=person.institution)


def _signatories(people: Iterable[Credit]) -> str:
    rows = "".join(f"<li>{escape(_author(p).signature, quote=False)}</li>" for p in people)
    return f"<h2>Signataires</h2><ul>{rows}</ul>" if rows else ""


def _reply(reply: Reply) -> news.Reply:
    return news.Reply(id=reply.id, link=reply.url)


def _picture(picture: Picture, uuid: str, feeds: Feeds) -> news.Picture:
    return replace(news_picture(picture), url=feeds.picture(uuid, picture.id))
