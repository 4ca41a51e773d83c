"""What a page draws, and where: one walk through its streams, forms, patterns and glyphs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from pikepdf import (
    ContentStreamInlineImage,
    Dictionary,
    Matrix,
    Object,
    Page,
    Stream,
    parse_content_stream,
)

from focus.pdf.annotations import printed
from focus.pdf.geometry import Box, box_of, covered, matrix_of, number, sides

_READ = "q Q cm Do gs cs CS scn SCN rg RG sh Tf BI ID EI"
_PLACES = " BT Tm Td TD re m"
_PLACED_UP_TO = 8 * 2**20  # bytes of a stream: in a larger one, places are not worth their memory
_DEEPEST = 24  # forms in forms
_MOST = 1_000_000  # instructions of a page, those of a form counted each time
_FORM = 50  # instructions that would take as long as to open a form

Kind = Literal["colour", "font", "group", "image", "shading", "state"]
_Chosen = dict[str, tuple[Kind, Any]]


class TooMuch(Exception):
    """A page draws more than any printed page does."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that a page uses: a colour space, a font, an image, a graphics state and so on."""

    kind: Kind
    what: Any
    """The PDF object, or the name of a colour space."""
    resources: Object
    """Where the names that it holds are looked up."""
    box: Box | None = None
    """What it covers on the page; None when that is not known."""
    size: tuple[float, float] = (0, 0)
    """Points on the page of the sides of an image."""


def marks(page: Page) -> Iterator[Mark]:
    """Yield what a page draws, then what its printing annotations draw.

    A form is drawn each time, unless it contains itself; a pattern and a glyph once. The content
    of soft masks is no ink and is left out. Raises TooMuch.
    """
    walk = _Walk()
    resources = page.obj.get("/Resources", Dictionary())
    if "/Group" in page.obj:
        yield Mark("group", page.obj.Group, resources)
    yield from walk.stream(page.obj, resources, Matrix())
    for appearance, matrix, _ in printed(page):
        yield from walk.draw(appearance, resources, matrix)


class _Walk:
    """One walk through a page: it knows what it is inside of and what it has been through."""

    def __init__(self) -> None:
        self.inside: list[tuple[int, int]] = []
        self.done: set[tuple[int, int]] = set()
        self.count = 0

    def stream(self, content: Object, resources: Object, base: Matrix) -> Iterator[Mark]:
        """Walk through a content stream whose space has this matrix."""
        matrix, line, stack = base, base, []
        chosen: _Chosen = {}  # what waits for the place where it is used
        for instruction in parse_content_stream(content, _operators(content)):
            self._step()
            operands: list[Any] = list(instruction.operands)
            if isinstance(instruction, ContentStreamInlineImage):
                yield from self._image(operands[0].obj, resources, matrix)
                continue
            match str(instruction.operator), operands:
                case "q", _:
                    stack.append(matrix)
                case "Q", _:
                    matrix = stack.pop() if stack else matrix
                case "cm", _:
                    matrix = matrix_of(operands) @ matrix
                case "BT", _:
                    line = matrix
                case "Tm", _:
                    line = matrix_of(operands) @ matrix
                    yield from _placed(chosen, resources, line)
                case (("Td" | "TD"), [x, y]):
                    line = _moved(x, y) @ line
                    yield from _placed(chosen, resources, line)
                case (("re" | "m"), [x, y, *_]) if chosen:
                    yield from _placed(chosen, resources, _moved(x, y) @ matrix)
                case (("rg" | "RG"), _):
                    chosen["/DeviceRGB"] = "colour", "/DeviceRGB"
                case (("cs" | "CS"), [space]):
                    chosen[str(space)] = "colour", space
                case (("scn" | "SCN"), [*_, pattern]):
                    yield from self._pattern(
                        _named(resources, "/Pattern", pattern), resources, base
                    )
                case "sh", [name] if shading := _named(resources, "/Shading", name):
                    yield Mark("shading", shading, resources, _extent(shading, matrix))
                case "gs", [name] if state := _named(resources, "/ExtGState", name):
                    yield Mark("state", state, resources)
                case "Tf", [name, _] if font := _named(resources, "/Font", name):
                    chosen["font"] = "font", font
                    yield from self._glyphs(font, resources)
                case "Do", [name]:
                    yield from self.draw(_named(resources, "/XObject", name), resources, matrix)
        yield from _placed(chosen, resources, None)

    def draw(self, drawn: Object | None, resources: Object, matrix: Matrix) -> Iterator[Mark]:
        """Draw an image or a form."""
        if not isinstance(drawn, Stream) or drawn.objgen in self.inside:
            return
        if drawn.get("/Subtype") == "/Image":
            yield from self._image(drawn, resources, matrix)
            return
        self._step(_FORM)
        inner = matrix_of(drawn.get("/Matrix")) @ matrix
        if "/Group" in drawn:
            yield Mark("group", drawn.Group, resources, _extent(drawn, inner))
        yield from self._within(drawn, drawn, resources, inner)

    def _image(self, image: Object, resources: Object, matrix: Matrix) -> Iterator[Mark]:
        yield Mark("image", image, resources, covered(matrix), sides(matrix))

    def _pattern(self, pattern: Object | None, resources: Object, base: Matrix) -> Iterator[Mark]:
        if pattern is None or not self._first(pattern):
            return
        if not isinstance(pattern, Stream):
            if "/Shading" in pattern:
                yield Mark("shading", pattern.Shading, resources)
            return
        inner = matrix_of(pattern.get("/Matrix")) @ base
        for mark in self._within(pattern, pattern, resources, inner):
            yield replace(mark, box=None)

    def _glyphs(self, font: Object, resources: Object) -> Iterator[Mark]:
        """Walk through the glyphs of a Type 3 font, whose size and place are not looked into."""
        glyphs = font.get("/CharProcs")
        if not isinstance(glyphs, Dictionary):
            return
        for glyph in glyphs.values():
            if isinstance(glyph, Stream) and self._first(glyph):
                for mark in self._within(glyph, font, resources, Matrix()):
                    yield replace(mark, box=None, size=(0, 0))

    def _within(
        self, content: Stream, owner: Object, resources: Object, matrix: Matrix
    ) -> Iterator[Mark]:
        """Walk through a stream inside of the present one."""
        if len(self.inside) >= _DEEPEST:
            raise TooMuch("forms within forms")
        self.inside.append(content.objgen)
        yield from self.stream(content, owner.get("/Resources", resources), matrix)
        self.inside.pop()

    def _first(self, thing: Object) -> bool:
        """Tell whether an object is met for the first time; a direct one always is."""
        known = thing.is_indirect and thing.objgen in self.done
        self.done.add(thing.objgen)
        return not known

    def _step(self, cost: int = 1) -> None:
        self.count += cost
        if self.count > _MOST:
            raise TooMuch("marks on a page")


def _operators(content: Object) -> str:
    parts = content.get("/Contents", []) if isinstance(content, Dictionary) else [content]
    parts = [parts] if isinstance(parts, Stream) else parts
    size = sum(len(part.read_bytes()) for part in parts if isinstance(part, Stream))
    return _READ + _PLACES * (size <= _PLACED_UP_TO)


def _named(resources: Object, kind: str, name: Object) -> Object | None:
    """Look a resource up; None when there is no such dictionary or stream."""
    shelf = resources.get(kind) if isinstance(resources, Dictionary) else None
    found = shelf.get(str(name)) if isinstance(shelf, Dictionary) else None
    return found if isinstance(found, Dictionary | Stream) else None


def _placed(chosen: _Chosen, resources: Object, matrix: Matrix | None) -> Iterator[Mark]:
    """Yield what was waiting for a place; it waits no more."""
    box = None if matrix is None else (matrix.e, matrix.f, matrix.e, matrix.f)
    for kind, what in chosen.values():
        yield Mark(kind, what, resources, box)
    chosen.clear()


def _moved(x: Any, y: Any) -> Matrix:
    return Matrix(1, 0, 0, 1, number(x), number(y))


def _extent(drawn: Object, matrix: Matrix) -> Box | None:
    """Return what a form or a shading covers at most, if it says so."""
    box = box_of(drawn.get("/BBox"))
    return covered(matrix, box) if box else None
