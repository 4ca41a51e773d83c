"""The public feed of all tribunes. No XML here."""

from django.db.models import prefetch_related_objects
from wagtail.query import PageQuerySet

from cms.feed_items import feed_of, items_of, withdrawn_items
from cms.models import Withdrawal
from cms.selectors import unrestricted
from publishing.conf import public_url
from publishing.news import Feed, Item
from tribunes.models import Record, TribuneIndexPage, TribunePage

FOLDER = "tribunes"
_SUBTITLE = "Toutes les tribunes, celles des focus et les autres."


def open_tribunes() -> PageQuerySet:
    """Return the tribunes that anybody may read, newest first, in an order that never changes."""
    pages = unrestricted(TribunePage.objects.live()).filter(alias_of=None)
    return pages.order_by("-first_published_at", "-pk")


def describe(index: TribuneIndexPage) -> tuple[Feed, list[Item]] | None:
    """Describe all tribunes, those withdrawn in their place for ever; None if there are none.

    A number of queries that does not depend on theirs.
    """
    pages = list(open_tribunes())
    prefetch_related_objects(pages, *TribunePage.feed_relations())
    known = Record.objects.values("uuid")
    gone = Withdrawal.objects.announced().filter(uuid__in=known)
    items = [*items_of(pages), *withdrawn_items(gone)]
    if not items:
        return None
    items.sort(key=lambda item: (item.published, item.id), reverse=True)
    newest = max(item.updated for item in items)
    changed = max(newest, index.last_published_at)
    return feed_of(index, FOLDER, subtitle=_SUBTITLE, changed=changed), items


def archive_address(number: int) -> str:
    """Return the address of an archive; the first one holds the oldest tribunes."""
    return public_url(archive_key(number))


def archive_key(number: int) -> str:
    """Return where an archive is in the public bucket."""
    return f"{FOLDER}/archives/{number}.xml"
