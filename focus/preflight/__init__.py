"""Is this PDF fit to print? What the printer wants, and what a file has."""

from focus.preflight.report import Finding, Level, PageFacts, Report
from focus.preflight.run import preflight
from focus.preflight.spec import PrintSpec

__all__ = ["Finding", "Level", "PageFacts", "PrintSpec", "Report", "preflight"]
