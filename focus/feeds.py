"""Feeds of texts: the one of a focus and the one of all focuses. No XML here."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.db.models import Exists, F, OuterRef, prefetch_related_objects
from django.db.models.functions import Length, Substr, TruncMinute
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.feed_items import feed_of, items_of, withdrawn_items
from cms.models import TextPage, Withdrawal
from cms.selectors import unrestricted
from focus.models import FocusIndexPage, FocusPage
from publishing.news import Feed, Item

NEWEST = 50
"""Texts in the feed of all focuses."""

FOLDER = "focus"


def describe_focus(focus: FocusPage, image: str = "") -> tuple[Feed, list[Item]]:
    """Describe a focus and those of its texts that anybody may read.

    ``image`` is the address of its cover, when that may be shown elsewhere.
    """
    texts = _fetch(_open_texts().child_of(focus))
    gone = Withdrawal.objects.remembered().filter(parent=focus)
    feed = feed_of(
        focus,
        feed_folder(focus),
        subtitle=focus.chapo,
        changed=_changed((focus, *texts), gone),
        image=image,
    )
    return feed, [*items_of(texts), *withdrawn_items(gone)]


def describe_index(index: FocusIndexPage) -> tuple[Feed, list[Item]] | None:
    """Describe the newest texts of all focuses that anybody may read; None if there are none."""
    texts = _fetch(_open_texts().descendant_of(index)[:NEWEST])
    focuses = FocusPage.objects.child_of(index)
    gone = Withdrawal.objects.remembered().filter(parent__in=focuses.values("pk"))
    if not texts and not gone:
        return None
    feed = feed_of(
        index,
        FOLDER,
        subtitle="Les articles et les tribunes de tous les focus.",
        changed=_changed((index, *texts), gone),
    )
    return feed, [*items_of(texts), *withdrawn_items(gone)]


def feed_folder(focus: FocusPage) -> str:
    """Return where the feeds of a focus are in the public bucket."""
    return f"{FOLDER}/{focus.feed_slug}"


def _open_texts() -> PageQuerySet:
    """Return articles and tribunes that anybody may read in a focus that anybody may read.

    Newest first; the pages of a package, which come out within the same minute, as its sommaire
    sorts them.
    """
    focuses = unrestricted(FocusPage.objects.live().filter(alias_of=None))
    parent = Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen)
    texts = unrestricted(Page.objects.live().type(TextPage).filter(alias_of=None))
    return texts.filter(Exists(focuses.filter(path=parent))).order_by(
        TruncMinute("first_published_at").desc(),
        F("focus_piece__position").asc(nulls_last=True),
        "path",
    )


def _fetch(pages: PageQuerySet) -> list[TextPage]:
    """Return the texts with what a feed says of them, in a constant number of queries."""
    texts = list(pages.specific())
    for model, group in groupby(sorted(texts, key=_type_name), key=type):
        prefetch_related_objects(list(group), *model.feed_relations())
    return texts


def _type_name(text: TextPage) -> str:
    return text._meta.label


def _changed(pages: Iterable[Page], gone: Iterable[Withdrawal]) -> datetime:
    """Return when one of the pages was last published or withdrawn: never the clock’s time."""
    moments = ((page.first_published_at, page.last_published_at) for page in pages)
    published = (moment for pair in moments for moment in pair if moment)
    return max([*published, *(row.at for row in gone)])
