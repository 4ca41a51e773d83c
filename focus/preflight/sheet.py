"""A page under examination."""

from functools import cached_property

from pikepdf import Page

from focus.pdf.content import Mark, marks
from focus.pdf.geometry import MM, Box, box_of
from focus.preflight import words
from focus.preflight.report import Finding, Level


class Sheet:
    """One page: its boxes in points, and what it draws, read once for all rules."""

    def __init__(self, page: Page, number: int, norms: frozenset[str] = frozenset()) -> None:
        """Keep the page; ``number`` counts from 1."""
        self.page = page
        self.number = number
        self.norms = norms
        """The PDF/X versions that the file must meet: what it announces, what is demanded."""
        self.obj = page.obj

    @cached_property
    def media(self) -> Box:
        """The sheet of paper; empty when the page does not say."""
        return box_of(self.obj.get("/MediaBox")) or (0, 0, 0, 0)

    @cached_property
    def trim(self) -> Box | None:
        """The finished page, if the file says what it is."""
        return box_of(self.obj.get("/TrimBox"))

    @cached_property
    def bleed(self) -> Box | None:
        """The finished page and what is cut off around it, if the file says."""
        return box_of(self.obj.get("/BleedBox"))

    @property
    def finished(self) -> Box:
        """The finished page, or the sheet for want of it."""
        return self.trim or self.media

    @property
    def format(self) -> tuple[float, float]:
        """Width and height of the finished page in millimetres."""
        left, bottom, right, top = self.finished
        return (right - left) / MM, (top - bottom) / MM

    @cached_property
    def marks(self) -> list[Mark]:
        """All that the page draws."""
        return list(marks(self.page))

    def zone(self, mark: Mark) -> str:
        """Name the part of the page where something is; "" when that is not known."""
        return words.zone(mark.box, self.finished) if mark.box else ""

    def finding(
        self, rule: str, level: Level, *, what: str, cure: str, zones: list[str] | None = None
    ) -> Finding:
        """Make a finding about this page."""
        return Finding(
            rule=rule,
            level=level,
            page=self.number,
            what=what,
            where=words.where(self.number, filter(None, zones or ())),
            cure=cure,
        )
