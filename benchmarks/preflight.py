"""Preflight of a cahier of 60 MB: eight tabloid pages, each under a photo at 300 ppi."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Name
from PIL import Image

from benchmarks.measure import WALL, Line, compared, turns
from focus.preflight import PrintSpec, preflight
from tests.focus.pdfs import altered, good
from tests.services import DIRECTORY

WIDTH, HEIGHT = 289, 370  # mm
PIXELS = (3531, 4488)
PREFLIGHT = 2
SECONDS = 30
MEMORY = 500  # MB

_ALONE = """
import re, sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from focus.preflight import PrintSpec, preflight
path, width, height = sys.argv[1:]
preflight(Path(path), PrintSpec(width=float(width), height=float(height)))
own = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
print(int(own) + getrusage(RUSAGE_CHILDREN).ru_maxrss)
"""  # ru_maxrss of the process itself would be that of the benchmarks, which starts it


def run() -> Iterator[Line]:
    """Preflight against what none can do without: decoding all streams, drawing all pages."""
    path = _cahier(DIRECTORY / "cahier.pdf")
    spec = PrintSpec(width=WIDTH, height=HEIGHT)
    reports = []
    ours, theirs = turns(2, lambda: reports.append(preflight(path, spec)), lambda: _bare(path))
    assert all(report.findings == () for report in reports), reports[0].findings
    size = path.stat().st_size / 1e6
    reference = "pikepdf’s check + bare Ghostscript"
    yield compared(f"preflight, {size:.0f} MB", ours, reference, theirs, WALL, PREFLIGHT)
    slowest = max(report.seconds for report in reports)
    yield Line(
        what="the slowest",
        found=f"{slowest:.1f} s",
        promise=f"≤ {SECONDS} s",
        kept=slowest <= SECONDS,
    )
    memory = _memory(path)
    yield Line(
        what="memory of parent and child",
        found=f"{memory:.0f} MB",
        promise=f"≤ {MEMORY} MB",
        kept=memory <= MEMORY,
    )
    path.unlink()


def _cahier(target: Path) -> Path:
    """Lay a noisy photo, in light inks, under each page of a good file."""
    plain = good(target.with_name("plain.pdf"), pages=8, width=WIDTH, height=HEIGHT)
    noise = Image.effect_noise([side // 3 for side in PIXELS], 90).resize(PIXELS)
    light = noise.point([value // 3 for value in range(256)])
    picture = io.BytesIO()
    Image.merge("CMYK", [light, light.transpose(Image.Transpose.ROTATE_180), light, light]).save(
        picture, "JPEG", quality=40
    )

    def photographed(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.Resources.XObject.Photo = pdf.make_stream(
                picture.getvalue(),
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=PIXELS[0],
                Height=PIXELS[1],
                BitsPerComponent=8,
                ColorSpace=Name.DeviceCMYK,
                Filter=Name.DCTDecode,
                Decode=Array([1, 0] * 4),
            )
            left, bottom, right, top = map(float, page.obj.BleedBox)
            placed = f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm /Photo Do Q"
            page.contents_add(placed.encode(), prepend=True)

    return altered(plain, target, photographed)


def _bare(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == []
    drawing = ["gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", "-r50.8"]
    subprocess.run([*drawing, "-o", path.with_name("page-%d.tif"), path], check=True)
    for page in path.parent.glob("page-*.tif"):
        page.unlink()


def _memory(path: Path) -> float:
    """Return the most that a process of its own and its largest child held, in MB."""
    command = [sys.executable, "-c", _ALONE, path, str(WIDTH), str(HEIGHT)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return int(done.stdout) * 1024 / 1e6
