"""What acts in a file: scripts, links, forms, attachments, sound and video are not for print."""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object, Page, Pdf

from focus.pdf.annotations import annotations, printed
from focus.pdf.geometry import meets
from focus.preflight.report import Finding, Level
from focus.preflight.sheet import Sheet
from focus.preflight.spec import PrintSpec
from focus.preflight.words import WHOLE_FILE, where, zone

_HARMLESS = {"/GoTo", "/Named", "/Hide", "/SetOCGState", "/Trans", "/GoToDp"}

_REASONS = {
    "javascript": (
        "Le fichier contient un programme (JavaScript).",
        "Exportez de nouveau en PDF/X, sans élément interactif.",
    ),
    "action": (
        "Le fichier veut lancer un programme, ouvrir une adresse ou envoyer des données.",
        "Exportez en PDF/X, sans lien hypertexte ni bouton.",
    ),
    "form": (
        "Le fichier contient un formulaire.",
        "Exportez de nouveau en PDF pour l’impression, pas en PDF interactif.",
    ),
    "attachment": (
        "D’autres fichiers sont joints dans celui-ci.",
        "Retirez les pièces jointes, ou exportez de nouveau en PDF/X.",
    ),
    "multimedia": (
        "Le fichier contient du son, de la vidéo ou de la 3D.",
        "Remplacez-les par des images, ou exportez de nouveau en PDF/X.",
    ),
}
_ANNOTATIONS = {
    "/Widget": "form",
    "/FileAttachment": "attachment",
    "/Sound": "multimedia",
    "/Movie": "multimedia",
    "/Screen": "multimedia",
    "/RichMedia": "multimedia",
    "/3D": "multimedia",
}


def check(pdf: Pdf, spec: PrintSpec) -> Iterator[Finding]:
    """Refuse a file with anything active; each reason is given once for the file or a page."""
    for rule in dict.fromkeys(_of_file(pdf)):
        yield _refusal(rule, None)
    for number, page in enumerate(pdf.pages, 1):
        for rule in dict.fromkeys(_of_page(page)):
            yield _refusal(rule, number)


def check_annotations(sheet: Sheet, spec: PrintSpec) -> Iterator[Finding]:
    """Find notes, stamps and drawings that would be printed with the page."""
    area = sheet.bleed or sheet.finished
    zones = [zone(box, sheet.finished) for *_, box in printed(sheet.page) if meets(box, area)]
    if zones:
        yield sheet.finding(
            "annotation",
            Level.ERROR,
            what="Une annotation (note, tampon, dessin) serait imprimée avec la page.",
            zones=zones,
            cure="Supprimez les annotations, ou exportez de nouveau sans elles.",
        )


def _refusal(rule: str, page: int | None) -> Finding:
    what, cure = _REASONS[rule]
    place = where(page) if page else WHOLE_FILE
    return Finding(rule=rule, level=Level.REFUSED, page=page, what=what, where=place, cure=cure)


def _of_file(pdf: Pdf) -> Iterator[str]:
    root = pdf.Root
    yield from _of_action(root.get("/OpenAction"))
    yield from _of_triggers(root)
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        if "/JavaScript" in names:
            yield "javascript"
        if "/EmbeddedFiles" in names:
            yield "attachment"
    if "/Collection" in root or "/AF" in root:
        yield "attachment"
    form = root.get("/AcroForm")
    if isinstance(form, Dictionary) and (form.get("/Fields") or "/XFA" in form):
        yield "form"
    for item in _reached(root.get("/Outlines"), "/First", "/Next"):
        yield from _of_action(item.get("/A"))


def _of_page(page: Page) -> Iterator[str]:
    yield from _of_triggers(page.obj)
    if "/AF" in page.obj:
        yield "attachment"
    for annotation in annotations(page):
        if rule := _ANNOTATIONS.get(str(annotation.get("/Subtype"))):
            yield rule
        yield from _of_action(annotation.get("/A"))
        yield from _of_triggers(annotation)


def _of_triggers(holder: Object) -> Iterator[str]:
    """Look at what happens when a file, a page or a field is opened, left or clicked."""
    triggers = holder.get("/AA")
    if isinstance(triggers, Dictionary):
        for action in triggers.values():
            yield from _of_action(action)


def _of_action(action: Object | None) -> Iterator[str]:
    """Look at an action and at those that follow it; a mere destination is none."""
    if isinstance(action, Dictionary):
        for each in _reached(action, "/Next"):
            kind = str(each.get("/S"))
            if kind == "/JavaScript" or "/JS" in each:
                yield "javascript"
            elif "/S" in each and kind not in _HARMLESS:
                yield "action"


def _reached(first: Object | None, *links: str) -> Iterator[Object]:
    """Yield a dictionary and those that it leads to by itself or in lists, once each."""
    waiting, seen = [first], set()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, Array | Dictionary) or (item.is_indirect and item.objgen in seen):
            continue
        seen.add(item.objgen)
        if isinstance(item, Array):
            waiting.extend(item)
        else:
            yield item
            waiting += [item.get(link) for link in links]
