"""What the printer wants."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PrintSpec:
    """Format and limits of a job; lengths in millimetres. The defaults are those of newspapers.

    The ink limit is that of ISO 12647-3.
    """

    width: float
    """Of the finished page."""
    height: float
    bleed: float = 5.0
    tolerance: float = 0.5
    page_count: int = 8
    ink_limit: int = 240
    """Per cent: cyan + magenta + yellow + black."""
    pdfx: str = ""
    """``PDF/X-1a``, ``PDF/X-3`` or ``PDF/X-4``; empty when no version is demanded."""
    profile: str = ""
    """The OutputConditionIdentifier that is expected; empty for any."""
    min_ppi_error: int = 150
    min_ppi_warning: int = 200
