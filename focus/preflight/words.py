"""Places and measures, as people say them."""

from collections import Counter
from collections.abc import Iterable

from focus.pdf.geometry import Box

_ROWS = ("en bas", "", "en haut")
_COLUMNS = ("à gauche", "", "à droite")
_EVERYWHERE = "toute la page"
_LARGE = 0.6  # of the page: what covers more is everywhere
_MOST_PLACES = 3
_LONGEST = 60  # characters of what a file says

WHOLE_FILE = "tout le fichier"


def zone(box: Box, page: Box) -> str:
    """Name the ninth of the page where the middle of a box lies; a large one is everywhere."""
    width, height = page[2] - page[0], page[3] - page[1]
    if width <= 0 or height <= 0:
        return "la page"
    if (box[2] - box[0]) * (box[3] - box[1]) > _LARGE * width * height:
        return _EVERYWHERE
    across = ((box[0] + box[2]) / 2 - page[0]) / width
    up = ((box[1] + box[3]) / 2 - page[1]) / height
    row, column = (min(2, max(0, int(position * 3))) for position in (up, across))
    return " ".join(filter(None, (_ROWS[row], _COLUMNS[column]))) or "au centre"


def where(number: int, zones: Iterable[str] = ()) -> str:
    """Say on which page, and in which parts of it: those with the most first."""
    counted = Counter(zones)
    places = [place for place, _ in counted.most_common(_MOST_PLACES)]
    if places == [_EVERYWHERE]:
        return f"page {number}, sur toute la page"
    if _EVERYWHERE in counted or len(counted) > _MOST_PLACES:
        return f"page {number}, un peu partout"
    if not places:
        return f"page {number}"
    *others, last = places
    return f"page {number}, " + (f"{', '.join(others)} et {last}" if others else last)


def mm(value: float) -> str:
    """Write millimetres with a comma, to the tenth: «289 mm», «4,5 mm»."""
    return f"{decimal(value)} mm"


def size(width: float, height: float) -> str:
    """Write a format: «289 × 370 mm»."""
    return f"{decimal(width)} × {decimal(height)} mm"


def decimal(value: float) -> str:
    """Write a number to the tenth, as the French do."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def quoted(name: object) -> str:
    """Quote a name found in the file, without its slash."""
    return f"« {plain(name).removeprefix('/')} »"


def plain(found: object) -> str:
    """Return what a file says without what cannot be shown or stored, and not at full length."""
    return "".join(filter(str.isprintable, str(found)))[:_LONGEST]
