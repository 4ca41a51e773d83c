"""The example focus on its way out, as a newsroom takes it: PDF, approvals, publication."""

from datetime import datetime, time, timedelta
from typing import Any

from django.core.files import File
from django.utils import timezone

from cms.models import User
from focus.example_data import DATA
from focus.models import (
    ArticlePage,
    FocusIndexPage,
    FocusPage,
    ForumPage,
    Insert,
    InsertUpload,
    Piece,
)
from focus.package.release import release, take
from focus.package.services import approve, schedule, submit
from focus.print_desk import approvals, uploads
from focus.print_desk.versions import newest


def bring_out(focus: FocusPage, data: dict[str, Any]) -> None:
    """Let a focus come out as if its paper had gone out two days ago."""
    user = User.objects.filter(is_superuser=True).first()
    _set_dates(focus)
    rows = {row["slug"]: row for row in (*data["articles"], *data["tribunes"])}
    order = {slug: position for position, slug in enumerate(rows)}
    for piece in focus.pieces.select_related("page"):
        row = rows.get(piece.page.slug, {})
        piece.slot, piece.target_signes = row.get("slot", ""), row.get("target_signes")
        piece.position = order.get(piece.page.slug, len(order))
        piece.state, piece.owner = Piece.State.APPROVED, user
        piece.save()
    insert = Insert.objects.child_of(focus).get()
    _print(insert, data["insert"]["pdf"], user)
    submit(focus.package, user)
    approve(focus.package, user)
    schedule(focus.package, user)
    if package := take(focus.package.pk):  # unless a worker did
        release(package)


def _days_ago(days: int, hour: int) -> datetime:
    day = timezone.localdate() - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _set_dates(focus: FocusPage) -> None:
    focus.print_deadline, focus.paper_at = _days_ago(4, 18), _days_ago(2, 6)
    focus.save_revision()
    forum = ForumPage.objects.child_of(focus).get().get_latest_revision_as_object()
    forum.starts_at = _days_ago(1, 18)
    forum.save_revision()


def _print(insert: Insert, name: str, user: User | None) -> None:
    path = DATA / name
    # Taken from the start: examined here and not by a worker, the focus comes out next.
    upload = InsertUpload(
        insert=insert, name=name, size=path.stat().st_size, uploaded_by=user,
        taken_at=timezone.now(),
    )  # fmt: skip
    with path.open("rb") as stream:
        upload.file.save(name, File(stream))
    uploads.examine(upload)
    for page in insert.pages.all():
        approvals.approve(newest(page), user, waiver="Cahier d’exemple.")


def prepare_next(index: FocusIndexPage, data: dict[str, Any]) -> None:
    """Plan a second focus, which is to come out in a month: lines, one text, an empty cahier."""
    user = User.objects.filter(is_superuser=True).first()
    today = timezone.localdate()
    focus = FocusPage(
        title=data["title"],
        slug=data["slug"],
        year=today.year,
        semester=data["semester"],
        chapo=data["chapo"],
        print_deadline=_days_ago(-28, 18),
        paper_at=_days_ago(-30, 6),
        live=False,
    )
    index.add_child(instance=focus)
    focus.save_revision()
    for position, row in enumerate(data["pieces"]):
        piece = Piece.objects.create(
            focus=focus,
            position=position,
            owner=user,
            due_on=today + timedelta(days=row["days"]),
            **{name: row[name] for name in ("kind", "title", "slot", "state", "target_signes")},
        )
        if row.get("page"):
            page = ArticlePage(title=piece.title, target_signes=piece.target_signes, live=False)
            focus.add_child(instance=page)
            page.save_revision()
            focus.pieces.filter(page=page).delete()
            Piece.objects.filter(pk=piece.pk).update(page=page)
    insert = Insert(title="Le cahier", live=False)
    focus.add_child(instance=insert)
    insert.save_revision()
