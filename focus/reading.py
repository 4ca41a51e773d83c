"""The cahier as readers see it on the site, in a number of queries that never grows.

Pictures and words of its pages are those of the public bucket: they change together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page

from cms.published import Objects, Picture, objects_of
from cms.selectors import unrestricted
from focus.insert_artifacts import NARROW, PDF_ROLE, WIDTH, absence, page_role
from focus.models import Insert, InsertPage, PageVersion
from focus.moments import day_and_hour
from publishing.conf import public_url

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A text or an episode that a printed page announces; ``kind`` in French."""

    title: str
    url: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A printed page: how it looks and what it says."""

    number: int
    rubric: str
    headline: str
    picture: Picture
    paragraphs: Sequence[str]
    links: Sequence[Link]


def insert_context(insert: Insert, request: HttpRequest) -> dict[str, Any]:
    """Return what ``focus/insert.html`` needs besides the page."""
    focus = insert.focus
    objects = objects_of([insert])[insert.pk]
    preview = bool(getattr(request, "is_preview", False))
    pages = _pages(insert)
    looks = _drafts(insert, pages) if preview else _published(insert, pages, objects)
    sheets = [_sheet(page, *looks[page.pk], request) for page in pages if page.pk in looks]
    pdf = objects.get(PDF_ROLE)
    return {
        "focus": focus if focus.live or preview else None,
        "sheets": sheets,
        "spreads": spreads(sheets),
        "cover": sheets[0].picture if sheets and not preview else None,
        "pdf": pdf and {"url": public_url(pdf.key), "size": pdf.size},
        "paper_at": focus.paper_at and timezone.localtime(focus.paper_at),
        "notice": _notice(insert, preview=preview, is_there=bool(sheets)),
    }


def spreads(sheets: Sequence[T]) -> list[Sequence[T]]:
    """Group pages as the open paper shows them: 1 | 2-3 | 4-5 | 6-7 | 8."""
    pairs = [sheets[start : start + 2] for start in range(1, len(sheets), 2)]
    return [sheets[:1], *pairs] if sheets else []


def _pages(insert: Insert) -> list[InsertPage]:
    """Return the printed pages with what anybody may read of the pages that they announce."""
    if not insert.pk:
        return []
    public = unrestricted(Page.objects.live()).order_by("path")
    pages = insert.pages.filter(number__lte=insert.page_count).order_by("number")
    return list(pages.prefetch_related(Prefetch("linked_pages", public)))


def _published(
    insert: Insert, pages: Iterable[InsertPage], objects: Objects
) -> dict[int, tuple[Picture, Sequence[str]]]:
    """Return the picture and the words of each page that is in the public bucket."""
    found = {}
    for page in pages:
        rows = {width: objects.get(page_role(page.number, width)) for width in (NARROW, WIDTH)}
        if all(rows.values()):
            sources = {width: public_url(row.key) for width, row in rows.items()}
            facts = rows[WIDTH].facts
            picture = _picture(page, sources, facts["height"] / WIDTH)
            found[page.pk] = (picture, facts["text"])
    return found


def _drafts(
    insert: Insert, pages: Iterable[InsertPage]
) -> dict[int, tuple[Picture, Sequence[str]]]:
    """Return the newest version of each page, from the private bucket: for editors alone."""
    versions = PageVersion.objects.filter(page__in=list(pages)).order_by("number")
    newest = {version.page_id: version for version in versions.select_related("page")}
    ratio = float(insert.height / insert.width)
    return {
        pk: (_picture(version.page, {WIDTH: version.image.url}, ratio), version.text)
        for pk, version in newest.items()
    }


def _picture(page: InsertPage, sources: dict[int, str], ratio: float) -> Picture:
    return Picture(
        sources=sources, alt=f"Page {page.number} telle qu’elle est imprimée", ratio=ratio
    )


def _sheet(
    page: InsertPage, picture: Picture, paragraphs: Sequence[str], request: HttpRequest
) -> Sheet:
    return Sheet(
        number=page.number,
        rubric=page.rubric,
        headline=page.headline,
        picture=picture,
        paragraphs=paragraphs,
        links=[
            Link(
                title=linked.title,
                url=linked.get_url(request) or "",
                kind=str(linked.specific_class._meta.verbose_name),
            )
            for linked in page.linked_pages.all()
        ],
    )


def _notice(insert: Insert, *, preview: bool, is_there: bool) -> str:
    """Return what is said in the place of a cahier that is not there, or to its editors."""
    if preview and insert.pk:
        return absence(insert)
    hour = insert.focus.paper_at
    if is_there:
        return ""
    if hour and hour > timezone.now():
        return f"Le cahier paraît le {day_and_hour(hour)}."
    return "Le cahier arrive bientôt."
