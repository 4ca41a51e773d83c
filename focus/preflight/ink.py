"""Total ink, measured on what Ghostscript draws: too much of it does not dry.

Numbers of CMYK colours count as they stand: no profile is applied to them. Mind the licence:
Ghostscript (AGPL) is a program of the server, run apart.
"""

import logging
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from PIL import Image, ImageMath

from focus.pdf.geometry import Box
from focus.pdf.leash import PdfFailed, Progress, run
from focus.preflight.report import Finding, Level, PageFacts
from focus.preflight.spec import PrintSpec
from focus.preflight.words import WHOLE_FILE, where, zone

_DOT = 0.5  # mm: width of a dot of the drawing
_MOST_DOTS = 2000  # on a side: a larger page is drawn more coarsely
_ROUNDING = 2  # per cent: four inks of 8 bits each
_STAIN = 25  # mm²: a smaller surface dries
_PATIENCE = 15  # seconds for a page
_FULL = 255  # an ink at 100 %

logger = logging.getLogger(__name__)


def check(
    path: Path, pages: Sequence[PageFacts], spec: PrintSpec, *, on_progress: Progress, **limits: Any
) -> list[Finding]:
    """Measure the pages of a file; ``limits`` are those of the leash.

    Without Ghostscript, or when it fails, a finding says that the ink was not measured.
    """
    if not shutil.which("gs"):
        return [_unmeasured(Level.NOTE, "Ghostscript manque sur le serveur", None)]
    sizes = [(facts.number, facts.width, facts.height) for facts in pages]
    try:
        found = run(measure, path, sizes, spec.ink_limit, on_progress=on_progress, **limits)
    except PdfFailed:
        logger.warning("ink not measured", exc_info=True)
        return [_unmeasured(Level.WARNING, "Ghostscript n’y est pas parvenu", None)]
    return [Finding(**each | {"level": Level(each["level"])}) for each in found]


def measure(
    path: str, sizes: list[tuple[int, float, float]], limit: int, on_progress: Progress
) -> list[dict[str, Any]]:
    """Draw each page (number, width and height in mm) and return findings as plain values.

    After a page that takes too long the others are not tried: there might be no end.
    """
    found = []
    for done, (number, width, height) in enumerate(sizes):
        on_progress(done / len(sizes), f"Encrage de la page {number}")
        dot = max(_DOT, width / _MOST_DOTS, height / _MOST_DOTS)
        drawing = Path(tempfile.gettempdir(), f"page-{number}.tif")
        try:
            _draw(path, number, dot, drawing)
            finding = _judge(drawing, number, dot, limit)
        except subprocess.TimeoutExpired:
            reason = f"la page {number} est trop longue à dessiner"
            found += [_unmeasured(Level.WARNING, reason, left) for left, *_ in sizes[done:]]
            break
        except (subprocess.CalledProcessError, OSError) as error:
            sys.stderr.write(f"page {number}: {error}\n")
            finding = _unmeasured(Level.WARNING, "Ghostscript n’y est pas parvenu", number)
        finally:
            drawing.unlink(missing_ok=True)
        found += filter(None, [finding])
    return [asdict(finding) for finding in found]


def _draw(path: str, number: int, dot: float, target: Path) -> None:
    """Draw the finished page in CMYK, as the file says and without any colour management."""
    subprocess.run(
        [
            *("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dUseTrimBox", "-dOverrideICC"),
            *("-sDEVICE=tiff32nc", f"-r{25.4 / dot:.3f}", f"-dFirstPage={number}"),
            *(f"-dLastPage={number}", "-o", target, path),
        ],
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        timeout=_PATIENCE,
        check=True,
    )


def _judge(drawing: Path, number: int, dot: float, limit: int) -> Finding | None:
    """Compare the sum of the inks with the limit, dot by dot."""
    with Image.open(drawing) as image:
        inks = dict(zip("cmyk", image.split(), strict=True))
    total = ImageMath.lambda_eval(lambda of: sum(of["int"](of[ink]) for ink in inks), **inks)
    most = (limit + _ROUNDING) * _FULL / 100
    heavy = ImageMath.lambda_eval(lambda of: (of["total"] > most) * 1, total=total).convert("L")
    surface = heavy.histogram()[1] * dot**2
    if not surface:
        return None
    large = surface >= _STAIN
    return Finding(
        rule="ink",
        level=Level.ERROR if large else Level.WARNING,
        page=number,
        what=(
            f"L’encrage atteint {total.getextrema()[1] * 100 / _FULL:.0f} % ; la limite est de "
            f"{limit} % ({f'{surface / 100:.1f}'.replace('.', ',')} cm² la dépassent)."
        ),
        where=where(number, _zones(heavy)),
        cure="Convertissez les images et les fonds avec le profil de l’imprimeur, ou allégez-les.",
    )


def _zones(heavy: Image.Image) -> Iterator[str]:
    """Name the ninths of the page where something is too heavy."""
    page: Box = (0, 0, *heavy.size)
    thirds = [
        (
            page[2] * column // 3,
            page[3] * row // 3,
            page[2] * (column + 1) // 3,
            page[3] * (row + 1) // 3,
        )
        for row in range(3)
        for column in range(3)
    ]
    for left, top, right, bottom in thirds:
        if heavy.crop((left, top, right, bottom)).getbbox():
            yield zone((left, page[3] - bottom, right, page[3] - top), page)


def _unmeasured(level: Level, reason: str, number: int | None) -> Finding:
    return Finding(
        rule="ink-not-measured",
        level=level,
        page=number,
        what=f"L’encrage n’a pas été mesuré : {reason}.",
        where=where(number) if number else WHOLE_FILE,
        cure="Demandez à l’imprimeur de contrôler l’encrage de ce fichier.",
    )
