"""The chemin de fer as pure rules: which pages lie side by side, and how they fill a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TypeVar

Item = TypeVar("Item")

# Millimetres of an A4 in landscape, inside margins of 8 mm, below the heading.
_SHEET_WIDTH, _SHEET_HEIGHT = 281.0, 172.0
_CAPTION = 23.0  # below each page
_GAP = 5.0  # between spreads and between rows


def spreads(pages: Sequence[Item]) -> list[Sequence[Item]]:
    """Return pages as they open: 1 | 2-3 | 4-5 | … | the last."""
    return [pages[:1], *(pages[start : start + 2] for start in range(1, len(pages), 2))]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a flatplan is printed: spreads to a row; a page in millimetres."""

    per_row: int
    width: float
    height: float


def layout(count: int, ratio: float) -> Layout:
    """Return the largest pages with which ``count`` of them fill one A4 in landscape.

    ``ratio`` is the width of a page over its height.
    """
    total = count // 2 + 1  # spreads

    def tried(rows: int) -> Layout:
        per_row = ceil(total / rows)
        width = (_SHEET_WIDTH - _GAP * (per_row - 1)) / (2 * per_row)
        height = (_SHEET_HEIGHT - _GAP * (rows - 1)) / rows - _CAPTION
        width = max(min(width, height * ratio), 1)
        return Layout(per_row=per_row, width=round(width, 1), height=round(width / ratio, 1))

    return max((tried(rows) for rows in range(1, total + 1)), key=lambda found: found.width)
