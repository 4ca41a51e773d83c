"""Fonts in the file: one that is not there is replaced at the printer’s, and text reflows."""

from collections import defaultdict
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object

from focus.preflight.report import Finding, Level
from focus.preflight.sheet import Sheet
from focus.preflight.spec import PrintSpec
from focus.preflight.words import quoted

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def check(sheet: Sheet, spec: PrintSpec) -> Iterator[Finding]:
    """Name the fonts of a page that are not embedded."""
    missing = defaultdict(list)
    for mark in sheet.marks:
        if mark.kind == "font" and not embedded(mark.what):
            missing[str(mark.what.get("/BaseFont", "sans nom"))].append(sheet.zone(mark))
    for name, zones in missing.items():
        yield sheet.finding(
            "font-not-embedded",
            Level.ERROR,
            what=f"La police {quoted(name)} n’est pas dans le fichier : elle serait remplacée.",
            zones=zones,
            cure="Exportez en incorporant toutes les polices, ou changez de police.",
        )


def embedded(font: Object) -> bool:
    """Tell whether a font brings its glyphs; a Type 3 font always does."""
    if font.get("/Subtype") == "/Type3":
        return True
    descendants = font.get("/DescendantFonts")
    if isinstance(descendants, Array) and len(descendants):
        font = descendants[0]
    descriptor = font.get("/FontDescriptor") if isinstance(font, Dictionary) else None
    return isinstance(descriptor, Dictionary) and any(key in descriptor for key in _PROGRAMS)
