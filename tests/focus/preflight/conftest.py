"""The good PDF, and what is found when it is spoilt."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from pikepdf import Pdf

from focus.preflight import Finding, PrintSpec, Report
from focus.preflight.examination import examine
from tests.focus.pdfs import SPEC, altered, good

Spoilt = Callable[..., tuple[Finding, ...]]


@pytest.fixture(scope="session")
def good_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages as the printer wants them."""
    return good(tmp_path_factory.mktemp("pdf") / "good.pdf")


@pytest.fixture
def spoilt(good_pdf: Path, tmp_path: Path) -> Spoilt:
    """Give a function: spoil the good PDF, examine it, return what is found."""

    def examined(change: Callable[[Pdf], object], spec: PrintSpec = SPEC) -> tuple[Finding, ...]:
        path = altered(good_pdf, tmp_path / "spoilt.pdf", change)
        plain = examine(str(path), asdict(spec), False, lambda fraction, label: None)
        return Report.from_json(plain).findings

    return examined
