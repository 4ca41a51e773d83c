"""Tables for spreadsheets: as they read them in French, and no cell that they would run. Pure."""

import csv
import io
import re
from collections.abc import Iterable

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠\t\r\n]")


def plain_cell(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula (OWASP, CSV injection)."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Return a table as CSV: semicolons, UTF-8 with a mark."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings)
    writer.writerows(map(plain_cell, row) for row in rows)
    return text.getvalue().encode("utf-8-sig")
