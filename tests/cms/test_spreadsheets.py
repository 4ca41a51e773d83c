"""Tables for spreadsheets: read in French, and no cell that they would run."""

import csv
import io

import pytest

from cms.spreadsheets import plain_cell, table


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1", "＝1"])
def test_cells_are_no_formulas(cell: str) -> None:
    assert plain_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Photo Ali Benali – AFP", "Ouvrir = oser"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert plain_cell(cell) == cell


def test_a_table_is_read_as_it_was_written() -> None:
    rows = [("légende", "« oui ; non »"), ("deux\nlignes", "=1")]
    data = table(("un", "deux"), rows)
    assert data.startswith("\ufeff".encode())
    read = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert list(read) == [["un", "deux"], list(rows[0]), ["deux\nlignes", "'=1"]]
