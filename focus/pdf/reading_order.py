"""Lines of print become paragraphs in the order of reading. Pure geometry: it knows no PDF."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

_HYPHENS = "-\u00ad\u2010"
_END = ".!?…:»”"  # of a sentence
_GUTTER = 2  # points of white between columns

# Times the size of the letters:
_OTHER_SIZE = 0.2  # a difference
_FAR = 0.9  # white after a first line; further down it is known how far lines are apart
_FARTHER = 0.3
_INDENT = 0.6
_DROP_CAP = 1.8


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """Some words on one baseline; y grows upwards, all in points."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    """Of the letters."""
    face: bytes = b""
    """The font, when all letters have the same."""

    @property
    def top(self) -> float:
        """Upper end."""
        return self.bottom + self.size


Block = list[Line]
"""Lines that follow each other."""


def paragraphs(lines: Iterable[Line]) -> list[str]:
    """Return the paragraphs of a page: columns from left to right, each from top to bottom.

    A word cut at the end of a line is put together again, a paragraph cut between columns too.
    """
    found: list[str] = []
    ends: list[Line] = []
    for block in chain.from_iterable(map(ordered, _margins_apart(list(blocks(lines))))):
        text, place = _text(block), len(found)
        if text[0].islower():
            place = _unfinished(found, ends, block[0])
        if place < len(found):
            text = joined(found[place], text)
        found[place : place + 1] = [text]
        ends[place : place + 1] = [block[-1]]
    return found


def _unfinished(found: list[str], ends: list[Line], line: Line) -> int:
    """Return the place of the paragraph that a line goes on with, else the next place.

    That is the last one when it does not end a sentence, or an earlier one that ends in a word
    that is cut: a picture or a table stands in between.
    """
    for place in reversed(range(len(found))):
        end, is_last = found[place][-1], place == len(found) - 1
        open_ended = end in _HYPHENS or (is_last and end not in _END)
        if open_ended and _same_size(ends[place], line) and _same_face(ends[place], line):
            return place
    return len(found)


def joined(before: str, after: str) -> str:
    """Put two pieces of a text together, without the hyphen of a word that was cut."""
    if before[-1] not in _HYPHENS or not before[-2:-1].isalpha():
        return f"{before} {after}"
    return before[:-1] + after if after[0].islower() else before + after


def blocks(lines: Iterable[Line]) -> Iterator[Block]:
    """Gather lines that follow each other, in the order in which the file draws them."""
    block: Block = []
    for line in lines:
        if block and not (_is_drop_cap(block, line) or _continues(block, line)):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _margins_apart(found: list[Block]) -> list[list[Block]]:
    """Part the running head and the folio from what is between them."""
    rows = _cut(found, _height)
    head = [rows.pop(0)] if len(rows) > 1 and _is_margin(rows[0], rows[0], rows[1]) else []
    folio = [rows.pop()] if len(rows) > 1 and _is_margin(rows[-1], rows[-2], rows[-1]) else []
    return [*head, list(chain.from_iterable(rows)), *folio]


def _is_margin(row: list[Block], upper: list[Block], lower: list[Block]) -> bool:
    """Tell whether a row is made of single lines, well apart from the one below or above it."""
    white = min(_height(block)[0] for block in lower) - max(_height(block)[1] for block in upper)
    return all(len(block) == 1 and block[0].size < white for block in row)


def ordered(found: list[Block]) -> list[Block]:
    """Put blocks in the order of reading, by cutting the page along its white.

    Columns come first wherever white goes from top to bottom; rows that can be read in columns
    together are not cut apart.
    """
    columns = _cut(found, _width)
    if len(columns) > 1:
        return list(chain.from_iterable(map(ordered, columns)))
    rows = _cut(found, _height)
    if len(rows) < 2:
        return found
    groups = [rows[0]]
    for row in rows[1:]:
        together = groups[-1] + row
        if len(_cut(together, _width)) > 1:
            groups[-1] = together
        else:
            groups.append(row)
    return list(chain.from_iterable(map(ordered, groups)))


def _cut(found: list[Block], extent: Callable[[Block], tuple[float, float]]) -> list[list[Block]]:
    """Part blocks wherever there is white between their extents."""
    parts: list[list[Block]] = []
    end = 0.0
    for block in sorted(found, key=extent):
        start, stop = extent(block)
        if parts and start < end + _GUTTER:
            parts[-1].append(block)
            end = max(end, stop)
        else:
            parts.append([block])
            end = stop
    return parts


def _continues(block: Block, line: Line) -> bool:
    """Tell whether a line goes on with the paragraph of the lines before."""
    last, size = block[-1], line.size
    white = last.bottom - line.top
    if not (_same_face(last, line) and _same_size(last, line)) or white < -size:
        return False
    usual = block[-2].bottom - last.top + _FARTHER * size if len(block) > 1 else _FAR * size
    left, right = _width(block)
    beside = line.left > right or line.right < left
    return white <= usual and not beside and not _is_indented(line, last)


def _same_size(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= _OTHER_SIZE * other.size


def _same_face(one: Line, other: Line) -> bool:
    """Tell whether two lines may be of one font; a line of several may be of any."""
    return not (one.face and other.face) or one.face == other.face


def _is_indented(line: Line, last: Line) -> bool:
    """Tell whether a line starts a paragraph by its indent; a centred line does not."""
    indent, rest = line.left - last.left, last.right - line.right
    return indent > _INDENT * line.size and abs(indent - rest) > _OTHER_SIZE * line.size


def _is_drop_cap(block: Block, line: Line) -> bool:
    """Tell whether the block is one large letter, and the line the rest of its word."""
    cap = block[0]
    return (
        len(block) == 1
        and len(cap.text) == 1
        and cap.size > _DROP_CAP * line.size
        and cap.left < line.left
        and cap.bottom < line.top <= cap.top + line.size
    )


def _text(block: Block) -> str:
    first, *rest = block
    text = first.text
    if rest and _is_drop_cap([first], rest[0]):
        text += rest.pop(0).text
    for line in rest:
        text = joined(text, line.text)
    return text


def _width(block: Block) -> tuple[float, float]:
    """Return where a block starts and ends, from left to right."""
    return min(line.left for line in block), max(line.right for line in block)


def _height(block: Block) -> tuple[float, float]:
    """Return where a block starts and ends, from top to bottom."""
    return -max(line.top for line in block), -min(line.bottom for line in block)
