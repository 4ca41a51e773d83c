"""Whatever the file, a report comes in time, in little memory, and its reader lives on."""

import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf

from focus.preflight import Level, Report
from tests.focus.pdfs import SPEC, altered, draw, form, picture
from tests.focus.preflight.conftest import Spoilt

SECONDS = 10
MOST_MEMORY = 470 * 1024  # of a child, in kilobytes

Change = Callable[[Pdf], object]
Attacked = Callable[[Change], Report]


_ALONE = """
import json, sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from focus.preflight import PrintSpec, preflight
path, seconds, spec = sys.argv[1:]
report = preflight(Path(path), PrintSpec(**json.loads(spec)), seconds=float(seconds))
print(json.dumps([report.to_json(), getrusage(RUSAGE_CHILDREN).ru_maxrss]))
"""


def examined(path: Path, seconds: float = SECONDS) -> Report:
    """Examine a hostile file; the limits are kept.

    From a process of its own: what other tests started there would be counted as its children.
    """
    spec = json.dumps(asdict(SPEC))
    command = [sys.executable, "-c", _ALONE, str(path), str(seconds), spec]
    done = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60)
    said, memory = json.loads(done.stdout)
    report = Report.from_json(said)
    assert report.seconds < seconds + 2
    assert memory < MOST_MEMORY
    return report


@pytest.fixture
def attacked(good_pdf: Path, tmp_path: Path) -> Attacked:
    """Give a function: arm the good PDF, examine it, return the report."""
    return lambda change: examined(altered(good_pdf, tmp_path / "hostile.pdf", change))


@pytest.fixture(scope="session")
def bomb() -> bytes:
    """More zeros than there may be memory, in 3 MB."""
    packer, block = zlib.compressobj(1), bytes(2**24)
    return b"".join(packer.compress(block) for _ in range(40)) + packer.flush()


def test_thousands_of_pages_are_not_looked_into(attacked: Attacked) -> None:
    def change(pdf: Pdf) -> None:
        leaf = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 300, 400]), Parent=pdf.Root.Pages)
        pdf.Root.Pages.Kids = Array(pdf.make_indirect(leaf) for _ in range(10_000))
        pdf.Root.Pages.Count = 10_000

    (finding,) = attacked(change).findings
    assert (finding.rule, finding.level) == ("too-many-pages", Level.REFUSED)
    assert "10000 pages" in finding.what


@pytest.mark.parametrize("place", ["content", "form", "font", "metadata"])
def test_a_small_file_that_unpacks_into_a_large_one(
    attacked: Attacked, bomb: bytes, place: str
) -> None:
    def change(pdf: Pdf) -> None:
        page, armed = pdf.pages[0], form(pdf, "")
        armed.write(bomb, filter=Name.FlateDecode)
        match place:
            case "content":
                page.obj.Contents = armed
            case "form":
                draw(pdf, "/Fm Do", XObject=Dictionary(Fm=armed))
            case "font":
                (font, *_) = page.Resources.Font.values()
                font.FontDescriptor.FontFile3 = armed
            case "metadata":
                pdf.Root.Metadata = armed

    (finding,) = attacked(change).findings
    assert (finding.rule, finding.level) == ("too-heavy", Level.REFUSED)


def test_a_bomb_in_a_bomb(attacked: Attacked, bomb: bytes) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"")
        pdf.pages[0].obj.Contents.write(
            zlib.compress(bomb), filter=Array([Name.FlateDecode, Name.FlateDecode])
        )

    (finding,) = attacked(change).findings
    assert finding.rule == "too-heavy"


def test_what_takes_too_long_is_given_up(good_pdf: Path) -> None:
    (finding,) = examined(good_pdf, seconds=0.05).findings
    assert (finding.rule, finding.level) == ("too-heavy", Level.REFUSED)
    assert "plus de 0,05 s" in finding.what


def test_a_picture_of_ten_thousand_million_points(attacked: Attacked, bomb: bytes) -> None:
    def change(pdf: Pdf) -> None:
        image = picture(pdf)
        image.Width = image.Height = 100_000
        image.write(bomb, filter=Name.FlateDecode)
        draw(pdf, "100 0 0 100 40 40 cm /Im Do", XObject=Dictionary(Im=image))

    assert "image-too-large" in {finding.rule for finding in attacked(change).findings}


@pytest.mark.parametrize("side", [0, 1, 14_173])
def test_a_page_of_a_strange_size(attacked: Attacked, side: int) -> None:
    def change(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = page.TrimBox = page.BleedBox = Array([0, 0, side, side])

    assert "trim-size" in {finding.rule for finding in attacked(change).findings}


def test_a_page_tree_that_goes_round_in_circles(attacked: Attacked) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids = Array([pdf.Root.Pages])

    (finding,) = attacked(change).findings
    assert (finding.rule, finding.level) == ("damaged", Level.REFUSED)


def test_a_page_tree_as_deep_as_a_well(tmp_path: Path) -> None:
    depth = 30_000
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    objects += [b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (n + 1) for n in range(2, depth)]
    objects += [b"<</Type/Page/MediaBox[0 0 9 9]>>"]
    body, table = bytearray(b"%PDF-1.7\n"), b"0000000000 65535 f \n"
    for number, content in enumerate(objects, 1):
        table += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj%sendobj\n" % (number, content)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (depth + 1, len(body))
    path = tmp_path / "deep.pdf"
    path.write_bytes(body + b"xref\n0 %d\n" % (depth + 1) + table + trailer)
    assert examined(path).refused


def test_a_form_that_draws_itself(attacked: Attacked) -> None:
    def change(pdf: Pdf) -> None:
        snake = form(pdf, "/Fm Do 1 0 0 rg 0 0 9 9 re f")
        snake.Resources = Dictionary(XObject=Dictionary(Fm=snake))
        draw(pdf, "/Fm Do", XObject=Dictionary(Fm=snake))

    assert "rgb" in {finding.rule for finding in attacked(change).findings}


@pytest.mark.parametrize(("levels", "each"), [(12, 10), (3000, 1)])
def test_forms_that_multiply_and_forms_within_forms(
    attacked: Attacked, levels: int, each: int
) -> None:
    def change(pdf: Pdf) -> None:
        inner = form(pdf, "0 0 9 9 re f")
        for _ in range(levels):
            inner = form(pdf, "/Fm Do " * each, Resources=Dictionary(XObject=Dictionary(Fm=inner)))
        draw(pdf, "/Fm Do", XObject=Dictionary(Fm=inner))

    (finding,) = attacked(change).findings
    assert (finding.rule, finding.level) == ("too-heavy", Level.REFUSED)


def test_brackets_within_brackets(good_pdf: Path, tmp_path: Path) -> None:
    path = tmp_path / "nested.pdf"
    data = good_pdf.read_bytes()
    assert b"/OutputIntents [" in data
    path.write_bytes(data.replace(b"/OutputIntents [", b"/OutputIntents [" + b"[" * 100_000, 1))
    assert examined(path).refused


WRONG = [
    Name.Nothing,
    Array([]),
    Array([1, Name.A]),
    Dictionary(),
    Dictionary(A=1),
    -1,
    10**9,
    True,
]
KEYS = [
    "MediaBox",
    "TrimBox",
    "BleedBox",
    "Resources",
    "Annots",
    "Group",
    "Rotate",
    "UserUnit",
    "AA",
]


@pytest.mark.parametrize("key", [*KEYS, "AF"])
def test_a_page_with_anything_in_the_place_of_something(spoilt: Spoilt, key: str) -> None:
    for wrong in WRONG:
        spoilt(lambda pdf, wrong=wrong: pdf.pages[0].obj.__setitem__(f"/{key}", wrong))


@pytest.mark.parametrize(
    "kind", ["Font", "XObject", "ExtGState", "ColorSpace", "Pattern", "Shading"]
)
def test_resources_with_anything_in_the_place_of_something(spoilt: Spoilt, kind: str) -> None:
    operators = "/X gs /X Do /X sh /X cs /X scn BT /X 1 Tf 1 1 Td ET 0 0 1 1 re f 1 cm (a) Do [] cs"
    for wrong in WRONG:
        spoilt(lambda pdf, wrong=wrong: draw(pdf, operators, **{kind: {"/X": wrong}}))
        spoilt(lambda pdf, wrong=wrong: pdf.pages[0].Resources.__setitem__(f"/{kind}", wrong))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32), st.binary(min_size=1, max_size=40))
def test_any_bytes_anywhere(good_pdf: Path, tmp_path: Path, place: int, noise: bytes) -> None:
    data = bytearray(good_pdf.read_bytes())
    start = place % len(data)
    data[start : start + len(noise)] = noise
    path = tmp_path / "noise.pdf"
    path.write_bytes(data)
    assert isinstance(examined(path), Report)
