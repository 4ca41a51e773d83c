"""Colours that the press does not have: RGB, Lab, spot inks; calibrated ones in PDF/X-1a."""

from collections import defaultdict
from collections.abc import Iterator

from focus.pdf.content import Mark
from focus.preflight.colour_spaces import CALIBRATED, LAB, RGB, of_image, offences
from focus.preflight.report import Finding, Level
from focus.preflight.sheet import Sheet
from focus.preflight.spec import PrintSpec
from focus.preflight.words import quoted

_DRAWN = {"image": "une image", "shading": "un dégradé", "colour": "un texte ou un tracé"}
_RULES = {RGB: "rgb", LAB: "lab", CALIBRATED: "calibrated-colour"}
_CURES = {
    "rgb": "Convertissez en CMJN à l’export (profil de l’imprimeur), ou dans le document.",
    "lab": "Convertissez en CMJN à l’export (profil de l’imprimeur), ou dans le document.",
    "calibrated-colour": "Exportez en PDF/X-1a, en convertissant dans le profil de sortie.",
    "spot": "Transformez cette couleur en quadrichromie dans le nuancier du document.",
}


def check(sheet: Sheet, spec: PrintSpec) -> Iterator[Finding]:
    """Name the colours of a page that are neither grey nor CMYK."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for mark in sheet.marks:
        for offence in dict.fromkeys(_offences(mark)):
            found[offence, _DRAWN[mark.kind]].append(sheet.zone(mark))
    strict = any(norm.startswith("PDF/X-1") for norm in sheet.norms)
    for (offence, drawn), zones in found.items():
        rule = _RULES.get(offence, "spot")
        if rule == "calibrated-colour" and not strict:
            continue
        what = (
            f"{drawn.capitalize()} a pour couleur {quoted(offence)}, un ton direct sans encre ici."
            if rule == "spot"
            else f"{drawn.capitalize()} est en {offence}, pas en CMJN : ses couleurs changeraient."
        )
        yield sheet.finding(rule, Level.ERROR, what=what, zones=zones, cure=_CURES[rule])


def _offences(mark: Mark) -> Iterator[str]:
    match mark.kind:
        case "image":
            yield from of_image(mark.what, mark.resources)
        case "shading":
            yield from offences(mark.what.get("/ColorSpace"), mark.resources)
        case "colour":
            yield from offences(mark.what, mark.resources)
