"""The lines of the sommaire: what the desk planned, and what the pages say, in few queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from cms import signes
from cms.length import shape_of, signes_of
from cms.models import Image, Person, TextPage
from focus import pieces
from focus.admin.sommaire_contents import Contents, contents_of, pictures_in
from focus.models import FocusPage, InsertPage, Piece

PUBLISHED = "published"
STATES = {**dict(Piece.State.choices), PUBLISHED: "Publié"}
"""States of a piece by value: those that the desk gives, and the one that the page tells."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A piece as the sommaire shows it; ``rank`` counts from 1.

    ``notes`` are what happens to its page, ``gaps`` what it lacks with the address to mend it.
    ``signes`` are those of its text, None for a piece that is no text.
    """

    piece: Piece
    rank: int
    page: Page | None
    title: str
    state: str
    notes: Sequence[str]
    late: str
    signes: int | None
    target: int | None
    gaps: Sequence[tuple[pieces.Gap, str]]

    @property
    def state_label(self) -> str:
        """State, in words."""
        return STATES[self.state]

    @property
    def length(self) -> str:
        """Length against the target, in words."""
        if self.signes is not None:
            return signes.label(self.signes, self.target)
        return f"visés : {signes.label(self.target)}" if self.target else ""


@dataclass(frozen=True, kw_only=True)
class Totals:
    """A sommaire in figures: pieces by state (value, label, number), signes of all texts."""

    states: Sequence[tuple[str, str, int]]
    length: str
    target: str


def lines_of(focus: FocusPage) -> list[Line]:
    """Return every line of a sommaire in its order; the number of queries is constant."""
    planned = list(focus.pieces.select_related("owner"))
    pages = {
        page.pk: page
        for page in Page.objects.filter(focus_piece__focus=focus)
        .specific()
        .prefetch_workflow_states()
    }
    facts = _Facts(focus, pages.values())
    return [
        facts.line(piece, rank, pages.get(piece.page_id)) for rank, piece in enumerate(planned, 1)
    ]


def closing_of(focus: FocusPage) -> str:
    """Return how far the bouclage of a focus is, in words."""
    deadline = focus.print_deadline
    return pieces.closing(deadline and timezone.localtime(deadline), timezone.localtime())


def totals_of(lines: Sequence[Line]) -> Totals:
    """Return the figures of a whole sommaire."""
    states = Counter(line.state for line in lines)
    targets = [line.target for line in lines if line.target]
    return Totals(
        states=[(value, label, states[value]) for value, label in STATES.items() if states[value]],
        length=signes.label(sum(line.signes or 0 for line in lines)),
        target=signes.label(sum(targets)) if targets else "",
    )


class _Facts:
    """What all lines need of the database, asked for at once."""

    def __init__(self, focus: FocusPage, pages: Iterable[Page]) -> None:
        self.focus = focus
        self.now = timezone.localtime()
        self.contents = contents_of(pages)
        held = self.contents.values()
        self.images = Image.objects.in_bulk({pk for one in held for pk in pictures_in(one)})
        self.people = Person.objects.in_bulk({pk for one in held for pk in _people(one)})
        self.printed: dict[int, dict[int, str]] = {}
        printed = InsertPage.objects.filter(insert__in=self.contents)
        for insert, number, state in printed.values_list("insert", "number", "state"):
            self.printed.setdefault(insert, {})[number] = state

    def line(self, piece: Piece, rank: int, page: Page | None) -> Line:
        """Return the line of a piece."""
        contents = self.contents[page.pk] if page else {}
        is_text = isinstance(page, TextPage)
        finished = piece.state == Piece.State.APPROVED or bool(page and page.live)
        return Line(
            piece=piece,
            rank=rank,
            page=page,
            title=contents.get("title") or piece.title,
            state=PUBLISHED if page and page.live else piece.state,
            notes=_notes(page) if page else (),
            late="" if finished else pieces.lateness(piece.due_on, self.now.date()),
            signes=_signes(page, contents) if is_text else None,
            target=piece.target_signes or contents.get("target_signes"),
            gaps=[(gap, _address(gap, page)) for gap in self._gaps(piece, page, contents)],
        )

    def _gaps(self, piece: Piece, page: Page | None, contents: Contents) -> list[pieces.Gap]:
        if page is None:
            return []
        match piece.kind:
            case Piece.Kind.INSERT:
                states = self.printed.get(page.pk, {})
                approved = [n for n, state in states.items() if state == InsertPage.State.APPROVED]
                return pieces.gaps_of_insert(page.pk, approved, states)
            case Piece.Kind.FORUM:
                return pieces.gaps_of_forum(
                    starts_at=_moment(page, contents["starts_at"]),
                    parts=len(contents.get("parts", ())),
                    stream_url=contents["stream_url"],
                    replay_url=contents["replay_url"],
                    now=self.now,
                )
        return pieces.gaps_of_text(
            has_text=bool(contents["body"]),
            chapo=contents["chapo"],
            has_licence=bool(contents["licence"] or self.focus.licence_id),
            elsewhere_url=contents["elsewhere_url"],
            authors=self._known(contents.get("authors", ())),
            signatories=self._known(contents.get("signatories", ())),
            pictures=[self.images[pk] for pk in pictures_in(contents) if pk in self.images],
            today=self.now.date(),
        )

    def _known(self, rows: Iterable[Mapping[str, Any]]) -> list[Person]:
        return [self.people[row["person"]] for row in rows if row["person"] in self.people]


def _people(contents: Contents) -> Iterable[int]:
    for name in ("authors", "signatories"):
        yield from (row["person"] for row in contents.get(name, ()) if row["person"])


def _signes(page: TextPage, contents: Contents) -> int:
    body = signes_of(contents["body"], shape_of(page.body.stream_block))
    return signes.count(contents["chapo"]) + body


def _moment(page: Page, stored: str | datetime | None) -> datetime | None:
    return page._meta.get_field("starts_at").to_python(stored)


def _notes(page: Page) -> list[str]:
    notes = ["modifications non publiées"] if page.live and page.has_unpublished_changes else []
    if workflow := page.current_workflow_state:
        refused = workflow.status == WorkflowState.STATUS_NEEDS_CHANGES
        task = workflow.current_task_state.task
        notes.append(f"{'modifications demandées' if refused else 'à valider'} : {task.name}")
    return notes


def _address(gap: pieces.Gap, page: Page) -> str:
    match gap.place:
        case pieces.Place.IMAGE:
            return reverse("wagtailimages:edit", args=(gap.at,))
        case pieces.Place.PERSON:
            return reverse(Person.snippet_viewset.get_url_name("edit"), args=(quote(gap.at),))
        case pieces.Place.PRINT_DESK:
            return reverse("focus_print:desk", args=(gap.at,))
    return f"{reverse('wagtailadmin_pages:edit', args=(page.pk,))}#{gap.at}"
