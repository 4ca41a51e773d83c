"""Articles and tribunes as items of a feed: what travels of them, under which terms.

A text travels whole if its own licence, or that of the page above, says so
(``TextPage.republication``); pictures that may not be republished never travel. What an item
names is public: pages that anybody may read, objects that are in the bucket.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape

from django.conf import settings
from wagtail.models import Page

from cms.addresses import absolute
from cms.blocks.feed_html import PageLink, Surroundings, feed_html
from cms.blocks.references import references
from cms.feed_pictures import Pictures, pictures_of
from cms.licences import terms
from cms.models import BasePage, BylineRow, Licence, TextPage, Withdrawal
from cms.republication import licences_of
from cms.selectors import unrestricted
from cms.templatetags.french import day
from publishing import news
from publishing.conf import hub_url, public_url


def items_of(texts: Sequence[TextPage]) -> list[news.Item]:
    """Describe texts in their order, in a number of queries that does not depend on theirs."""
    named = references(text.body for text in texts)
    pictures, pages = pictures_of(texts, named.images), _pages(named.pages)
    licences = licences_of(texts)
    return [_item(text, pictures[text.pk], pages, licences.get(text.pk)) for text in texts]


def withdrawn_items(withdrawals: Iterable[Withdrawal]) -> list[news.Item]:
    """Describe withdrawn texts: what they were called, where they were, why they are gone."""
    return [
        news.Item(
            id=f"urn:uuid:{row.uuid}",
            title=row.title,
            link=absolute(row.path),
            published=row.first_published_at,
            updated=row.at,
            withdrawn=row.at,
            withdrawal_reason=row.reason,
        )
        for row in withdrawals
    ]


def feed_of(
    page: BasePage, folder: str, *, subtitle: str, changed: datetime, image: str = ""
) -> news.Feed:
    """Describe the feed of a page, whose three formats lie in a folder of the public bucket."""
    atom = public_url(f"{folder}/atom.xml")
    return news.Feed(
        rss_address=public_url(f"{folder}/rss.xml"),
        atom_address=atom,
        json_address=public_url(f"{folder}/feed.json"),
        # Feed addresses never change: an identity as good as another (RFC 4287 §4.2.6).
        id=atom,
        title=f"{page.title} – {settings.WAGTAIL_SITE_NAME}",
        subtitle=subtitle,
        link=page.full_url,
        language=settings.LANGUAGE_CODE,
        author=settings.WAGTAIL_SITE_NAME,
        changed=changed,
        rights=page.licence.name if page.licence else "",
        image=image,
        hub=hub_url(),
    )


def _pages(pks: Iterable[int]) -> dict[int, PageLink]:
    pages = unrestricted(Page.objects.live()).filter(pk__in=pks)
    return {page.pk: PageLink(title=page.title, url=page.full_url) for page in pages}


def _item(
    text: TextPage,
    pictures: Pictures,
    pages: Mapping[int, PageLink],
    licence: Licence | None,
) -> news.Item:
    republication = text.republication(licence)
    surroundings = Surroundings(pictures=pictures, pages=pages)
    whole = republication.whole
    content = feed_html(text.body, surroundings) + _signatories(text) if whole else ""
    return news.Item(
        id=f"urn:uuid:{text.uuid}",
        title=text.title,
        link=text.full_url,
        published=text.first_published_at,
        updated=text.last_published_at or text.first_published_at,
        authors=tuple(_author(row) for row in text.authors.all()),
        summary=text.chapo,
        content=content,
        corrections=tuple(
            news.Correction(
                words=f"Correction du {day(row.date)}\u00a0: {row.text}",
                severity=row.severity,
                day=row.date,
            )
            for row in sorted(text.corrections.all(), key=lambda row: row.date, reverse=True)
        ),
        categories=tuple(str(name) for name in (*text.themes.all(), *text.territories.all())),
        licence=terms(republication.licence),
        terms=republication.terms,
        replies=republication.replies,
        replies_to=republication.replies_to,
        picture=_opening(text, pictures),
        elsewhere=text.elsewhere_url,
        canonical=text.elsewhere_url if text.elsewhere_is_canonical else "",
    )


def _author(row: BylineRow) -> news.Author:
    return news.Author(name=row.person.full_name, role=row.role, organisation=row.organisation)


def _signatories(text: TextPage) -> str:
    """Return those who sign a tribune without having written it."""
    rows = text.signatories.all() if hasattr(text, "signatories") else ()
    names = "".join(f"<li>{escape(_author(row).signature, quote=False)}</li>" for row in rows)
    return f"<h2>Signataires</h2><ul>{names}</ul>" if names else ""


def _opening(text: TextPage, pictures: Pictures) -> news.Picture | None:
    picture = pictures.get(text.picture_id)
    return picture and replace(picture, caption=text.picture_caption)
