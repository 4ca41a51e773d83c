"""Feeds of texts: the one of a focus and the one of all focuses. No XML here."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db.models import Exists, F, OuterRef, prefetch_related_objects
from django.db.models.functions import Length, Substr, TruncMinute
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.feed_items import items_of, withdrawn_items
from cms.models import TextPage, Withdrawal
from cms.selectors import unrestricted
from focus.models import FocusIndexPage, FocusPage
from publishing.conf import hub_url, public_url
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
    feed = _feed(focus, feed_folder(focus), focus.chapo, texts, gone, image)
    return feed, [*items_of(texts), *withdrawn_items(gone)]


def describe_index(index: FocusIndexPage) -> tuple[Feed, list[Item]] | None:
    """Describe the newest texts of all focuses that anybody may read; None if there are none."""
    texts = _fetch(_open_texts().descendant_of(index)[:NEWEST])
    focuses = FocusPage.objects.child_of(index)
    gone = Withdrawal.objects.remembered().filter(parent__in=focuses.values("pk"))
    if not texts and not gone:
        return None
    subtitle = "Les articles et les tribunes de tous les focus."
    return _feed(index, FOLDER, subtitle, texts, gone), [*items_of(texts), *withdrawn_items(gone)]


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


def _feed(
    page: FocusPage | FocusIndexPage,
    folder: str,
    subtitle: str,
    texts: Iterable[TextPage],
    gone: Iterable[Withdrawal],
    image: str = "",
) -> Feed:
    atom = public_url(f"{folder}/atom.xml")
    return Feed(
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
        changed=max([_changed((page, *texts)), *(row.at for row in gone)]),
        rights=page.licence.name if page.licence else "",
        image=image,
        hub=hub_url(),
    )


def _changed(pages: Iterable[Page]) -> datetime:
    """Return when one of the pages was last published: never the clock’s time."""
    moments = ((page.first_published_at, page.last_published_at) for page in pages)
    return max(moment for pair in moments for moment in pair if moment)
