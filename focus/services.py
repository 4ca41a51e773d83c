"""What comes with a page of a focus: its package, its line of the sommaire, its printed pages."""

from django.db.models import Max
from wagtail.models import Page

from focus.models import FocusPage, Insert, InsertPage, Package, Piece

KINDS = {
    "focus.articlepage": Piece.Kind.ARTICLE,
    "tribunes.tribunepage": Piece.Kind.TRIBUNE,
    "focus.insert": Piece.Kind.INSERT,
    "focus.forumpage": Piece.Kind.FORUM,
}


def ensure_package(focus: FocusPage) -> Package:
    """Return the package of a focus, made if need be."""
    package, _ = Package.objects.get_or_create(focus=focus)
    return package


def follow_page(page: Page) -> None:
    """Give a page its line in the sommaire of the focus it belongs to, and no other."""
    parent = page.get_parent()
    kind = KINDS.get(page.specific_class._meta.label_lower) if page.specific_class else None
    focus = FocusPage.objects.filter(pk=parent.pk).first() if parent and kind else None
    if focus is None:
        Piece.objects.filter(page=page).delete()
        return
    last = focus.pieces.aggregate(last=Max("position"))["last"]
    piece, created = Piece.objects.get_or_create(
        page_id=page.pk,
        defaults={
            "focus": focus,
            "kind": kind,
            "title": page.title,
            "state": Piece.State.RECEIVED,
            "position": 0 if last is None else last + 1,
        },
    )
    if not created and piece.focus_id != focus.pk:
        piece.focus = focus
        piece.save(update_fields=["focus"])


def ensure_printed_pages(insert: Insert) -> None:
    """Give a cahier its pages; a page that holds something is never removed."""
    present = set(insert.pages.values_list("number", flat=True))
    wanted = range(1, insert.page_count + 1)
    InsertPage.objects.bulk_create(
        InsertPage(insert=insert, number=number) for number in wanted if number not in present
    )
    empty = insert.pages.filter(
        number__gt=insert.page_count,
        state=InsertPage.State.EMPTY,
        headline="",
        rubric="",
        assets=None,
        versions=None,
        comments=None,
    )
    InsertPage.objects.filter(pk__in=list(empty.values_list("pk", flat=True))).delete()
