"""What a preflight found, as values that can be stored."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Self


class Level(StrEnum):
    """How much a finding matters; the first two forbid the BAT."""

    REFUSED = "refused"
    """The file must not be used at all."""
    ERROR = "error"
    """It would print badly."""
    WARNING = "warning"
    """It may print badly: somebody must look."""
    NOTE = "note"
    """Worth knowing."""


_BLOCKING = {Level.REFUSED, Level.ERROR}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the report, in plain French."""

    rule: str
    """A stable code, for instance ``trim-box``."""
    level: Level
    page: int | None = None
    """The first is 1; None for the whole file."""
    what: str
    """What is wrong."""
    where: str
    """Where to look."""
    cure: str
    """How to mend it."""


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """A page as it was found: its finished format in millimetres, its text."""

    number: int
    width: float
    height: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """All that a preflight has to say about a file."""

    findings: tuple[Finding, ...] = ()
    pages: tuple[PageFacts, ...] = ()
    """Empty when the file could not be examined."""
    page_count: int = 0
    pdfx: str = ""
    """The version that the file announces, for instance ``PDF/X-1a:2001``."""
    sha256: str = ""
    """Of the file, in hexadecimal."""
    seconds: float = 0
    """How long it took."""

    @property
    def refused(self) -> bool:
        """Tell whether the file must not be used at all."""
        return any(finding.level is Level.REFUSED for finding in self.findings)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that forbid the BAT of the whole cahier."""
        return tuple(finding for finding in self.findings if finding.level in _BLOCKING)

    def of_page(self, number: int) -> tuple[Finding, ...]:
        """Return the findings about one page and about the whole file."""
        return tuple(finding for finding in self.findings if finding.page in (None, number))

    def to_json(self) -> dict[str, Any]:
        """Return plain values, for a JSON field."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read what :meth:`to_json` gave."""
        findings = (
            Finding(**found | {"level": Level(found["level"])}) for found in data["findings"]
        )
        pages = (PageFacts(**facts) for facts in data["pages"])
        return cls(**data | {"findings": tuple(findings), "pages": tuple(pages)})
