"""What the chemin de fer shows of a cahier, in a constant number of queries."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page

from focus.models import Insert, InsertAsset, InsertPage, PageVersion, Piece
from focus.print_desk import findings
from focus.print_desk.assets import rights_problem


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A page on the chemin de fer, and what it lacks, in words."""

    page: InsertPage
    version: PageVersion | None
    missing: list[str]
    comments: int

    @property
    def is_approved(self) -> bool:
        """Whether the page has its BAT: it stays where it is."""
        return self.page.state == InsertPage.State.APPROVED


def slots(insert: Insert) -> list[Slot]:
    """Return the pages of a cahier in order, with their newest version."""
    return list(map(_slot, _with_everything(insert.pages.all())))


def slot(page: InsertPage) -> Slot:
    """Return one page alike."""
    return _slot(_with_everything(InsertPage.objects.filter(pk=page.pk)).get())


def _with_everything(pages: QuerySet[InsertPage]) -> QuerySet[InsertPage]:
    newest = PageVersion.objects.filter(page=OuterRef("page")).order_by("-number").values("pk")[:1]
    return (
        pages.select_related("owner")
        .annotate(comment_count=Count("comments"))
        .prefetch_related(
            Prefetch(
                "versions",
                PageVersion.objects.filter(pk=Subquery(newest))
                .select_related("approval")
                .defer("text"),
                to_attr="newest",
            ),
            Prefetch("assets", InsertAsset.objects.select_related("licence").order_by("pk")),
            Prefetch("linked_pages", Page.objects.select_related("focus_piece")),
        )
        .order_by("number")
    )


def _slot(page: InsertPage) -> Slot:
    version = page.newest[0] if page.newest else None
    return Slot(
        page=page,
        version=version,
        missing=_missing(page, version, timezone.localdate()),
        comments=page.comment_count,
    )


def _missing(page: InsertPage, version: PageVersion | None, today: date) -> list[str]:
    """Say what keeps a page from the printer, in words."""
    found = []
    if version is None:
        found.append("Aucun PDF")
    elif blocking := len(findings.blocking(version)):
        found.append(f"{_counted(blocking, 'erreur')} au contrôle")
    elif page.state != InsertPage.State.APPROVED and (count := len(findings.warnings(version))):
        found.append(f"{_counted(count, 'avertissement')} au contrôle")
    for asset in page.assets.all():
        if problem := rights_problem(asset, today):
            found.append(f"« {asset.title} » : {problem}")
    found += [
        f"« {text.title} » : ni validé ni paru"
        for text in page.linked_pages.all()
        if not _is_ready(text)
    ]
    if page.state != InsertPage.State.APPROVED:
        found.append("Pas de BAT")
    return found


def _is_ready(text: Page) -> bool:
    piece = getattr(text, "focus_piece", None)
    return text.live or (piece is not None and piece.state == Piece.State.APPROVED)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count > 1 else ''}"


def deadline_of(insert: Insert) -> datetime | None:
    """Return the bouclage of a cahier: its own, or that of its focus."""
    return insert.deadline or insert.focus.print_deadline


def countdown(deadline: datetime | None, now: datetime) -> str:
    """Say how long there is until the bouclage, in days of the newsroom’s calendar."""
    if deadline is None:
        return "Bouclage non fixé"
    moment = timezone.localtime(deadline)
    days = (moment.date() - timezone.localtime(now).date()).days
    if deadline <= now:
        return f"Bouclage dépassé (le {moment:%d/%m/%Y à %H:%M})"
    if days == 0:
        return f"Bouclage aujourd’hui à {moment:%H:%M}"
    return f"Bouclage dans {_counted(days, 'jour')} (le {moment:%d/%m/%Y à %H:%M})"
