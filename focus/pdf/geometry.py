"""Rectangles and numbers of a PDF, read without trust."""

from math import hypot, isfinite
from typing import Any

from pikepdf import Array, Matrix, Object, Rectangle

Box = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

MM = 72 / 25.4
"""Points in a millimetre."""
UNIT: Box = (0, 0, 1, 1)
"""Where an image is drawn, before any matrix."""


def number(value: Any, default: float = 0) -> float:
    """Read a number that may be missing or something else."""
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return default
    return found if isfinite(found) else default


def box_of(value: Object | None) -> Box | None:
    """Read a rectangle, whatever the order of its corners; None when it is not one."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    a, b, c, d = (number(side) for side in value)
    return min(a, c), min(b, d), max(a, c), max(b, d)


def matrix_of(value: Object | list[Any] | None) -> Matrix:
    """Read a matrix; what is not one changes nothing."""
    if not isinstance(value, Array | list) or len(value) != 6:
        return Matrix()
    return Matrix(*(number(term) for term in value))


def covered(matrix: Matrix, box: Box = UNIT) -> Box:
    """Return the upright rectangle that holds a transformed one."""
    found = matrix.transform(Rectangle(*box))
    return found.llx, found.lly, found.urx, found.ury


def sides(matrix: Matrix) -> tuple[float, float]:
    """Return the lengths of the sides of the transformed unit square."""
    return hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)


def meets(one: Box, other: Box) -> bool:
    """Tell whether two rectangles overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def holds(outer: Box, inner: Box, tolerance: float = 0) -> bool:
    """Tell whether a rectangle lies in another one, within so many points."""
    return (
        outer[0] <= inner[0] + tolerance
        and outer[1] <= inner[1] + tolerance
        and outer[2] >= inner[2] - tolerance
        and outer[3] >= inner[3] - tolerance
    )
