"""PDFs to work on."""

from pathlib import Path

import pytest

from tests.focus.pdfs import good


@pytest.fixture(scope="session")
def good_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages as the printer wants them."""
    return good(tmp_path_factory.mktemp("pdf") / "good.pdf")
