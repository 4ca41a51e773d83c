"""Finished format, bleed and sheet: the boxes of a page against what the printer expects.

ISO 15930 (PDF/X) wants TrimBox within BleedBox within MediaBox; a TrimBox that is not there must
not be mistaken for the MediaBox that readers fall back to.
"""

from collections.abc import Iterator

from focus.pdf.geometry import MM, Box, holds, number
from focus.preflight.report import Finding, Level
from focus.preflight.sheet import Sheet
from focus.preflight.spec import PrintSpec
from focus.preflight.words import decimal, mm, size


def check(sheet: Sheet, spec: PrintSpec) -> Iterator[Finding]:
    """Compare the boxes of a page with the format."""
    yield from _trim(sheet, spec)
    if sheet.trim and spec.bleed:
        yield from _bleed(sheet, sheet.trim, spec)
    if not holds(sheet.media, sheet.bleed or sheet.finished, MM / 10):
        yield sheet.finding(
            "media-box",
            Level.ERROR,
            what="La feuille (MediaBox) est plus petite que la page à imprimer : un bord manque.",
            cure="Exportez de nouveau en incluant le fond perdu du document.",
        )
    if turned := number(sheet.obj.get("/Rotate")):
        yield sheet.finding(
            "rotation",
            Level.ERROR,
            what=f"La page est tournée de {decimal(turned)}°.",
            cure="Exportez-la à l’endroit, sans rotation ajoutée après coup.",
        )
    if (unit := number(sheet.obj.get("/UserUnit"), 1)) != 1:
        yield sheet.finding(
            "user-unit",
            Level.ERROR,
            what=f"La page est agrandie {decimal(unit)} fois (UserUnit).",
            cure="Exportez la page à l’échelle 1.",
        )


def _trim(sheet: Sheet, spec: PrintSpec) -> Iterator[Finding]:
    if not sheet.trim:
        yield sheet.finding(
            "trim-box",
            Level.ERROR,
            what="Le fichier ne dit pas où couper la page : le format fini (TrimBox) manque.",
            cure="Exportez au format PDF/X : le logiciel de mise en page l’inscrit alors.",
        )
        return
    width, height = sheet.format
    if max(abs(width - spec.width), abs(height - spec.height)) > spec.tolerance:
        yield sheet.finding(
            "trim-size",
            Level.ERROR,
            what=(
                f"La page finie mesure {size(width, height)} ; l’imprimeur attend "
                f"{size(spec.width, spec.height)}."
            ),
            cure="Réglez le format du document, puis exportez à 100 %, page par page.",
        )


def _bleed(sheet: Sheet, trim: Box, spec: PrintSpec) -> Iterator[Finding]:
    cure = f"Exportez avec {mm(spec.bleed)} de fond perdu sur les quatre côtés."
    if not sheet.bleed:
        yield sheet.finding(
            "bleed-box",
            Level.ERROR,
            what="La page n’a pas de fond perdu (BleedBox) : un filet blanc peut rester au bord.",
            cure=cure,
        )
        return
    margins = (
        trim[0] - sheet.bleed[0],
        trim[1] - sheet.bleed[1],
        sheet.bleed[2] - trim[2],
        sheet.bleed[3] - trim[3],
    )
    smallest = min(margins) / MM
    if smallest < spec.bleed - spec.tolerance:
        yield sheet.finding(
            "bleed-size",
            Level.ERROR,
            what=f"Le fond perdu est de {mm(max(smallest, 0))} au lieu de {mm(spec.bleed)}.",
            cure=cure,
        )
