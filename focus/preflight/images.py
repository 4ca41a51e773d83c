"""Resolution of the pictures where they stand."""

from collections.abc import Iterator

from focus.pdf.content import Mark
from focus.pdf.geometry import MM, meets, number
from focus.preflight.report import Finding, Level
from focus.preflight.sheet import Sheet
from focus.preflight.spec import PrintSpec
from focus.preflight.words import size

TOO_LARGE = "image-too-large"
"""The rule that spares the others what cannot be decoded."""

_LARGEST = 300_000_000  # bytes: a tabloid page at 600 ppi in four inks
_INKS = 4


def check(sheet: Sheet, spec: PrintSpec) -> Iterator[Finding]:
    """Compare the pixels of each picture with its size on the page."""
    printed = sheet.bleed or sheet.finished
    for mark in sheet.marks:
        if mark.kind != "image" or (mark.box and not meets(mark.box, printed)):
            continue
        width, height = pixels(mark)
        if width * height * number(mark.what.get("/BitsPerComponent"), 1) * _INKS / 8 > _LARGEST:
            yield sheet.finding(
                TOO_LARGE,
                Level.REFUSED,
                what=f"Une image compte {width:.0f} × {height:.0f} points : c’est démesuré.",
                zones=[sheet.zone(mark)],
                cure="Réduisez-la à 300 points par pouce dans sa taille d’impression.",
            )
        found = resolution(mark)
        if found is None or found >= spec.min_ppi_warning:
            continue
        across, up = (side / MM for side in mark.size)
        yield sheet.finding(
            "image-resolution",
            Level.ERROR if found < spec.min_ppi_error else Level.WARNING,
            what=(
                f"Une image de {size(across, up)} n’a que {found:.0f} points par pouce : "
                + (
                    "elle sera floue."
                    if found < spec.min_ppi_error
                    else "elle manquera de netteté."
                )
            ),
            zones=[sheet.zone(mark)],
            cure=(
                f"Prenez l’original en haute définition ({spec.min_ppi_warning} points par pouce "
                "au moins), ou réduisez l’image sur la page."
            ),
        )


def pixels(mark: Mark) -> tuple[float, float]:
    """Return width and height of an image in pixels, as its dictionary says."""
    return number(mark.what.get("/Width")), number(mark.what.get("/Height"))


def resolution(mark: Mark) -> float | None:
    """Return the pixels per inch in the coarser direction; None when the image has no size."""
    found = [count * 72 / side for count, side in zip(pixels(mark), mark.size, strict=True) if side]
    return min(found, default=None)
